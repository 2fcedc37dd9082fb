"""The known answers are judged as meant on patches that nobody has seen before."""

from pathlib import Path

from autograder.grading.recording import recording
from autograder.patches.build import simulate_world


def test_mistakes_are_told_apart_on_a_new_patch_in_the_old_place(tmp_path: Path) -> None:
    simulate_world(tmp_path / "world", 11)
    with recording() as recorder:
        wrong = recorder.record(tmp_path / "world")
    assert not wrong, "\n".join(wrong)
