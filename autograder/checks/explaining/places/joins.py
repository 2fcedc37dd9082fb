"""How regions were found for a patch, as the code says; and what a join holds or lacks."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

from autograder.checks import texts
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.places import known
from autograder.checks.explaining.places.frames import short
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact, joined
from autograder.checks.reading.literals import parsed

BY_POSITION = "by position"
NOT_BY_POSITION = "not by position"
BY_CODE = "by a code in the cell"
BY_MIDDLE = "by the middle of the patch"
CUT = "cut at the borders"
ONE_ROW = "only one row"
WITH = "with the predicate "

WHOLE = ("within", "covered_by", "contains", "covers", "contains_properly")
PARTLY = ("touches", "crosses", "overlaps")
_FINDING = (
    *("sjoin", "sjoin_nearest", "intersects", "overlay", "clip", "sindex", "intersection"),
    *("cx", "disjoint", "dwithin", "distance", "query_bulk"),
)
_CUTTING = ("overlay", "clip", "intersection")
_KEYS = ("NUTS_ID", "NUTS_NAME", "NAME_LATN")
_FRAMES = ("gpd", "geopandas", "tools")


@lru_cache(maxsize=16)
def way(source: str) -> str:
    """How the code finds the regions: one of the words above.

    Code that Python cannot read counts as by position: then what it left behind decides.
    """
    tree = parsed(source)
    nodes = list(ast.walk(tree)) if tree else []
    if not nodes[1:]:
        return BY_POSITION
    texts = dict(_texts(nodes))
    if _picked(nodes):
        return BY_CODE
    if any(_by_middle(node) for node in nodes):
        return BY_MIDDLE
    predicates = [found for node in nodes for found in _predicates(node, texts)]
    finding = any(_finds(node) for node in nodes) or bool(predicates)
    if not finding:
        return NOT_BY_POSITION
    if "intersects" not in predicates:
        for predicate in predicates:
            if predicate in (*WHOLE[:2], *PARTLY) or f".{predicate}" in predicates:
                return WITH + predicate.lstrip(".")
    if any(_one_row(value) for name, value in _assignments(nodes) if name in ("nuts", "joined")):
        return ONE_ROW
    return CUT if _cut(nodes) else BY_POSITION


def _texts(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """Names that hold a text."""
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    yield target.id, node.value.value


def _called(node: ast.AST) -> str:
    """Name of the function or method that a call calls; ``""`` for all else."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Attribute):
        of_texts = isinstance(function.value, ast.Attribute) and function.value.attr == "str"
        return "" if of_texts else function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _predicates(node: ast.AST, texts: Mapping[str, str]) -> Iterator[str]:
    """Predicates of a call: of ``sjoin`` and ``query`` by name, and those that are methods."""
    name = _called(node)
    if not name or not isinstance(node, ast.Call):
        return
    if name in (*WHOLE, *PARTLY):
        yield name
        yield f".{name}"
    if name == "intersects":
        yield name
    if name in ("sjoin", "query", "query_bulk"):
        places = [keyword.value for keyword in node.keywords if keyword.arg in ("predicate", "op")]
        at = 3 if _of_module(node) else 2
        places += node.args[at : at + 1] if name == "sjoin" else node.args[1:2]
        for place in places:
            if isinstance(place, ast.Constant) and isinstance(place.value, str):
                yield place.value
            elif isinstance(place, ast.Name) and place.id in texts:
                yield texts[place.id]


def _of_module(node: ast.Call) -> bool:
    """Whether ``sjoin`` is called of the package, with both frames as arguments."""
    function = node.func
    if isinstance(function, ast.Name):
        return True
    value = function.value if isinstance(function, ast.Attribute) else None
    named = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
    return named in _FRAMES


def _finds(node: ast.AST) -> bool:
    """Whether a node looks something up by position."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("cx", "sindex")
    if isinstance(node, ast.keyword):
        return node.arg in ("mask", "bbox")
    return _called(node) in _FINDING


def _by_middle(node: ast.AST) -> bool:
    """Whether a look-up by position takes only the middle of something."""
    if _called(node) not in ("sjoin", "intersects", *WHOLE):
        return False
    middles = ("centroid", "representative_point")
    return any(isinstance(part, ast.Attribute) and part.attr in middles for part in ast.walk(node))


def _assignments(nodes: list[ast.AST]) -> list[tuple[str, ast.expr]]:
    """Names and what they were assigned, in the order of the lines."""
    found = [
        (node.lineno, target.id, node.value)
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return [(name, value) for _, name, value in sorted(found, key=lambda item: item[0])]


def _picked(nodes: list[ast.AST]) -> bool:
    """Whether ``joined`` comes of rows that were picked by a code or name in the cell."""
    picked: dict[str, bool] = {}
    for name, value in _assignments(nodes):
        parts = list(ast.walk(value))
        used = (part.id for part in parts if isinstance(part, ast.Name))
        picked[name] = any(_picks(part) for part in parts) or any(map(picked.get, used))
    return picked.get("joined", False)


def _picks(node: ast.AST) -> bool:
    """Whether rows are picked where the column of codes or names equals a text."""
    if _called(node) == "query" and isinstance(node, ast.Call):
        words = [item.value for item in node.args if isinstance(item, ast.Constant)]
        return any(key in str(word) for word in words for key in _KEYS)
    if not isinstance(node, ast.Subscript):
        return False
    for part in ast.walk(node.slice):
        column = isinstance(part, ast.Compare) or _called(part) == "isin"
        if column and _column_and_text(part):
            return True
    return False


def _column_and_text(node: ast.AST) -> bool:
    """Whether a comparison names a column of codes, and a text that is none of its names."""
    parts = list(ast.walk(node))
    words = [part.value for part in parts if isinstance(part, ast.Constant)]
    attributes = [part.attr for part in parts if isinstance(part, ast.Attribute)]
    named = any(key in (*words, *attributes) for key in _KEYS)
    return named and any(isinstance(word, str) and word not in _KEYS for word in words)


def _one_row(value: ast.expr) -> bool:
    """Whether a table is cut down to one row: ``head(1)``, ``iloc[[0]]``, ``iloc[:1]``."""
    if _called(value) == "head" and isinstance(value, ast.Call):
        return bool(value.args) and ast.unparse(value.args[0]) == "1"
    if isinstance(value, ast.Subscript) and getattr(value.value, "attr", "") == "iloc":
        return ast.unparse(value.slice) in ("[0]", ":1", "0:1")
    return False


def _cut(nodes: list[ast.AST]) -> bool:
    """Whether ``joined`` is what ``overlay`` or ``clip`` returns, and keeps that outline."""
    assigned = [value for name, value in _assignments(nodes) if name == "joined"]
    anew = any(
        isinstance(node, ast.Subscript | ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "joined"
        for node in nodes
    )
    return bool(assigned) and not anew and _called(assigned[-1]) in _CUTTING


def explain_way(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """Explains the way of joining."""
    found = evidence["join"].get("text", "")
    if found.startswith(WITH):
        predicate = found.removeprefix(WITH)
        key = "join-whole" if predicate in WHOLE else f"join-{predicate}"
        return Explanation(key, {"predicate": predicate})
    merged = "merge" in joined(evidence["source"])
    keys = {
        BY_CODE: "join-by-code",
        BY_MIDDLE: "join-by-middle",
        CUT: "join-cut",
        ONE_ROW: "join-one-row",
        NOT_BY_POSITION: "join-by-column" if merged else "join-not-by-position",
    }
    return Explanation(keys[found]) if found in keys else None


def explain_ids(
    evidence: Evidence, expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """Explains which regions a join names."""
    fact = evidence["joined_ids"]
    if fact["kind"] == "other" and fact["type"] in ("GeoDataFrame", "DataFrame"):
        return Explanation("joined-without-code")
    if fact["kind"] != "texts":
        return None
    found, wanted = fact["texts"], expected["joined_ids"]["texts"]
    values = {"found": _listed(found), "expected": _listed(wanted), "count": str(len(found))}
    if not found:
        tile, nuts = evidence["tile_crs"].get("text", ""), evidence["nuts_crs"].get("text", "")
        if tile and nuts and tile != nuts:
            return Explanation("joined-empty-systems", {**values, "tile": tile, "nuts": nuts})
        return Explanation("joined-empty", values)
    if len(set(found)) < len(found) and set(found) == set(wanted):
        return Explanation("joined-twice", values)
    more, fewer = sorted(set(found) - set(wanted)), sorted(set(wanted) - set(found))
    if more and not fewer:
        everything = set(found) == set(known.regions(served, "NUTS_ID"))
        return Explanation("joined-all" if everything else "joined-more", values)
    key = "joined-fewer" if fewer and not more else "joined-others"
    return Explanation(key, {**values, "fewer": _listed(fewer)})


def explain_system(
    evidence: Evidence, expected: Mapping[str, Fact], _: Served
) -> Explanation | None:
    """Explains the system of the regions."""
    declared, asked = evidence["nuts_crs"].get("text", ""), expected["nuts_crs"]["text"]
    if not declared:
        return None
    kept = bool(evidence["nuts"].get("texts"))  # numbers that still meet the patch in metres
    key = "regions-declared" if kept else "regions-converted"
    values = {"declared": short(declared), "asked": asked}
    return Explanation(key, {**values, "found": values["declared"], "expected": asked})


def explain_regions(
    evidence: Evidence, expected: Mapping[str, Fact], _: Served
) -> Explanation | None:
    """Explains which regions there are at the patch."""
    fact = evidence["nuts"]
    if fact["kind"] == "text" and "NUTS_ID" in fact["text"]:
        return Explanation("regions-without-code")
    if fact["kind"] != "texts":
        return None
    found, wanted = fact["texts"], expected["nuts"]["texts"]
    lacking = sorted(set(wanted) - set(found))
    values = {"found": _listed(found), "expected": _listed(wanted), "fewer": _listed(lacking)}
    if not found:
        return Explanation("regions-none", values)
    return Explanation("regions-fewer", values) if lacking else None


def _listed(codes: list[str]) -> str:
    return (
        ", ".join(codes[:6]) + (" …" if len(codes) > 6 else "") if codes else texts.pair("nothing")
    )
