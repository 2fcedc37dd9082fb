"""Where an exception struck: the learner's own line, and the expression in it."""

import ast
import linecache
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

MAX_FRAMES = 2000
"""Frames of a traceback that are looked at: a function that calls itself leaves a thousand."""

_NODES = (ast.expr, ast.stmt)


@dataclass(frozen=True)
class Place:
    """Where the learner's own code stopped.

    Attributes:
        line: Line of the cell as the learner sees it, from 1; 0 where none ran.
        code: The text of that line.
        source: The code that ran.
        node: The expression or statement that failed; ``None`` where it is not known.
        parents: The expressions and statements around it, innermost first.
        tree: All of the code.
        shift: How many lines stand above the code that ran, in the learner's cell.
        frame: The frame.
        inside: Frames of other code that this line called, outermost first.
    """

    line: int = 0
    code: str = ""
    source: str = ""
    node: ast.AST | None = None
    parents: tuple[ast.AST, ...] = ()
    tree: ast.AST | None = None
    shift: int = 0
    frame: FrameType | None = None
    inside: tuple[FrameType, ...] = field(default=(), repr=False)

    @property
    def piece(self) -> str:
        """The text of what failed."""
        return self.text(self.node)

    def text(self, node: ast.AST | None) -> str:
        """The text of an expression in the code."""
        return (node and ast.get_source_segment(self.source, node)) or ""


def traceback_of(problem: BaseException) -> TracebackType | None:
    """The traceback that Python keeps in an exception, whatever its class says."""
    trace: TracebackType | None = vars(BaseException)["__traceback__"].__get__(problem)
    return trace


def place_of(trace: TracebackType | None, names: Mapping[str, Any], raw: str, python: str) -> Place:
    """Find the learner's own line that a traceback goes through last.

    Args:
        trace: The traceback.
        names: The notebook's global names: frames with these run the learner's code.
        raw: The cell as the learner wrote it.
        python: The cell without IPython's own syntax.
    """
    trail = list(islice(_steps(trace), MAX_FRAMES))
    own = [i for i, step in enumerate(trail) if step.tb_frame.f_globals is names]
    if not own:
        return Place()
    # A cell's magic runs the cell in a frame of its own.
    outer = max((i for i in own if trail[i].tb_frame.f_locals is names), default=own[0])
    file = trail[outer].tb_frame.f_code.co_filename
    last = max(i for i in own if trail[i].tb_frame.f_code.co_filename == file)
    step = trail[last]
    inside = tuple(item.tb_frame for item in trail[last + 1 :])
    source = _source(file) or (raw.partition("\n")[2] if raw.startswith("%%") else python)
    lines = source.splitlines()
    code = lines[step.tb_lineno - 1].strip() if 0 < step.tb_lineno <= len(lines) else ""
    tree = _tree(source)
    node, parents = _node(tree, step)
    shift = _shift(raw, source)
    return Place(
        step.tb_lineno + shift, code, source, node, parents, tree, shift, step.tb_frame, inside
    )


def _steps(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _source(file: str) -> str:
    """The code that was compiled under this name, as IPython keeps it for tracebacks."""
    kept = linecache.cache.get(file)
    return "".join(kept[2]) if isinstance(kept, tuple) and len(kept) == 4 else ""


def _shift(raw: str, source: str) -> int:
    """How many lines IPython has taken away above the code: empty ones, or a cell's magic."""
    if raw.startswith("%%"):
        return 1
    leading = len(raw) - len(raw.lstrip())
    return raw[:leading].count("\n") if source[:1].strip() else 0


def _tree(source: str) -> ast.AST | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _node(tree: ast.AST | None, step: TracebackType) -> tuple[ast.AST | None, tuple[ast.AST, ...]]:
    """The node at the very place that the interpreter notes for the step, and those around it."""
    positions = step.tb_frame.f_code.co_positions()
    spot = next(islice(positions, step.tb_lasti // 2, None), None)
    if tree is None or spot is None or None in spot:
        return None, ()
    line, end_line, column, end = spot
    wanted = (line, column, end_line, end)
    parents: dict[ast.AST, ast.AST] = {}
    found = None
    for node in ast.walk(tree):
        parents |= dict.fromkeys(ast.iter_child_nodes(node), node)
        if isinstance(node, ast.Expr) or not isinstance(node, _NODES):
            continue  # a statement that is an expression has its place
        if found is None and _span(node) == wanted:
            found = node
    around = []
    above = parents.get(found) if found else None
    while above is not None:
        around.append(above)
        above = parents.get(above)
    return found, tuple(around)


def _span(node: ast.expr | ast.stmt) -> tuple[int, int, int | None, int | None]:
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
