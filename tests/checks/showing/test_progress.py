"""``progress()`` shows all exercises, over restarts, and never stands in the way."""

import json
import os
from pathlib import Path

import pytest

from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.showing import progress as module
from autograder.checks.showing.progress import Progress
from autograder.services import Services
from tests.checks.notebook_stand_in import EXERCISES, START, lab_kernel, run_cells

COUNT = len(EXERCISES)
POINTS = f"{sum(exercise.points for exercise in EXERCISES.values()):g}"


def verdict(number: int, earned: float) -> Verdict:
    return Verdict(number, "Title", (AspectScore("values", 5.0, earned),))


def states(progress: Progress) -> dict[int, str]:
    return {line.number: line.state[1] for line in progress.overview().lines}


def test_all_are_shown_with_their_state_in_words(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    progress.note(verdict(3, 5), keep=True)
    progress.note(verdict(4, 2), keep=True)
    progress.note(verdict(5, 0), keep=True)
    assert states(progress) == dict.fromkeys(EXERCISES, "not checked yet") | {
        3: "all right",
        4: "partly right",
        5: "not yet right",
    }
    assert progress.overview().heading.endswith(
        f"1 of {COUNT} exercises all right, 7 of {POINTS} points"
    )


def test_the_best_points_stay(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    for earned in (2, 4, 1):
        progress.note(verdict(4, earned), keep=True)
    assert progress.overview().lines[3].best == 4
    assert Progress(tmp_path).overview().lines[3].best == 4


def test_the_last_check_stands_beside_the_best(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    for earned in (5, 2):
        progress.note(verdict(4, earned), keep=True)
    for known in (progress, Progress(tmp_path)):
        line = known.overview().lines[3]
        assert (line.best, line.last) == (5, 2)
        assert line.state[1] == "all right"
        html = known.overview().as_html()
        assert "Last check" in html
        assert html.index("5 of 5") < html.index("2 of 5")
        assert "(Last check: 2 of 5)" in str(known.overview())


def test_the_last_check_is_that_of_whichever_kernel_came_last(tmp_path: Path) -> None:
    first, second = Progress(tmp_path), Progress(tmp_path)
    first.note(verdict(4, 5), keep=True)
    second.note(verdict(4, 1), keep=True)
    assert [item.overview().lines[3].last for item in (first, second)] == [1, 1]
    first.note(verdict(4, 3), keep=True)
    assert [item.overview().lines[3].last for item in (first, second)] == [3, 3]


def test_what_an_older_version_kept_is_read(tmp_path: Path) -> None:
    (tmp_path / "exercise-04.json").write_text('{"exercise": 4, "best": 3}')
    line = Progress(tmp_path).overview().lines[3]
    assert (line.best, line.last) == (3, 3)


def test_without_a_file_the_last_check_is_known_in_this_kernel(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    for earned in (4, 2):
        progress.note(verdict(4, earned), keep=False)
    line = progress.overview().lines[3]
    assert (line.best, line.last) == (4, 2)


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    Progress(tmp_path).note(verdict(3, 5), keep=True)
    assert [file.stat().st_mode & 0o777 for file in tmp_path.iterdir()] == [0o600]


def test_kernels_share_it_and_merge(tmp_path: Path) -> None:
    first, second = Progress(tmp_path), Progress(tmp_path)
    first.note(verdict(1, 5), keep=True)
    second.note(verdict(9, 5), keep=True)
    assert states(first) == states(second) == states(Progress(tmp_path))


def test_nothing_is_written_without_a_learner_or_a_verdict(tmp_path: Path) -> None:
    progress = Progress(tmp_path / "new")
    progress.overview()
    progress.note(verdict(5, 5), keep=False)
    assert not (tmp_path / "new").exists()
    assert states(progress)[5] == "all right"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"best": "5"}',
        '{"best": 5, "last": -1}',
        '{"best": NaN}',
        '{"best": true}',
        "[" * 99_999,
    ],
)
def test_a_broken_file_counts_as_none_and_is_mended(tmp_path: Path, content: str) -> None:
    (tmp_path / "exercise-05.json").write_text(content)
    progress = Progress(tmp_path)
    assert states(progress)[5] == "not checked yet"
    progress.note(verdict(5, 5), keep=True)
    assert states(Progress(tmp_path))[5] == "all right"


def test_more_than_all_points_cannot_be_claimed(tmp_path: Path) -> None:
    (tmp_path / "exercise-05.json").write_text('{"best": 1e9}')
    assert Progress(tmp_path).overview().lines[4].best == 5


def test_where_nothing_can_be_written_memory_does(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    progress = Progress(tmp_path / "file" / "folder")
    progress.note(verdict(5, 5), keep=True)
    assert states(progress)[5] == "all right"


def test_no_half_written_file_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    progress = Progress(tmp_path)
    progress.note(verdict(5, 2), keep=True)
    monkeypatch.setattr(os, "replace", full)
    progress.note(verdict(5, 5), keep=True)
    assert [file.name for file in tmp_path.iterdir()] == ["exercise-05.json"]
    assert json.loads((tmp_path / "exercise-05.json").read_text())["best"] == 2


def test_copies_of_the_course_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    here = module.default_folder()
    monkeypatch.setattr(module, "ROOT", tmp_path / "copy")
    assert here != module.default_folder()
    assert here.parent == module.default_folder().parent == tmp_path / "satellite-course"


def test_what_is_known_already_is_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    monkeypatch.setattr(module, "write_file", lambda file, *_, **__: written.append(file))
    (tmp_path / "exercise-05.json").write_text('{"exercise": 5, "best": 3, "last": 2}')
    progress = Progress(tmp_path)
    progress.note(verdict(5, 2), keep=True)
    assert not written
    progress.note(verdict(5, 3), keep=True)
    assert written == [tmp_path / "exercise-05.json"]


def test_the_html_is_a_table_with_headers_and_marks_that_need_no_colour(tmp_path: Path) -> None:
    html = Progress(tmp_path).overview()._repr_mimebundle_()["text/html"]
    assert html.count("scope='row'") == COUNT
    assert "scope='col'" in html
    assert f"aria-label='Your progress: 0 of {COUNT}" in html
    assert "background" not in html


def test_it_survives_a_restart_in_the_lab_and_nbclient_writes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    private = {"JUPYTER_DATA_DIR": str(data), "MPLBACKEND": "agg"}
    solution = EXERCISES[5].solution
    with Services() as services:
        environment = {**os.environ, **services.environment, **private}
        batch = run_cells(
            [START, solution, "check(5)", "progress()", "hint(5)"], environment, tmp_path
        )
        assert batch[2].outputs[-1].data["text/plain"] == "5.0"
        assert f"1 of {COUNT} exercises all right" in batch[3].outputs[0].data["text/plain"]
        assert "1 of 4 hints" in batch[4].outputs[0].data["text/html"]
        assert not data.exists()
        with lab_kernel(environment, tmp_path) as run:
            run(START, "given-02-01")
            run(solution, "exercise-5")
            assert run("check(5)", "check-5") == "5.0"
            assert run("hint(99)", "added").startswith("CourseError: There is no exercise 99.")
        with lab_kernel(environment, tmp_path) as run:  # another notebook, or after a restart
            run(START, "given-01-01")
            shown = run("progress()", "added")
            assert f"1 of {COUNT} exercises all right, 5 of {POINTS} points" in shown
