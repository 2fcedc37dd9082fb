"""``catch_up(N)`` gives what later exercises need, and no points for N."""

import os
from pathlib import Path

import numpy as np
import pytest

from autograder.checks.exercises import every_exercise, exercise
from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.names import is_course_call
from autograder.checks.showing.catch_up import catch_up, is_recorded, read_values, values_file
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import Notebook as Source
from autograder.notebooks.source import read_all
from autograder.patches import PRACTICE
from autograder.services import Services
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from tests.checks.notebook_stand_in import EXERCISES, START, Notebook, run_cells
from utils.errors import CourseError

CREDENTIALS = (CLIENT_ID, CLIENT_SECRET)
GIVES = [item.number for item in every_exercise() if item.gives]


@pytest.fixture(autouse=True)
def named(notebook: Notebook) -> None:
    """Bind ``catch_up``."""
    notebook.offer("catch_up", lambda n: catch_up(n, notebook.session, CREDENTIALS))


def check(notebook: Notebook, number: int) -> Verdict:
    return notebook.checker.check(number)


def given_cells(number: int) -> list[str]:
    """The cells in which the notebook of an exercise rebuilds what it needs."""
    return [
        cell.source
        for cell in notebook_of(number).cells
        if cell.kind == "given" and cell.locked and not is_course_call(cell.source)
    ]


def notebook_of(number: int) -> Source:
    return next(n for n in read_all() if number in {item.number for item in n.exercises})


def test_the_stored_values_are_those_of_the_solution() -> None:
    with recorder() as player:
        for source in read_all():
            for manifest in exercises_in_place(player, source):
                if not is_recorded(manifest.number):
                    continue
                player.solved(manifest)
                file = values_file(PRACTICE / "expectations", manifest.number)
                stored = read_values(exercise(manifest.number), file)
                assert tuple(stored) == exercise(manifest.number).results
                for name, value in stored.items():
                    solved = player.shell.user_ns[name]
                    assert type(value) is type(solved)
                    if isinstance(value, np.ndarray):
                        assert value.dtype == solved.dtype
                        np.testing.assert_allclose(value, solved, atol=6e-4)
                    else:
                        assert value == solved


@pytest.mark.parametrize("number", GIVES)
def test_later_exercises_earn_every_point_and_this_one_none(
    notebook: Notebook, number: int
) -> None:
    for code in given_cells(number):
        notebook.run(code, "given-before")
    later = [item.number for item in notebook_of(number).exercises if item.number > number]
    assert later
    notebook.answer(number, EXERCISES[number].starter)
    notebook.run(f"catch_up({number})", "added")
    for following in later:
        notebook.solve(following)
        verdict = check(notebook, following)
        assert verdict.passed, verdict
        assert verdict.remarks == ()
    verdict = check(notebook, number)
    assert verdict.score == 0
    assert any(f"`catch_up({number})`" in remark for remark in verdict.remarks)


@pytest.mark.parametrize("number", GIVES)
def test_whoever_solves_it_later_earns_the_points(notebook: Notebook, number: int) -> None:
    notebook.run(f"catch_up({number})", "added")
    notebook.solve(number)
    verdict = check(notebook, number)
    assert verdict.passed, verdict
    assert not any("catch_up" in remark for remark in verdict.remarks)


@pytest.mark.parametrize(
    "copied",
    [
        "img_array = img_array",
        "img_array = img_array.copy()",
        "import numpy as np\nimg_array = np.array(img_array + 0)",
        "for _ in [1]:\n    codes = img_array.copy()\nimg_array = codes",
    ],
)
def test_a_copy_of_a_gift_is_a_gift(notebook: Notebook, copied: str) -> None:
    notebook.run("catch_up(9)", "added")
    notebook.answer(9, copied)
    assert notebook.workspace(9).why_missing("img_array") == "was given by `catch_up(9)`"
    assert check(notebook, 9).score == 0


def test_a_copy_made_in_another_cell_is_a_gift(notebook: Notebook) -> None:
    notebook.run("catch_up(9)", "added")
    notebook.run("mine = img_array.copy()", "added-as-well")
    notebook.answer(9, "img_array = mine")
    assert check(notebook, 9).score == 0


def test_asking_inside_of_the_answer_gives_no_points(notebook: Notebook) -> None:
    notebook.answer(1, "catch_up(1)\nresults = {}")
    assert check(notebook, 1).score == 0


def test_looking_at_a_gift_does_no_harm(notebook: Notebook) -> None:
    notebook.run("catch_up(9)", "added")
    notebook.run("shape = img_array.shape\nprint(shape)", "added-as-well")
    notebook.solve(9)
    assert check(notebook, 9).passed


def test_a_wrong_answer_before_does_not_hide_that_the_names_are_gifts(notebook: Notebook) -> None:
    notebook.answer(9, EXERCISES[9].solution + "\nimg_array = img_array.T")
    notebook.run("catch_up(9)", "added")
    assert notebook.workspace(9).why_missing("img_array") == "was given by `catch_up(9)`"


@pytest.mark.parametrize("number", [number for number in EXERCISES if number not in GIVES])
def test_where_nothing_later_needs_it_it_says_so(notebook: Notebook, number: int) -> None:
    before = set(notebook.shell.user_ns)
    panel = catch_up(number, notebook.session, CREDENTIALS)
    assert "nothing to catch up on" in str(panel)
    assert set(notebook.shell.user_ns) == before


@pytest.mark.parametrize("number", [99, "x", None])
def test_what_is_no_exercise_gets_one_line(notebook: Notebook, number: object) -> None:
    with pytest.raises(CourseError, match="Try catch_up"):
        catch_up(number, notebook.session, CREDENTIALS)  # type: ignore[arg-type]


def test_a_world_without_values_says_so(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(CourseError, match="not recorded"):
        read_values(exercise(3), tmp_path / "values-03.npz")


def test_without_services_there_is_one_sentence(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(CourseError, match="No token could be had"):
        catch_up(1, notebook.session, CREDENTIALS)


def test_the_values_are_small() -> None:
    files = list((PRACTICE / "expectations").glob("values-*.npz"))
    assert {file.name for file in files} == {f"values-{n:02d}.npz" for n in GIVES if is_recorded(n)}
    assert sum(file.stat().st_size for file in files) < 400_000


def test_in_a_kernel_without_cell_ids_a_stuck_learner_goes_on(
    services: Services, tmp_path: Path
) -> None:
    services.client.reset()
    environment = {**os.environ, **services.environment, "MPLBACKEND": "agg"}
    first = "img_array = None\nprint('stuck')"
    cells = [START, *given_cells(9), first, "check(9)", "catch_up(9)", "check(9)"]
    cells += [EXERCISES[10].solution, "check(10)", EXERCISES[11].solution, "check(11)"]
    done = run_cells(cells, environment, tmp_path)
    scores = [
        cell.outputs[-1].data["text/plain"] for cell in done if cell.source.startswith("check")
    ]
    assert scores == ["0.0", "0.0", "5.0", "5.0"]
    assert "caught up" in done[4].outputs[0].data["text/html"]
