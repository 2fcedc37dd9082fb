"""A notebook is put back on the course's frame, whichever program saved it, and however."""

import copy
import random
from collections.abc import Callable

import pytest

from autograder.grading.handed_in.sent_cells import has_conflict
from tests.grading.handed_in.submitted_notebooks import (
    ALL_ANSWERED,
    EXERCISES,
    Json,
    answered,
    code,
    find,
    forget_names,
    ran,
    read,
    released,
)


def lab_3(notebook: Json) -> None:
    """JupyterLab 3, which writes ids anew where it reads nbformat 4.4."""
    notebook["nbformat_minor"] = 5
    for place, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{place:08x}-9b1e"


def vs_code(notebook: Json) -> None:
    """VS Code: text as lines, metadata of its own, the course's kept."""
    notebook["metadata"]["language_info"] = {"version": "3.12.1", "file_extension": ".py"}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {**cell["metadata"], "vscode": {"languageId": "python"}}
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)


def colab(notebook: Json) -> None:
    """Colab: nbformat 4.0, an id in the metadata in place of the course's, who ran a cell when."""
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {
        "colab": {"name": "Copy of notebook.ipynb", "provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "accelerator": "GPU",
    }
    for place, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {"id": f"aBc{place}"}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {
                "colab": {"base_uri": "https://localhost:8080/", "height": 34},
                "executionInfo": {"status": "ok", "user": {"userId": "1"}, "user_tz": -60},
                "outputId": f"19fe063e-{place}",
            }


def older_colab(notebook: Json) -> None:
    """Colab as saved to GitHub: a link on top, the kind of a cell in its metadata, others kept."""
    notebook["nbformat_minor"] = 0
    for cell in notebook["cells"]:
        kind = "code" if cell["cell_type"] == "code" else "text"
        cell["metadata"] = {**cell["metadata"], "id": cell.pop("id"), "colab_type": kind}
    link = '<a href="https://colab.research.google.com/github/a/b.ipynb">Open In Colab</a>'
    metadata = {"id": "view-in-github", "colab_type": "text"}
    notebook["cells"].insert(0, {"cell_type": "markdown", "metadata": metadata, "source": link})


def classic(notebook: Json) -> None:
    """The classic notebook up to version 6.1: nbformat 4.2 or 4.4, no ids, metadata kept."""
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] |= {"collapsed": False, "scrolled": True, "trusted": True}


def later_classic(notebook: Json) -> None:
    """The classic notebook of version 6.5: new ids, metadata kept."""
    for place, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{place:08x}"
        cell["metadata"] |= {"ExecuteTime": {"start_time": "2026-10-05T17:30:10.1Z"}}


def papermill(notebook: Json) -> None:
    """Papermill: a cell with parameters on top, and times."""
    parameters = code("# Parameters\nn = 1", metadata={"tags": ["injected-parameters"]})
    notebook["cells"].insert(0, parameters)
    for cell in notebook["cells"]:
        cell["metadata"] = {**cell["metadata"], "papermill": {"duration": 0.1}}


def only_code(notebook: Json) -> None:
    """Copied into an empty notebook, without text and names."""
    forget_names(notebook)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def shuffled(notebook: Json) -> None:
    forget_names(notebook)
    random.Random(1).shuffle(notebook["cells"])


def backwards(notebook: Json) -> None:
    notebook["cells"].reverse()


def end_lines_with(end: str) -> Callable[[Json], None]:
    def change(notebook: Json) -> None:
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"]).replace("\n", end)

    change.__name__ = f"lines end with {end!r}"
    return change


SAVED: list[Callable[[Json], None]] = [
    lab_3,
    vs_code,
    colab,
    older_colab,
    classic,
    later_classic,
    only_code,
    shuffled,
    backwards,
]
SAVED += [end_lines_with("\r\n"), end_lines_with("\r")]


@pytest.mark.parametrize("save", SAVED, ids=lambda save: save.__name__)
def test_the_answers_are_found(save: Callable[[Json], None]) -> None:
    notebook = answered()
    save(notebook)
    assert ran(read(notebook)) == ALL_ANSWERED


def test_a_cell_that_a_program_puts_on_top_takes_no_place() -> None:
    notebook = answered()
    papermill(notebook)
    assert ran(read(notebook)) == [("extra", 3, "n = 1"), *ALL_ANSWERED]


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("first", [answered, released])
@pytest.mark.parametrize("second", [answered, released])
def test_of_a_notebook_with_all_cells_twice_the_work_is_run_before_its_checks(
    first: Callable[[], Json], second: Callable[[], Json], names: bool
) -> None:
    notebook = first()
    notebook["cells"] += copy.deepcopy(second()["cells"])
    if not names:
        forget_names(notebook)
    steps = ran(read(notebook))
    checks = [step for step in steps if step[0] == "check"]
    assert [number for _, number, _ in checks] == list(EXERCISES)
    for number in EXERCISES if answered in (first, second) else ():
        before = steps[: steps.index(("check", number, f"check({number})"))]
        assert f"answer_{number} = {number}" in [line for *_, line in before]


def all_code(checks: bool) -> Json:
    cells = [cell for cell in answered()["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in cells]
    return code("\n\n".join(s for s in sources if checks or not s.startswith("check(")))


def alone(notebook: Json) -> None:
    notebook["cells"] = [all_code(checks=True)]


def above_its_checks(notebook: Json) -> None:
    checks = [find(notebook, f"check-{number}") for number in EXERCISES]
    notebook["cells"] = [all_code(checks=False), *checks]


def below_the_cells_as_handed_out(notebook: Json) -> None:
    notebook["cells"] = [*released()["cells"], all_code(checks=False)]


def above_the_cells_as_handed_out(notebook: Json) -> None:
    notebook["cells"] = [all_code(checks=False), *released()["cells"]]


@pytest.mark.parametrize(
    "change",
    [alone, above_its_checks, below_the_cells_as_handed_out, above_the_cells_as_handed_out],
)
def test_all_code_in_one_cell_is_run_before_the_checks(change: Callable[[Json], None]) -> None:
    notebook = answered()
    change(notebook)
    steps = ran(read(notebook))
    checks = [place for place, step in enumerate(steps) if step[0] == "check"]
    codes = [cell for cell in read(notebook).cells if cell.kind != "given"]
    (place,) = [n for n, cell in enumerate(codes) if "answer_5 = 5" in cell.source]
    assert [steps[n][1] for n in checks] == list(EXERCISES)
    assert place < checks[0]
    assert steps[place][1] == EXERCISES[0]


def test_of_exercises_answered_in_one_cell_none_is_said_to_be_missing() -> None:
    notebook = answered()
    alone(notebook)
    submitted = read(notebook)
    assert submitted.remarks == {}
    words = "exercises 4 and 5: answered in the cell of another exercise"
    assert any(note.endswith(words) for note in submitted.notes)
    assert not any("is missing" in note for note in submitted.notes)


def test_an_answer_below_everything_counts_where_the_cell_was_left_and_it_is_said() -> None:
    notebook = released()
    answer = copy.deepcopy(find(answered(), "exercise-4"))
    notebook["cells"].append({**answer, "id": "added", "metadata": {}})
    submitted = read(notebook)
    assert ("exercise", 4, "answer_4 = 4") in ran(submitted)
    assert any("exercise 4: its cell was left as handed out" in note for note in submitted.notes)


def test_marks_of_a_merge_conflict_in_a_cell_are_told() -> None:
    notebook = answered()
    cell = find(notebook, "exercise-4")
    cell["source"] = ["<<<<<<< local\n", "a = 1\n", "=======\n", "a = 2\n", ">>>>>>> remote\n"]
    (note,) = read(notebook).notes
    assert note.endswith(
        "exercise 4: the cell holds the marks of a merge conflict (<<<<<<<), which is no code"
    )


@pytest.mark.parametrize("source", ["x = 1 << 7", '"<<<<<<< "', "# ======="])
def test_code_that_only_looks_like_it_has_no_conflict(source: str) -> None:
    assert not has_conflict(source)
