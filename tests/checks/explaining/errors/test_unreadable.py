"""Where Python cannot read a cell, the line and the sign are found: all signs of all solutions."""

from collections import Counter

import pytest

from autograder.checks.explaining import errors
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading import facts
from autograder.checks.reading.problems.gathering import gather
from autograder.notebooks.source import read_all
from tests.checks.explaining.errors import slips
from tests.checks.notebook_stand_in import Notebook

SOLUTIONS = [item.solution for notebook in read_all() for item in notebook.exercises]


def explained(code: str) -> Explanation | None:
    """The explanation of code that Python cannot read; ``None`` for code that it can."""
    try:
        compile(code, "cell", "exec")
    except SyntaxError as problem:
        return errors.explain({"problem": facts.texts(gather(problem, {}, code, code))}, 1)
    return None


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_each_sign_that_is_left_out_is_found() -> None:
    tried: Counter[str] = Counter()
    lost = []
    for code in SOLUTIONS:
        for slip in (*slips.signs_left_out(code), *slips.typographic(code)):
            found = explained(slip.code)
            if found is None:
                continue  # Python reads it otherwise, as two texts without a comma
            tried[slip.kind] += 1
            lines = {found.values["line"], found.values.get("opened", "")}
            right = found.key == slip.kind or found.key in KEYS.get(slip.kind, ())
            if not right or lines.isdisjoint({str(slip.line), str(slip.partner)}):
                lost.append((slip.kind, slip.line, found.key, found.values))
    print(f"{tried.total() - len(lost)} of {tried.total()} slips found:", dict(tried))
    assert tried.total() > 600
    assert len(lost) <= 0.01 * tried.total(), lost


_CLOSING = ("bracket-not-opened", "bracket-of-another", "bracket-without-partner")
_OPENING = ("bracket-of-another", "bracket-open")
KEYS = {
    **dict.fromkeys("([{", _CLOSING),
    **dict.fromkeys(")]}", _OPENING),
    ",": ("comma-missing",),
    ":": ("colon-missing",),
    '"': ("quote-missing",),
    "'": ("quote-missing",),
}


@pytest.mark.parametrize(
    ("code", "key", "line"),
    [
        ("x = [1, 2\ny = 3", "bracket-open", "1"),
        ("x = {'a' = 1}", "other-sign", "1"),
        ("a = 2\nif a = 2:\n    pass", "other-sign", "2"),
        ("f(figsize: (5, 5))", "other-sign", "1"),
        ("box = [22; 41]", "other-sign", "1"),
        ("with f() as src\n    x = 1", "colon-missing", "1"),
        ("x = 1\nform utils import a", "keyword-misspelt", "2"),
        ("limit = {'cloud': 10%}", "stray-sign", "1"),
        ("x = 1\n  y = 2", "indent-unexpected", "2"),
        ("with f() as src:\nx = 1", "indent-missing", "2"),
        ("with f() as src:\n    x = 1\n  y = 2", "indent-uneven", "3"),
        ("if x:\n\ty = 1\n        z = 2", "tabs-and-spaces", "3"),
        ('print "a"', "brackets-missing", "1"),
        ("day = 2021-06-01", "leading-zero", "1"),
        ("src.read(4) = nir", "assigned-to-a-call", "1"),
        ("imshow(cmap='a', rgb)", "place-after-name", "1"),
        ("imshow(rgb, cmap='a', cmap='b')", "argument-twice", "1"),
        ('script = """\nfunction\nx = 1', "triple-quotes-open", "1"),
        ("x = 3 \N{MULTIPLICATION SIGN} 4", "other-character", "1"),
        (
            "x = \N{LEFT DOUBLE QUOTATION MARK}a\N{RIGHT DOUBLE QUOTATION MARK}",
            "typographic-quotes",
            "1",
        ),
        ('x = "a\N{RIGHT DOUBLE QUOTATION MARK}', "typographic-quotes", "1"),
        ("x = ) ( ? ]", "bracket-without-partner", "1"),
        ("x = $ ? 2 4", "unreadable", "1"),
    ],
)
def test_other_slips_by_their_kind(code: str, key: str, line: str) -> None:
    found = explained(code)
    assert found
    assert (found.key, found.values["line"]) == (key, line)


def test_empty_lines_above_do_not_move_the_line(notebook: Notebook) -> None:
    notebook.answer(3, "\n\n\nx = (1")
    assert "line=4" in notebook.session.runs[-1].problem
    notebook.answer(3, "\n\n\nx = 1 / 0")
    assert "line=4" in notebook.session.runs[-1].problem
    notebook.answer(3, "%%time\nx = 1\ny = unheard_of")
    assert "line=3" in notebook.session.runs[-1].problem


def test_code_of_any_length_is_looked_at_in_bounded_time() -> None:
    long = ("x = 1 2\n" * 20_000, "'" * 20_001, f"f({'a b, ' * 2_000})", "x = [\n" * 99)
    for code in ("(" * 250, *long):
        assert explained(code)
