"""The client's own solutions, unchanged, earn every point."""

from collections.abc import Iterator

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.notebook.names import is_course_call
from autograder.notebooks.recorder import Recorder, recorder
from autograder.notebooks.source import read_all
from tests.checks.known_answers.answers_file import brief

NOTEBOOKS = {notebook.name: notebook for notebook in read_all()}


@pytest.fixture(scope="module")
def player() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_solutions_of_the_brief_pass_one_after_the_other(player: Recorder, name: str) -> None:
    player.start()
    for cell in NOTEBOOKS[name].cells:
        if cell.exercise:
            number = cell.exercise.number
            verdict = check_workspace(player.workspace(brief(cell.exercise), number))
            assert verdict.score == verdict.max_score == cell.exercise.points, f"\n{verdict}"
        elif cell.kind == "given" and not is_course_call(cell.source):
            player.given(cell.source)


def test_remarks_tell_what_the_brief_gets_wrong(player: Recorder) -> None:
    remarks = {}
    for name in ("01-sentinel2-and-cdse", "05-land-cover-labels"):
        player.start()
        for cell in NOTEBOOKS[name].cells:
            if cell.exercise:
                number = cell.exercise.number
                remarks[number] = check_workspace(
                    player.workspace(brief(cell.exercise), number)
                ).remarks
            elif cell.kind == "given" and not is_course_call(cell.source):
                player.given(cell.source)
    assert any("as whole numbers, so nearly every pixel is 0" in remark for remark in remarks[2])
    assert any("without data look like a class" in remark for remark in remarks[11])
