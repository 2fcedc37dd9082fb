"""Only what an exercise's own cells yield as they stand now counts towards it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from autograder.checks.reading.blank import Blank
from tests.checks.notebook_stand_in import Notebook

NDVI, COMPOSITE = 5, 4


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    running = Notebook()
    yield running
    running.close()


# --- which cell made what -----------------------------------------------------------------------


def test_what_a_cell_assigns_is_its_own(notebook: Notebook) -> None:
    notebook.answer(NDVI, "ndvi = [0.5]")
    assert notebook.workspace(NDVI).own("ndvi") == [0.5]


def test_a_name_of_another_exercise_is_left_over(notebook: Notebook) -> None:
    notebook.answer(3, "fig = object()")
    notebook.answer(NDVI, "ndvi = [0.5]")
    assert notebook.workspace(NDVI).why_missing("fig") == "is left over from exercise 3"


def test_an_exercise_keeps_its_result_when_a_later_one_takes_the_name(notebook: Notebook) -> None:
    notebook.answer(3, "fig = 'of three'")
    notebook.answer(NDVI, "fig = 'of five'")
    assert notebook.workspace(3).own("fig") == "of three"
    assert notebook.workspace(NDVI).own("fig") == "of five"


def test_what_is_deleted_is_gone(notebook: Notebook) -> None:
    notebook.answer(NDVI, "ndvi = [0.5]")
    notebook.run("del ndvi", "added")
    assert notebook.workspace(NDVI).why_missing("ndvi") == "was never assigned"


def test_a_name_that_the_edited_cell_no_longer_assigns_does_not_count(notebook: Notebook) -> None:
    notebook.answer(NDVI, "ndvi = [0.5]")
    notebook.answer(NDVI, "result = [0.5]")
    why = notebook.workspace(NDVI).why_missing("ndvi")
    assert why == "is left over from an earlier run of this cell"


@pytest.mark.parametrize("broken", ["1 / 0\nndvi = [0.5]", "ndvi = [0.5"])
def test_a_name_from_before_the_cell_failed_does_not_count(notebook: Notebook, broken: str) -> None:
    notebook.answer(NDVI, "ndvi = [0.5]")
    notebook.answer(NDVI, broken)
    workspace = notebook.workspace(NDVI)
    assert "earlier run" in workspace.why_missing("ndvi")
    assert workspace.error


def test_what_a_failing_cell_had_assigned_before_counts(notebook: Notebook) -> None:
    for _ in range(2):  # the second time, the small number is the same object
        notebook.answer(NDVI, "year = 2\nndvi = [0.5]\n1 / 0\nim = 3")
    workspace = notebook.workspace(NDVI)
    assert [workspace.why_missing(name) for name in ("year", "ndvi")] == ["", ""]
    assert workspace.why_missing("im") == "was never assigned"


@pytest.mark.parametrize("code", ["year = 2", "import math as year", "%time year = 2"])
def test_running_the_same_cell_again_changes_nothing(notebook: Notebook, code: str) -> None:
    for _ in range(3):
        notebook.answer(NDVI, code)
        assert notebook.workspace(NDVI).why_missing("year") == ""
    assert notebook.workspace(NDVI).warning == ""


def test_a_cell_may_be_split(notebook: Notebook) -> None:
    notebook.answer(NDVI, "nir = [1]\nred = [2]\nndvi = nir + red")
    notebook.workspace(NDVI)
    notebook.run("nir = [1]\nred = [2]", "new-cell")
    notebook.answer(NDVI, "ndvi = nir + red")
    workspace = notebook.workspace(NDVI)
    assert [workspace.why_missing(name) for name in ("nir", "red", "ndvi")] == ["", "", ""]
    assert workspace.warning == ""


def test_an_added_cell_stays_with_the_exercise_that_claimed_it(notebook: Notebook) -> None:
    notebook.answer(3, "rgb_data = [1]")
    notebook.run("rgb = rgb_data * 2", "new-cell")
    assert notebook.workspace(3).why_missing("rgb") == ""
    notebook.run("rgb = rgb_data * 3", "new-cell")
    notebook.workspace(COMPOSITE)
    assert notebook.workspace(3).own("rgb") == [1, 1, 1]


def test_without_ids_every_text_is_a_cell_of_its_own(notebook: Notebook) -> None:
    notebook.run("nir = [1]")
    notebook.run("red = [2]")
    workspace = notebook.workspace(NDVI)
    assert (workspace.why_missing("nir"), workspace.why_missing("red")) == ("", "")


def test_a_check_cell_claims_nothing(notebook: Notebook) -> None:
    notebook.run("hint(5)")
    notebook.run("from autograder import progress\nprogress()")
    workspace = notebook.workspace(NDVI)
    assert (workspace.source, workspace.error) == ("", "")


def test_an_answer_and_its_check_may_share_a_cell(notebook: Notebook) -> None:
    notebook.shell.user_ns["own"] = lambda: notebook.workspace(NDVI).own("ndvi")
    notebook.answer(NDVI, "ndvi = 2\nseen = own()")
    assert notebook.shell.user_ns["seen"] == 2


def test_cells_may_run_cells(notebook: Notebook) -> None:
    notebook.answer(NDVI, "nir = [1]\nget_ipython().run_cell('red = [2]')\nndvi = [3]")
    workspace = notebook.workspace(NDVI)
    assert [workspace.why_missing(name) for name in ("nir", "red", "ndvi")] == ["", "", ""]


def test_an_empty_cell_is_nothing(notebook: Notebook) -> None:
    notebook.run("")
    notebook.answer(NDVI, "ndvi = 1")
    assert notebook.workspace(NDVI).own("ndvi") == 1


def test_the_blank_comes_back_after_a_reset(notebook: Notebook) -> None:
    notebook.run("%reset -f")
    notebook.session.bind_blank()
    assert type(notebook.shell.user_ns["___"]) is Blank


def test_odd_escapes_in_code_stay_silent(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook.answer(NDVI, "pattern = '\\d'")
    assert notebook.workspace(NDVI).own("pattern") == "\\d"
    assert capsys.readouterr().err == ""


# --- a warning where order was not kept ---------------------------------------------------------


def top_to_bottom(notebook: Notebook) -> None:
    notebook.run("scale = 2", "given-02-01")
    notebook.answer(3, "rgb = [1] * scale")
    notebook.answer(COMPOSITE, "fc = rgb + [2]")
    notebook.answer(NDVI, "ndvi = [3]")


def test_from_top_to_bottom_nothing_is_said(notebook: Notebook) -> None:
    for _ in range(2):
        top_to_bottom(notebook)
        assert [notebook.workspace(number).warning for number in (3, 4, 5)] == ["", "", ""]


@pytest.mark.parametrize("number", [3, COMPOSITE, NDVI])
def test_mending_one_cell_says_nothing(notebook: Notebook, number: int) -> None:
    top_to_bottom(notebook)
    notebook.answer(number, "rgb = fc = ndvi = [5]")
    assert notebook.workspace(number).warning == ""
    assert notebook.workspace(NDVI).warning == ""


def test_an_input_that_was_made_again_is_named(notebook: Notebook) -> None:
    top_to_bottom(notebook)
    notebook.answer(3, "rgb = [7] * scale")
    warning = notebook.workspace(COMPOSITE).warning
    assert warning.startswith("`rgb` was made again")
    assert warning.endswith("Restart the kernel and run all cells.")
    notebook.answer(COMPOSITE, "fc = rgb + [2]")
    assert notebook.workspace(COMPOSITE).warning == ""


def test_an_input_that_its_cell_no_longer_makes_is_named(notebook: Notebook) -> None:
    top_to_bottom(notebook)
    notebook.answer(3, "other = [1]")
    assert "made `rgb` has changed" in notebook.workspace(COMPOSITE).warning
    notebook.answer(COMPOSITE, "fc = rgb + [2]")
    assert "made `rgb` has changed" in notebook.workspace(COMPOSITE).warning


def test_exercises_that_ran_backwards_are_told(notebook: Notebook) -> None:
    notebook.answer(NDVI, "ndvi = [3]")
    notebook.answer(3, "rgb = [1]")
    assert "exercise 3 ran after" in notebook.workspace(NDVI).warning
    assert notebook.workspace(3).warning == ""


# --- where there is no notebook -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("autograder.check(5)", "not started"),
        ("autograder.hint(5)", "not started"),
        ("autograder.progress()", "not started"),
        ("autograder.catch_up(3)", "not started"),
        ("autograder.start_course()", "plain Python script"),
    ],
)
def test_a_plain_script_gets_one_sentence(code: str, words: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", f"import autograder; {code}"], capture_output=True, text=True
    )
    assert answer.returncode == 1
    last = answer.stderr.strip().splitlines()[-1]
    assert last.startswith("utils.errors.CourseError: ")
    assert words in last


def test_importing_the_package_claims_the_name_utils_and_imports_nothing_else() -> None:
    code = "import sys, autograder; print([m for m in sys.modules if m.startswith('autograder.')])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "['autograder.root']"


# --- answers in other places ----------------------------------------------------------------------

ANSWER = "tile_url, nir, red, ndvi, fig, ax, im = 'https', 1, 2, [0.5], 3, 4, 5"
TEMPLATE = "tile_url = 'https'\nndvi = ___\nfig, ax = ___"


@pytest.mark.parametrize("template_first", [True, False])
def test_an_answer_beside_the_untouched_template_counts(
    notebook: Notebook, template_first: bool
) -> None:
    cells = [(TEMPLATE, f"exercise-{NDVI}"), (ANSWER, "added")]
    for code, cell in cells if template_first else reversed(cells):
        notebook.run(code, cell)
    workspace = notebook.workspace(NDVI)
    assert workspace.own("ndvi") == [0.5]
    assert (workspace.error, workspace.source) == ("", ANSWER)


def test_a_helper_cell_does_not_hide_that_the_template_is_blank(notebook: Notebook) -> None:
    notebook.run("im = 1", "added")
    notebook.answer(NDVI, TEMPLATE)
    workspace = notebook.workspace(NDVI)
    assert workspace.why_missing("ndvi") == "is still a blank"
    assert "___" in workspace.source


@pytest.mark.parametrize("cell", ["added", f"exercise-{COMPOSITE}"])
def test_several_exercises_may_be_answered_in_one_cell(notebook: Notebook, cell: str) -> None:
    notebook.run(f"fc = [0.1]\n{ANSWER}\nprint('both')", cell)
    assert notebook.workspace(COMPOSITE).own("fc") == [0.1]
    workspace = notebook.workspace(NDVI)
    assert workspace.own("ndvi") == [0.5]
    assert workspace.printed == "both\n"


def test_a_cell_that_shares_a_few_names_is_no_answer(notebook: Notebook) -> None:
    notebook.answer(COMPOSITE, "tile_url, fc_data, fc, p98, fig, axes = 1, 2, 3, 4, 5, 6")
    workspace = notebook.workspace(NDVI)
    assert workspace.source == ""
    assert workspace.why_missing("fig") == f"is left over from exercise {COMPOSITE}"
