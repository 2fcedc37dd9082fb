"""The lint says which mistakes claim nothing, or what cannot be, and which explanations lack words.

What is broken here is a copy of exercise 6 in memory, or code and sentences in a folder.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.checks import texts
from autograder.checks.exercises import exercise
from autograder.checks.explaining.claims import LONGEST, holds
from autograder.checks.judging.expectation import Variant
from autograder.notebooks.lint import claims as lint_claims
from autograder.notebooks.lint.texts import findings_of_explanations
from autograder.notebooks.source import read_all

[TEXT] = [item for notebook in read_all() for item in notebook.exercises if item.number == 6]
FACTS = [spec.name for spec in exercise(6).facts]
[MISTAKE] = [change for change in TEXT.mistakes if change.name == "web-mercator"]


def findings(claims: Any) -> list[str]:
    broken = replace(TEXT, mistakes=(replace(MISTAKE, claims=claims),))
    return [problem.found for problem in lint_claims.findings(broken, FACTS)]


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"code": r"to_crs\(['\"]EPSG:3857"},
        {"code-lacks": r"gdf\.to_crs\('EPSG:4326'"},
        {"code": "3857", "code-lacks": "set_crs", "facts": ["gdf_crs", "wgs84_geometry"]},
        {"code": r"(3857[*+]{0,9}|\*{3})"},
    ],
)
def test_claims_that_may_be_so_pass(claims: dict[str, Any]) -> None:
    assert findings(claims) == []


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        (None, "The mistake 'web-mercator' does not say what its sentence claims"),
        ({"code-has": "x"}, "web-mercator claims code-has"),
        ({"facts": ["gdf_csr"]}, "web-mercator claims something of gdf_csr, which is no fact"),
        ({"code": "(3857"}, r"its pattern '\(3857' cannot be read"),
        ({"code": "to_crs.*3857"}, "repeats without end"),
        ({"code": "to_crs.+3857"}, "repeats without end"),
        ({"code": "to_crs.{1,}3857"}, "repeats without end"),
        ({"code": r"[^\]*]*3857"}, "repeats without end"),
        ({"code": "set_crs"}, "The code of web-mercator does not bear out its claims"),
        ({"code-lacks": "3857"}, "The code of web-mercator does not bear out its claims"),
        ({"code": "to_crs"}, "The solution bears out what web-mercator claims of code"),
        ({"code-lacks": "set_crs"}, "The solution bears out what web-mercator claims"),
    ],
)
def test_claims_that_cannot_be_so_are_told(claims: Any, said: str) -> None:
    found = findings(claims)
    assert any(re.search(said, line) for line in found), found


def test_an_answer_that_does_not_fit_the_solution_is_told_elsewhere() -> None:
    typo = replace(MISTAKE, replace={"no such code": "x"}, claims={"code": "x"})
    assert list(lint_claims.findings(replace(TEXT, mistakes=(typo,)), FACTS)) == []


def test_a_remark_that_never_shows_is_told() -> None:
    silent, shown = Variant("codes-as-numbers", {}), Variant("corners-named", {"gdf_crs": {}})
    said = replace(TEXT.texts, remarks={"codes-as-numbers": "Good.", "corners-named": "Good."})
    broken = replace(TEXT, texts=said)
    [problem] = lint_claims.silent_remarks(broken, (silent, shown))
    assert problem.found.startswith("The remark 'codes-as-numbers' never shows")
    assert list(lint_claims.silent_remarks(TEXT, (silent, shown))) == []


@pytest.mark.parametrize(
    "code",
    [
        "joined = gpd.sjoin(tile_gdf, nuts, how='right')",
        'joined = gpd.sjoin( tile_gdf , nuts,how = "right" )  # all',
        '%matplotlib inline\njoined = gpd.sjoin(\n    tile_gdf, nuts, how="right",\n)',
    ],
)
def test_a_pattern_meets_code_in_one_form(code: str) -> None:
    assert holds({"code": "sjoin.{0,99}, how='right'"}, code)
    assert not holds({"code-lacks": "how='right'"}, code)
    assert holds({"code": "^joined = "}, code)


def test_nothing_is_claimed_of_code_that_is_too_long_to_be_searched() -> None:
    for claims in ({"code": "x"}, {"code-lacks": "y"}):
        assert holds(claims, "x = 1")
        assert not holds(claims, "x = 1" + " " * LONGEST)
    assert holds({}, "x = 1" + " " * LONGEST)


SENTENCES = """\
explanations:
  turned: It is turned.
  other-band: It holds another band.
  off-by-one: It is one too low.
  off-by-two: It is two too low.
"""

CODE = """\
def explain(evidence, by):
    if by == "turned":
        return Explanation("turned")
    key = "other-band"
    for by in ("one", "two"):
        yield Explanation(f"off-by-{by}", {"name": "rgb"})
    return Explanation(key or ("turned" if evidence["kind-of-fact"] else "other-band"))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Code, and its sentences in two languages."""
    for code in ("en", "xx"):
        (tmp_path / "texts" / code).mkdir(parents=True)
        (tmp_path / "texts" / code / "any_exercise.yaml").write_text(SENTENCES)
    (tmp_path / "explains.py").write_text(CODE)
    monkeypatch.setattr(texts, "FOLDER", tmp_path / "texts")
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    texts.read.cache_clear()
    texts.languages.cache_clear()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("explains.py", '"turned")', '"mirrored")', "'mirrored' has no sentence in (en|xx)"),
        ("explains.py", 'else "other-band"', 'else "grey"', "'grey' has no sentence in (en|xx)"),
        ("explains.py", "off-by-{by}", "low-by-{by}", r"'low-by-\*' has no sentence in (en|xx)"),
        ("explains.py", "off-by-{by}", "low-by-{by}", "'off-by-one' has no code that gives it"),
        ("texts/xx/any_exercise.yaml", "  turned", "  turend", "'turned' has no sentence in xx"),
        ("texts/xx/any_exercise.yaml", "  turned", "  turend", "'turend' has no code"),
    ],
)
def test_an_explanation_without_a_sentence_is_told_and_the_other_way_round(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    assert list(findings_of_explanations(folder)) == []
    changed = (folder / file).read_text().replace(old, new)
    assert changed != (folder / file).read_text()
    (folder / file).write_text(changed)
    forget()
    found = [problem.found for problem in findings_of_explanations(folder)]
    assert any(re.search(said, line) for line in found), found
