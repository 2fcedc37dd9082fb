"""The lint says in a sentence what an exercise lacks: each kind of finding, and none on the course.

What is broken here is a copy of exercise 6 in memory.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.checks.exercises import MODULES, every_exercise, exercise
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import FactSpec, Result, Transfer
from autograder.checks.showing.questions import UNREADABLE
from autograder.checks.texts import Fold, Question
from autograder.notebooks import __main__ as command
from autograder.notebooks.lint import course as lint_course
from autograder.notebooks.lint.course import Subject, findings, lint
from autograder.notebooks.source import Cell, Change, Notebook, read, read_all
from autograder.root import ROOT
from utils.errors import CourseError

NOTEBOOKS = read_all()
CHECKS = {item.number: item for item in every_exercise()}
NUMBER = 6
[NOTEBOOK] = [book for book in NOTEBOOKS if NUMBER in {item.number for item in book.exercises}]
[TEXT] = [item for item in NOTEBOOK.exercises if item.number == NUMBER]
SAID, ONE = TEXT.texts, TEXT.mistakes[0].name
WHOLE = Subject(NOTEBOOK, TEXT, exercise(NUMBER), expectations.load(NUMBER))

Break = Callable[[Subject], Subject]


def text(**changes: Any) -> Break:
    return lambda whole: replace(whole, text=replace(whole.text, **changes))


def module(**changes: Any) -> Break:
    return lambda whole: replace(whole, checks=replace(whole.checks, **changes))


def words(message: str) -> Break:
    return said(mistakes={**SAID.mistakes, ONE: message})


def said(**changes: Any) -> Break:
    return text(texts=replace(SAID, **changes))


def fact(*more: FactSpec) -> Break:
    return module(facts=(*WHOLE.checks.facts, *more))


def without_numbers(whole: Subject) -> Subject:
    assert whole.recorded
    said = {name: {"kind": "text", "text": "right"} for name in whole.recorded.facts}
    return replace(whole, recorded=replace(whole.recorded, facts=said))


WHY = Fold((ONE,), "The idea behind. " * 21 + "Your lowest number is {low}.")
ASKED = Question("Which one?", "number", "Yes.", {"other": "No.", UNREADABLE: "No number."})


def folds(fold: Fold, number: int = 3) -> Break:
    """Several folds, of which the first is this one and the others are whole."""
    others = {f"topic-{place}": replace(WHY, when=()) for place in range(1, number)}
    given = module(figures={"low": str})
    return lambda whole: given(said(why={"topic-0": fold, **others})(whole))


def asked(question: Question | None) -> Break:
    transfer = Transfer(str, lambda *_: "other", ("other",))  # type: ignore[arg-type]
    return lambda whole: module(transfer=transfer)(said(question=question)(whole))


def test_whole_folds_and_a_whole_question_are_fine() -> None:
    for broken in (folds(WHY), asked(ASKED)):
        assert findings(broken(WHOLE), CHECKS) == []


def without(key: str) -> dict[str, str]:
    return {name: words for name, words in SAID.facts.items() if name != key}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (text(title=""), r"No heading 'Exercise 6 · '"),
        (text(title="Another one"), r"No heading 'Exercise 6 · Another one'"),
        (text(see="Which regions does it touch?"), r"It says see: .* above it"),
        (text(see="Exercise 6 · From metres to degrees"), r"It says see"),
        (text(code="x = 1"), r"no blanks"),
        (text(code="x = «gpd.unheard_of(1)»"), r"call 'unheard_of', which no text"),
        (text(code="x = [«unheard_of(y) for y in z»]"), r"call 'unheard_of', which no text"),
        (text(aspects={}), r"It gives the points \{\}"),
        (text(aspects=TEXT.aspects | {"frame": 0}), r"points above 0"),
        (
            said(hints=SAID.hints[:2]),
            r"There are 2 entries under `hints`. Expected: at least 3",
        ),
        (text(mistakes=TEXT.mistakes[:7]), r"7 entries under `mistakes`. Expected: at least 8"),
        (text(accepted=()), r"0 entries under `accepted`. Expected: at least 6"),
        (text(mistakes=(*TEXT.mistakes, TEXT.mistakes[0])), r"2 answers are called 'relabelled'"),
        (text(accepted=(*TEXT.accepted, TEXT.mistakes[0])), r"2 answers are called 'relabelled'"),
        (text(accepted=(*TEXT.accepted, Change("A b", then="x"))), r"called 'A b'"),
        (text(accepted=(*TEXT.accepted, Change("", then="x"))), r"called ''"),
        (text(accepted=(*TEXT.accepted, Change("same"))), r"same changes nothing"),
        (
            text(accepted=(*TEXT.accepted, Change("typo", {"box(bounds)": "x"}))),
            r"typo replaces 'box\(bounds\)', which the solution does not hold",
        ),
        (said(hints=(*SAID.hints, "")), r"The text of hint 5 is empty"),
        (words(""), r"The text of mistakes \S+ is empty"),
        (words("Too long. " * 21), r"mistakes \S+ has 42 words, at most 40"),
        (words("No full stop"), r"mistakes \S+ ends without a full stop"),
        (words("It is  spaced."), r"mistakes \S+ has tabs"),
        (words("A `backtick."), r"mistakes \S+ has a backtick too few"),
        (words("You forgot it."), r"mistakes \S+ says 'forgot'"),
        (words('Write gdf.to_crs("EPSG:4326").'), r"mistakes \S+ holds a line of the solution"),
        (
            text(aspects={**TEXT.aspects, "colour": 1}),
            r"points for 'colour', which no fact decides",
        ),
        (text(aspects={"geometry": 1, "frame": 2}), r"facts for 'reprojection', which gives no"),
        (said(facts=without("gdf_crs")), r"'gdf_crs' is missing or is not the expected one"),
        (
            said(facts=without("gdf_crs") | {"gdf_crs-missing": "It is missing."}),
            r"where 'gdf_crs' is not the expected one. Expected: .* or `gdf_crs-differs`",
        ),
        (said(facts={**SAID.facts, "gdf-missing": "No."}), r"'gdf-missing' belongs to no"),
        (module(names=("gdf", "bounds_gdf")), r"asks for `bounds_gdf`, which its code does not"),
        (module(gives=(Result("rgb"),)), r"It gives `rgb`, which is none of its `names`"),
        (
            fact(FactSpec("gdf", "frame", "The frame", implied_by=("gdf_csr",))),
            r"'gdf' is implied by 'gdf_csr', which is no fact",
        ),
        (module(builds_on=("tile",)), r"It builds on `tile`.* one of img_array, rgb, tile_bounds"),
        (folds(WHY, number=2), r"There are 2 entries under `why`. Expected: at least 3"),
        (folds(replace(WHY, when=(ONE,) * 2)), rf"Two folds explain '{ONE}'"),
        (folds(replace(WHY, say="Short {low}.")), r"The fold 'topic-0' has 2 words"),
        (folds(replace(WHY, say="Too long. " * 99)), r"'topic-0' has 198 words, at most 140"),
        (folds(replace(WHY, say=WHY.say + " You forgot it.")), r"'topic-0' says 'forgot'"),
        (
            folds(replace(WHY, say=WHY.say + ' gdf.to_crs("EPSG:4326").')),
            r"'topic-0' holds a line of the solution",
        ),
        (folds(replace(WHY, when=("no-such",))), r"'topic-0' is for 'no-such', which is never"),
        (folds(replace(WHY, say=WHY.say + " {mean}.")), r"'topic-0' asks for \{mean\}"),
        (folds(replace(WHY, say="Idea. " * 70)), r"'topic-0' holds nothing of the learner's own"),
        (folds(replace(WHY, picture="gdf", caption="It.")), r"'topic-0' draws 'gdf'"),
        (folds(replace(WHY, picture="gdf_crs")), r"'topic-0' has a picture or a caption alone"),
        (asked(None), r"Its question stands in the texts or in the module alone"),
        (asked(replace(ASKED, right="Yes")), r"words 'right' of its question: ends without"),
        (asked(replace(ASKED, wrong={})), r"The key 'other' of its question stands in the"),
        (lambda whole: replace(whole, recorded=None), r"Nothing is recorded of it"),
        (said(mistakes={}), rf"Nothing is said of the mistake '{ONE}'"),
        (text(mistakes=TEXT.mistakes[1:]), rf"A sentence is there for '{ONE}', which is no known"),
        (said(remarks={"no-such": "Well done."}), r"A sentence is there for 'no-such'"),
        (module(gives=(Result("gdf"),)), r"There is no values-06.npz"),
        (text(aspects=TEXT.aspects | {"frame": 9}), r"What is recorded of it is older than it"),
        (fact(FactSpec("gdf", "frame", "The frame")), r"What is recorded of it is older than it"),
        (without_numbers, r"None of its facts shows that the patch was read"),
    ],
)
def test_what_is_amiss_is_told(broken: Break, said: str) -> None:
    assert findings(WHOLE, CHECKS) == []
    found = findings(broken(WHOLE), CHECKS)
    assert any(re.search(said, line) for line in found), found
    for line in found:
        assert line.startswith("03-geopandas.md, exercise 6: ")
        assert line.endswith(".")
        assert "\n" not in line


def test_an_exercise_that_asks_services_or_builds_on_a_patch_needs_no_telling_fact() -> None:
    unread = without_numbers(WHOLE)
    for broken in (module(reads_services=True), module(builds_on=("rgb",))):
        assert findings(broken(unread), CHECKS) == []


def renumbered(notebook: Notebook, **numbers: int) -> list[Notebook]:
    """The course with other numbers in one of its notebooks."""

    def changed(cell: Cell) -> Cell:
        item = cell.exercise
        new = numbers.get(f"_{item.number}") if item else None
        return replace(cell, exercise=replace(item, number=new)) if item and new else cell

    other = replace(notebook, cells=tuple(changed(cell) for cell in notebook.cells))
    return [other if book is notebook else book for book in NOTEBOOKS]


@pytest.mark.parametrize(
    ("notebooks", "said"),
    [
        (renumbered(NOTEBOOK, _6=7), r"number 7 is there 2 times in solutions/\*.md"),
        (renumbered(NOTEBOOK, _6=99), r"Exercise 99 has no module. .*exercise_99_<topic>.py"),
        (renumbered(NOTEBOOK, _6=99), r"Module exercise_06_footprint.py has no exercise"),
        (renumbered(NOTEBOOK, _6=99), r"numbers from 1 on without a gap"),
        (renumbered(NOTEBOOK, _6=7, _7=6), r"The exercises of 03-geopandas.md come as 7, 6"),
    ],
)
def test_numbers_that_do_not_fit_are_told(notebooks: list[Notebook], said: str) -> None:
    found = lint(notebooks)
    assert any(re.search(said, line) for line in found), found


def copies(folder: Path) -> Path:
    """A folder of modules with the names of the course's."""
    for name in MODULES.values():
        (folder / f"{name}.py").touch()
    return folder


def test_two_modules_of_one_number_are_told(tmp_path: Path) -> None:
    (copies(tmp_path) / "exercise_06_again.py").touch()
    found = lint(NOTEBOOKS, tmp_path)
    assert found == [
        "The number 6 is there 2 times in autograder/checks/exercises. Expected: a number "
        "for each exercise. Give one of them another number, in its text and in the name of its "
        "module."
    ]


@pytest.mark.parametrize("held", [object(), None])
def test_a_module_without_an_exercise_is_told(
    monkeypatch: pytest.MonkeyPatch, held: object
) -> None:
    name = f"autograder.checks.exercises.{MODULES[NUMBER]}"
    if held:
        monkeypatch.setattr(sys.modules[name], "EXERCISE", held)
    else:
        monkeypatch.delattr(sys.modules[name], "EXERCISE")
    [found] = lint(NOTEBOOKS)
    assert found.startswith("exercise_06_footprint.py cannot be used: ")


def test_a_notebook_that_was_not_built_again_is_told() -> None:
    edited = replace(NOTEBOOK, title="Edited")
    found = lint([edited if book is NOTEBOOK else book for book in NOTEBOOKS])
    assert found == [
        "03-geopandas.md: 03-geopandas.ipynb in course/ is not what the text says. "
        "Expected: a notebook built from it. Run `make notebooks`."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: From", "title: a: From", r"03-geopandas.md cannot be read: .*mapping values"),
        ("exercise: 6", "exercise: six", r"exercise six: its manifest has another form"),
        ("{geometry: 1,", "{geometry: one,", r"exercise 6: its manifest has another form"),
        ("- name: relabelled", "- relabelled", r"cannot be read|another form"),
    ],
)
def test_a_text_that_cannot_be_read_says_where(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    source = (ROOT / "solutions" / "03-geopandas.md").read_text("utf-8")
    assert old in source
    (tmp_path / "03-geopandas.md").write_text(source.replace(old, new, 1), "utf-8")
    with pytest.raises(CourseError) as problem:
        read(tmp_path / "03-geopandas.md")
    assert re.search(said, str(problem.value))


def test_the_course_is_whole_and_the_command_says_how_to_try_it_on_fresh_patches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["notebooks", "lint"])
    assert command.main() == 0
    assert "make mistakes SEEDS=3" in capsys.readouterr().out
    monkeypatch.setattr(lint_course, "lint", lambda _: ["what is to do"])
    assert command.main() == 1
    assert capsys.readouterr().err == "what is to do\n"


def test_code_that_is_not_the_solution_may_be_named() -> None:
    assert findings(words("Write gdf.to_crs('EPSG:4326').")(WHOLE), CHECKS) == []
