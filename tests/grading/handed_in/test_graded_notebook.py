"""A graded notebook is valid, says what nbgrader needs, and holds all that the learner ran."""

import json
from collections import Counter
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution

from autograder.checks.showing.card import MIME_TYPE
from autograder.grading.course import read_sources
from autograder.grading.handed_in.graded_notebook import graded_notebook, not_graded
from autograder.grading.handed_in.submitted_notebook import Submitted, released
from tests.grading.handed_in.submitted_notebooks import (
    EXERCISES,
    answered,
    code,
    find,
    forget_names,
    insert,
    read,
    source,
)


def verdict(score: float) -> dict[str, Any]:
    """The output of a check cell."""
    data = {"text/plain": str(score), "text/html": "<p>card</p>", MIME_TYPE: {"score": score}}
    return {"output_type": "execute_result", "data": data}


def grade(submitted: Submitted, **more: Any) -> Any:
    """The graded notebook, valid for Jupyter and for nbgrader, with a point less in each check."""
    checks = [cell for cell in submitted.cells if cell.kind == "check"]
    verdicts = {cell.index: verdict(5.0 - place) for place, cell in enumerate(checks)}
    content = graded_notebook(submitted, **{"outputs": {}, "verdicts": verdicts, **more})
    notebook = nbformat.reads(json.dumps(content), as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    return notebook


def scores(notebook: Any) -> dict[str, float | None]:
    """What nbgrader makes of the check cells."""
    return {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in notebook.cells
        if is_grade(cell)
    }


def test_nbgrader_reads_the_verdicts() -> None:
    notebook = grade(read(answered()))
    assert scores(notebook) == {"check-3": 5.0, "check-4": 4.0, "check-5": 3.0}
    for cell in notebook.cells:
        if is_grade(cell):
            assert [output.data["text/html"] for output in cell.outputs] == ["<p>card</p>"]


def test_a_check_without_a_verdict_gives_nothing() -> None:
    assert set(scores(grade(read(answered()), verdicts={})).values()) == {0}


@pytest.mark.parametrize("course", read_sources(), ids=lambda course: course.name)
def test_checksums_are_those_of_nbgrader(course: Any) -> None:
    for cell in grade(released(course)).cells:
        if about := cell.metadata.get("nbgrader"):
            assert about.checksum == compute_checksum(cell), "the starter is no response"


def test_an_answer_is_a_response() -> None:
    solutions = [cell for cell in grade(read(answered())).cells if is_solution(cell)]
    assert [cell.metadata.nbgrader.grade_id for cell in solutions] == [
        f"exercise-{number}" for number in EXERCISES
    ]
    for cell in solutions:
        assert cell.metadata.nbgrader.checksum != compute_checksum(cell)


def test_a_released_notebook_stands_in_with_the_reason() -> None:
    stand_in = released(source())
    reason = not_graded("notebook 02-patches-with-rasterio is missing")
    verdicts = {cell.index: reason for cell in stand_in.cells if cell.kind == "check"}
    notebook = grade(stand_in, verdicts=verdicts)
    assert scores(notebook) == {"check-3": 0, "check-4": 0, "check-5": 0}
    last = next(cell for cell in notebook.cells if cell.id == "check-5")
    assert "is missing" in json.dumps(last.outputs)


def test_a_deleted_answer_can_still_be_commented_on() -> None:
    notebook = answered()
    notebook["cells"] = []
    graded = grade(read(notebook))
    assert [c.metadata.nbgrader.grade_id for c in graded.cells if is_solution(c)] == [
        f"exercise-{number}" for number in EXERCISES
    ]
    assert len(scores(graded)) == len(EXERCISES)


def test_outputs_stand_under_the_cells_that_made_them() -> None:
    submitted = read(answered())
    printed = {"output_type": "stream", "name": "stdout", "text": "hello"}
    shown = {"output_type": "display_data", "data": {"text/plain": "x"}}
    place = next(cell.index for cell in submitted.cells if cell.id == "exercise-4")
    notebook = grade(submitted, outputs={place: [printed, shown]})
    with_outputs = {
        cell.id: [output.output_type for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.outputs and not is_grade(cell)
    }
    assert with_outputs == {"exercise-4": ["stream", "display_data"]}


def test_what_was_handed_in_about_cells_is_gone() -> None:
    notebook = answered()
    notebook["metadata"] = {"widgets": "<script>", "kernelspec": {"name": "other"}}
    page = {"output_type": "display_data", "data": {"text/html": "<script>"}, "metadata": {}}
    find(notebook, "exercise-3").update(outputs=[page], attachments={"a": "<script>"})
    find(notebook, "exercise-3")["metadata"]["jupyter"] = {"source_hidden": "<script>"}
    find(notebook, "text-02-00")["metadata"] = {"tags": ["<script>"]}
    graded = grade(read(notebook))
    assert "<script>" not in json.dumps(graded)
    assert graded.metadata == source().metadata


def test_cells_on_top_do_not_shift_outputs() -> None:
    top = [{"cell_type": "markdown", "source": "Another patch was used."}]
    notebook = grade(read(answered()), preface=top)
    assert notebook.cells[0].source == "Another patch was used."
    assert scores(notebook) == {"check-3": 5.0, "check-4": 4.0, "check-5": 3.0}


def test_the_same_notebook_is_written_the_same() -> None:
    notebook = answered()
    insert(notebook, "exercise-3", code("x = 1"))
    one, other = (graded_notebook(read(notebook), {}, {}) for _ in range(2))
    assert one == other


@st.composite
def disturbed(draw: st.DrawFn) -> dict[str, Any]:
    """The notebook with cells deleted, copied, moved, renamed, retyped and emptied."""
    notebook = answered()
    cells = notebook["cells"]
    for cell in draw(st.lists(st.sampled_from(cells), max_size=6)):
        how = draw(st.sampled_from(["delete", "copy", "move", "rename", "retype", "rewrite"]))
        if how in ("delete", "move") and any(cell is other for other in cells):
            cells[:] = [other for other in cells if other is not cell]
        if how in ("copy", "move"):
            cells.insert(draw(st.integers(0, len(cells))), dict(cell))
        if how == "rename":
            cell["id"] = draw(st.sampled_from(["exercise-4", "check-4", "given-02-01", "x", ""]))
        if how == "retype":
            cell["cell_type"] = draw(st.sampled_from(["code", "markdown", "raw"]))
        if how == "rewrite":
            cell["source"] = draw(st.sampled_from(["check(4)", "", "x = 1", "answer_4 = 0"]))
    if draw(st.booleans()):
        forget_names(notebook, keep=lambda cell: draw(st.booleans()))
    return notebook


@settings(max_examples=100, deadline=None)
@given(disturbed())
def test_nothing_that_is_done_to_a_notebook_disturbs_grading(notebook: dict[str, Any]) -> None:
    submitted = read(notebook)
    graded = grade(submitted)
    checks = [cell.id for cell in graded.cells if is_grade(cell)]
    assert checks == [f"check-{number}" for number in EXERCISES]
    locked = [cell for cell in source().cells if cell.locked]
    assert {cell.id for cell in locked} <= {cell.id for cell in submitted.cells}
    order = [(c.exercise, c.kind == "check") for c in submitted.cells if c.exercise]
    assert order == sorted(order), "each answer runs before its check, in the course's order"
    for note in [*submitted.notes, *submitted.remarks.values()]:
        assert note.isprintable()
        assert len(note) < 200


@settings(max_examples=100, deadline=None)
@given(disturbed())
def test_all_code_of_the_learner_runs_once(notebook: dict[str, Any]) -> None:
    course = Counter(cell.source.strip() for cell in source().cells)
    own = Counter(
        text
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and (text := "".join(cell["source"]).strip())
        # A cell of the course that bears a locked cell's name is the course's.
        and not any(name in str(cell) for name in ("check-", "given-02-01"))
    )
    run = Counter(cell.source.strip() for cell in read(notebook).cells)
    for text, count in own.items():
        assert run[text] == count or (text in course and run[text] >= count)
