"""Whatever was done to a notebook, the course's cells are the course's, the learner's all run."""

import json
from typing import Any

import pytest

from autograder.grading.course import SourceCell, SourceNotebook
from autograder.grading.handed_in.submitted_notebook import read_submitted
from autograder.grading.handed_in.submitted_notebook import released as stand_in
from tests.grading.handed_in.submitted_notebooks import (
    ALL_ANSWERED,
    EXERCISES,
    NAME,
    answered,
    code,
    copy_of,
    find,
    forget_names,
    insert,
    place_of,
    ran,
    read,
    released,
    remove,
    source,
)


def note(*words: str) -> list[str]:
    """Notes on the notebook."""
    return [f"notebook {NAME}: {word}" for word in words]


def given(submitted: Any) -> list[str]:
    return [cell.id for cell in submitted.cells if cell.kind == "given"]


GIVEN = [cell.id for cell in source().cells if cell.kind == "given"]


def test_a_notebook_as_handed_out_runs_as_it_is() -> None:
    submitted = read(released())
    course = [cell for cell in source().cells if cell.cell_type == "code"]
    assert [(c.id, c.source) for c in submitted.cells] == [(c.id, c.source) for c in course]
    assert [cell.index for cell in submitted.cells] == [
        place for place, cell in enumerate(source().cells) if cell.cell_type == "code"
    ]
    assert (submitted.notes, submitted.remarks) == ([], {})
    assert submitted == stand_in(source())


def test_answers_and_checks_run_in_turn() -> None:
    assert ran(read(answered())) == ALL_ANSWERED


# --- the course's cells -----------------------------------------------------------------------


def test_locked_cells_are_run_as_the_course_has_them() -> None:
    notebook = answered()
    find(notebook, "given-02-01")["source"] = "check = print"
    find(notebook, "check-4")["source"] = "check(4) or 5.0"
    find(notebook, "check-5")["cell_type"] = "markdown"
    submitted = read(notebook)
    assert ran(submitted) == ALL_ANSWERED
    assert submitted.cells[0].source == source().cells[1].source
    assert submitted.notes == note(
        "1 locked cell was changed; the course's own code was run",
        "exercise 4: the check was changed, the course's own one is used",
    )


def test_locked_cells_are_put_back_and_example_cells_are_not() -> None:
    notebook = answered()
    remove(notebook, "given-02-01", "given-02-04", "check-3", "check-5")
    submitted = read(notebook)
    assert ran(submitted) == ALL_ANSWERED
    assert given(submitted) == [name for name in GIVEN if name != "given-02-04"]
    assert submitted.notes == note(
        "1 locked cell was missing in place and put back",
        "exercises 3 and 5: the check was not in its place and was put back",
    )


def test_of_an_emptied_notebook_the_locked_cells_run() -> None:
    notebook = answered()
    notebook["cells"] = []
    submitted = read(notebook)
    assert [cell.id for cell in submitted.cells] == [c.id for c in source().cells if c.locked]
    assert submitted.remarks == {
        number: f"the cell of exercise {number} is missing" for number in EXERCISES
    }


def test_locked_cells_are_put_back_behind_a_deleted_answer() -> None:
    cells = (
        SourceCell("exercise-1", "code", "exercise", 1, "x = ___"),
        SourceCell("given-1", "code", "given", 0, "y = x", locked=True),
        SourceCell("check-1", "code", "check", 1, "check(1)", locked=True),
    )
    course = SourceNotebook("01-x", cells, {})
    content = json.dumps({"nbformat": 4, "cells": [code("x = 1")]}).encode()
    submitted = read_submitted(content, course)
    assert [cell.source for cell in submitted.cells] == ["x = 1", "y = x", "check(1)"]


def test_a_check_that_is_put_back_comes_after_all_of_the_answer() -> None:
    notebook = answered()
    insert(notebook, "hints-4", code("more = 1"))
    remove(notebook, "check-4")
    assert ran(read(notebook)) == [*ALL_ANSWERED[:3], ("extra", 4, "more = 1"), *ALL_ANSWERED[3:]]


def test_changed_example_cells_run_as_changed_and_stay_the_courses() -> None:
    notebook = answered()
    find(notebook, "given-02-06")["source"] = "example_layers = {}"
    submitted = read(notebook)
    assert given(submitted) == GIVEN
    assert "example_layers = {}" in [cell.source for cell in submitted.cells]
    assert submitted.notes == []


def test_an_example_cell_made_text_is_not_run() -> None:
    notebook = answered()
    find(notebook, "given-02-06")["cell_type"] = "raw"
    submitted = read(notebook)
    assert "given-02-06" not in given(submitted)
    assert submitted.notes == note("1 example cell was turned into text and not run")


def test_points_cannot_be_claimed() -> None:
    notebook = answered()
    about = {"grade": True, "grade_id": "bonus", "locked": True, "points": 100, "solution": False}
    insert(notebook, "check-5", code("5.0", metadata={"nbgrader": about, "trusted": True}))
    find(notebook, "check-5")["metadata"]["nbgrader"]["points"] = 100
    submitted = read(notebook)
    metadata = {cell.id: cell.metadata for cell in submitted.placed}
    assert metadata["check-5"]["nbgrader"]["points"] == 5.0
    assert metadata["extra-1"] == {}
    assert submitted.notes == note(
        "1 cell was marked as worth points that the course does not give"
    )


# --- the learner's cells ----------------------------------------------------------------------


def test_added_cells_count_with_the_next_check_and_after_the_last_with_none() -> None:
    notebook = answered()
    notebook["cells"].insert(0, code("first = 0"))
    for number in EXERCISES:
        insert(notebook, f"exercise-{number}", code(f"split_{number} = 0"))
        insert(notebook, f"check-{number}", code(f"after_{number} = 0"))
    assert [entry for entry in ran(read(notebook)) if entry[0] == "extra"] == [
        ("extra", 3, "first = 0"),
        ("extra", 3, "split_3 = 0"),
        ("extra", 4, "after_3 = 0"),
        ("extra", 4, "split_4 = 0"),
        ("extra", 5, "after_4 = 0"),
        ("extra", 5, "split_5 = 0"),
        ("extra", 0, "after_5 = 0"),
    ]


def test_an_added_check_is_only_code_and_counts_as_the_courses() -> None:
    notebook = answered()
    insert(notebook, "exercise-3", code("check(3)"), code("hint(3)"), code("check(99)"))
    submitted = read(notebook)
    assert ran(submitted) == ALL_ANSWERED
    assert [c.source for c in submitted.cells if c.id.startswith("extra")] == [
        "check(3)",
        "hint(3)",
        "check(99)",
    ]
    assert submitted.notes == []


def test_a_copy_of_an_example_cell_is_the_courses_too() -> None:
    notebook = answered()
    copied = "".join(find(notebook, "given-02-06")["source"])
    insert(notebook, "exercise-4", code(copied))
    assert ran(read(notebook)) == ALL_ANSWERED


def test_empty_cells_are_not_run() -> None:
    notebook = answered()
    insert(notebook, "exercise-4", code(" \n"))
    find(notebook, "exercise-5")["source"] = []
    submitted = read(notebook)
    assert ran(submitted) == [entry for entry in ALL_ANSWERED if entry[:2] != ("exercise", 5)]
    assert submitted.remarks == {5: "the cell of exercise 5 is empty"}


def test_of_copies_the_answer_in_its_place_counts_and_all_run_where_they_stand() -> None:
    notebook = answered()
    copy = copy_of(notebook, "exercise-4", source="copied = 4")
    insert(notebook, "check-4", copy)
    submitted = read(notebook)
    assert ran(submitted) == [*ALL_ANSWERED[:4], ("extra", 5, "copied = 4"), *ALL_ANSWERED[4:]]
    assert submitted.notes == note(
        "exercise 4: the cell was there twice, what stands before the check counts"
    )


def test_a_copy_before_its_exercise_does_not_take_its_place() -> None:
    notebook = answered()
    insert(notebook, "exercise-3", copy_of(notebook, "exercise-4", source="copied = 4"))
    assert ran(read(notebook)) == [
        ALL_ANSWERED[0],
        ("extra", 3, "copied = 4"),
        *ALL_ANSWERED[1:],
    ]


def test_an_answer_in_a_copy_beside_the_starter_is_the_answer() -> None:
    notebook = answered()
    answer = copy_of(notebook, "exercise-4")
    find(notebook, "exercise-4")["source"] = find(released(), "exercise-4")["source"]
    insert(notebook, "exercise-4", answer)
    submitted = read(notebook)
    assert ran(submitted) == ALL_ANSWERED


def test_a_split_answer_runs_in_order() -> None:
    notebook = answered()
    first, second = copy_of(notebook, "exercise-4"), find(notebook, "exercise-4")
    lines = second["source"]
    first["source"], second["source"] = lines[:10], lines[10:]
    notebook["cells"].insert(place_of(notebook, "exercise-4"), first)
    parts = [c.source for c in read(notebook).cells if c.exercise == 4 and c.kind != "check"]
    assert parts == ["".join(lines[:10]), "".join(lines[10:])]


def test_a_copied_check_counts_where_the_learner_looked_last() -> None:
    notebook = answered()
    insert(notebook, "check-4", code("repaired = 4"), copy_of(notebook, "check-4"))
    submitted = read(notebook)
    assert ran(submitted) == [*ALL_ANSWERED[:3], ("extra", 4, "repaired = 4"), *ALL_ANSWERED[3:]]
    assert submitted.notes == note(
        "exercise 4: the check was there twice, the last one in its place counts"
    )


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_made_text_is_not_run(kind: str) -> None:
    notebook = answered()
    find(notebook, "exercise-4")["cell_type"] = kind
    submitted = read(notebook)
    assert ran(submitted) == [*ALL_ANSWERED[:2], *ALL_ANSWERED[3:]]
    reason = "is text, not code, and was not run"
    assert submitted.notes == note(f"exercise 4: the cell {reason}")
    assert submitted.remarks == {4: f"the cell of exercise 4 {reason}"}


def test_a_deleted_answer_is_told() -> None:
    notebook = answered()
    remove(notebook, "exercise-4")
    submitted = read(notebook)
    assert ran(submitted) == [*ALL_ANSWERED[:2], *ALL_ANSWERED[3:]]
    assert submitted.notes == note("exercise 4: the cell is missing")
    assert submitted.remarks == {4: "the cell of exercise 4 is missing"}


def test_a_text_cell_made_code_runs_as_the_learners() -> None:
    notebook = answered()
    find(notebook, "hints-4").update(code("mine = 1", id="hints-4"))
    assert ("extra", 4, "mine = 1") in ran(read(notebook))


# --- order ------------------------------------------------------------------------------------


def test_swapped_answers_run_in_the_courses_order() -> None:
    notebook = answered()
    cells, one, other = notebook["cells"], *(place_of(notebook, f"exercise-{n}") for n in (3, 5))
    cells[one], cells[other] = cells[other], cells[one]
    submitted = read(notebook)
    assert ran(submitted) == ALL_ANSWERED
    assert submitted.notes == note(
        "cells of exercises were out of order; they were run in the course's order"
    )


def test_swapped_sections_keep_their_own_cells() -> None:
    notebook = answered()
    for number in (4, 5):
        insert(notebook, f"exercise-{number}", code(f"own_{number} = 0"))
    start, middle, end = (place_of(notebook, name) for name in ("text-02-15", "check-4", "check-5"))
    cells = notebook["cells"]
    notebook["cells"] = [
        *cells[:start],
        *cells[middle + 1 : end + 1],
        *cells[start : middle + 1],
        *cells[end + 1 :],
    ]
    extra = [entry for entry in ran(read(notebook)) if entry[0] == "extra"]
    assert extra == [("extra", 4, "own_4 = 0"), ("extra", 5, "own_5 = 0")]


def test_a_dragged_example_cell_runs_where_it_was_put() -> None:
    notebook = answered()
    dragged = find(notebook, "given-02-04")
    dragged["source"] = "example_url = 'mine'"
    remove(notebook, "given-02-04")
    insert(notebook, "exercise-5", dragged, code("more = 5"))
    submitted = read(notebook)
    assert [c.source for c in submitted.cells][-3:] == [
        "example_url = 'mine'",
        "more = 5",
        "check(5)",
    ]
    assert (submitted.cells[-3].kind, submitted.cells[-3].id) == ("given", "given-02-04")
    assert submitted.notes == []


def test_a_check_moved_before_its_answer_is_put_back_after_it() -> None:
    notebook = answered()
    check = find(notebook, "check-5")
    remove(notebook, "check-5")
    insert(notebook, "text-02-20", check)
    assert ran(read(notebook)) == ALL_ANSWERED


# --- lost names -------------------------------------------------------------------------------


def test_cells_are_found_by_their_text_and_place() -> None:
    notebook = answered()
    forget_names(notebook)
    submitted = read(notebook)
    assert ran(submitted) == ALL_ANSWERED
    assert given(submitted) == GIVEN
    assert submitted.notes == note(
        "exercises 3, 4 and 5: the cell had lost its name and was found by its place or its lines"
    )


def test_answers_are_found_without_the_courses_text() -> None:
    notebook = answered()
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    forget_names(notebook)
    assert ran(read(notebook)) == ALL_ANSWERED


def test_answers_are_found_by_the_courses_lines_alone() -> None:
    notebook = answered()
    notebook["cells"] = [find(notebook, f"exercise-{number}") for number in EXERCISES]
    forget_names(notebook)
    assert ran(read(notebook)) == ALL_ANSWERED


def test_renamed_cells_are_found_too() -> None:
    notebook = answered()
    for cell in notebook["cells"]:
        cell["id"] = f"new-{cell['id']}"
        if about := cell["metadata"].get("nbgrader"):
            about["grade_id"] = f"new-{about['grade_id']}"
    assert ran(read(notebook)) == ALL_ANSWERED


def test_of_several_cells_without_names_all_count() -> None:
    notebook = answered()
    forget_names(notebook, keep=lambda cell: cell["id"] != "exercise-4")
    place = next(i for i, cell in enumerate(notebook["cells"]) if "id" not in cell)
    notebook["cells"][place : place + 1] = [code("a = 1"), code("b = 2")]
    submitted = read(notebook)
    assert ran(submitted)[2:4] == [("extra", 4, "a = 1"), ("extra", 4, "b = 2")]
    assert submitted.notes == note(
        "exercise 4: the cell is missing, but other cells before its check count"
    )
    assert submitted.remarks == {}


def test_an_answer_merged_into_the_example_before_it_is_an_answer() -> None:
    notebook = answered()
    example, answer = find(notebook, "given-02-13"), find(notebook, "exercise-4")
    example["source"] = [*example["source"], "\n", *answer["source"]]
    remove(notebook, "exercise-4", "words-02-13", "text-02-14", "text-02-15")
    assert ran(read(notebook)) == ALL_ANSWERED


def test_line_ends_of_windows_change_nothing() -> None:
    notebook = answered()
    forget_names(notebook)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    assert ran(read(notebook)) == ALL_ANSWERED
