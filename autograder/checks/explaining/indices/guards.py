"""Whether code thought of pixels in which a division by zero leaves nothing, judged by the code.

Words in comments, titles and other texts do not count, nor does a mask that has nothing to do with
the division.
"""

import ast
from collections.abc import Iterator

from autograder.checks.explaining.code import tree_of

CHOOSING = {"where", "select", "choose", "piecewise", "putmask", "place", "copyto", "masked_where"}
"""Functions that give pixels a number of their own, by a test."""

MENDING = {"nan_to_num", "fillna", "filled", "masked_invalid", "masked_equal", "masked_values"}
"""Functions that do so by themselves."""

TESTING = {"isnan", "isfinite", "isinf", "isclose", "equal", "not_equal", "greater", "nonzero"}
SILENCED = {"errstate", "seterr"}
TINY = 0.05
"""Largest number that counts as a test for zero."""


def on_purpose(source: str, result: str) -> bool:
    """Whether code decides what a result gets where its divisor is 0.

    Args:
        source: The learner's code.
        result: Name of the result of the division.
    """
    return _decided(tree_of(source), result, set())


def left_to_chance(source: str, result: str) -> bool:
    """Whether a division leaves pixels out, and nothing says what these get.

    `np.divide` without ``out`` keeps there what happens to be in memory.

    Args:
        source: The learner's code.
        result: Name of the result of the division.
    """
    tree = tree_of(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    open_ended = [call for call in calls if _leaves_out(call)]
    return bool(open_ended) and not _decided(tree, result, {*open_ended, *filter(_silences, calls)})


def _leaves_out(call: ast.Call) -> bool:
    keywords = {item.arg for item in call.keywords}
    named = _called(call) in ("divide", "true_divide")
    return named and "where" in keywords and "out" not in keywords and len(call.args) < 3


def _decided(tree: ast.AST, result: str, apart: set[ast.Call]) -> bool:
    """Whether anything apart from some calls decides what a result gets."""
    about = _about(tree, result)
    masks: set[str] = set()
    for targets, value in _assigned(tree):
        if value not in apart and _is_test(value, about, masks):
            masks |= targets
    return any(_decides(node, about, masks) for node in ast.walk(tree) if node not in apart)


def _about(tree: ast.AST, result: str) -> set[str]:
    """Names that the result was computed from, and those computed from these."""
    steps = list(_assigned(tree))
    about = {result}
    for _ in range(20):
        before = len(about)
        for targets, value in steps:
            if about & targets:
                about |= _names(value)
        if len(about) == before:
            break
    about -= _modules(tree)
    for _ in range(20):
        before = len(about)
        for targets, value in steps:
            if about & _names(value):
                about |= targets
        if len(about) == before:
            break
    return about


def _assigned(tree: ast.AST) -> Iterator[tuple[set[str], ast.AST]]:
    """Pairs of the names that a statement binds and the expression behind them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield set().union(*map(_bound, node.targets)), node.value
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and node.value:
            yield _bound(node.target), node.value
        elif isinstance(node, ast.For | ast.comprehension):
            yield _bound(node.target), node.iter
        elif isinstance(node, ast.FunctionDef):
            parameters = {argument.arg for argument in node.args.args}
            returned = [item for item in ast.walk(node) if isinstance(item, ast.Return)]
            for item in returned:
                yield parameters | {node.name}, item.value or item
            yield from (
                (parameters, argument)
                for call in ast.walk(tree)
                if isinstance(call, ast.Call) and _called(call) == node.name
                for argument in call.args
            )


def _bound(target: ast.AST) -> set[str]:
    if isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
        return _bound(target.value)
    return _names(target)


def _names(node: ast.AST) -> set[str]:
    return {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}


def _modules(tree: ast.AST) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name.split(".")[0] for node in imports for alias in node.names}


def _decides(node: ast.AST, about: set[str], masks: set[str]) -> bool:
    """Whether one piece of code chooses what pixels get, or knows that some get nothing."""
    if isinstance(node, ast.Call):
        return _call_decides(node, about, masks)
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(target, ast.Subscript) and _is_test(target.slice, about, masks)
            for target in targets
        )
    tests = node.ifs if isinstance(node, ast.comprehension) else []
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        tests = [node.test]
    return any(_is_test(test, about, masks) for test in tests)


def _call_decides(node: ast.Call, about: set[str], masks: set[str]) -> bool:
    name, keywords = _called(node), {item.arg: item.value for item in node.keywords}
    if _silences(node):
        return True
    if not _names(node) & about:
        return False
    if name in MENDING or "ma" in ast.unparse(node.func).split("."):
        return True
    tests = [keywords[key] for key in ("where", "mask") if key in keywords]
    if name in CHOOSING:
        tests += node.args
    return any(_is_test(test, about, masks) for test in tests)


def _silences(node: ast.Call) -> bool:
    keywords = {item.arg for item in node.keywords}
    return _called(node) in SILENCED and bool(keywords & {"all", "divide", "invalid"})


def _is_test(node: ast.AST, about: set[str], masks: set[str]) -> bool:
    """Whether an expression asks for zeros, or for numbers that are none."""
    if masks & _names(node):
        return True
    return bool(about & _names(node)) and any(
        (isinstance(item, ast.Call) and _called(item) in TESTING)
        or (isinstance(item, ast.Compare) and any(map(_is_tiny, [item.left, *item.comparators])))
        for item in ast.walk(node)
    )


def _is_tiny(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) and abs(value) <= TINY


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
