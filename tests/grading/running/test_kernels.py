"""A real kernel says why it ended early, and leaves nothing running."""

from pathlib import Path

import psutil
import pytest

from autograder.grading.limits import Limits
from tests.grading.running.kernels import run_in_kernel
from tests.grading.running.notebook_run import Seen, cells

LIMITS = Limits(cell_seconds=3)


@pytest.fixture(autouse=True)
def nothing_left() -> object:
    """No kernel outlives its test."""
    before = psutil.Process().children(recursive=True)
    yield
    assert set(psutil.Process().children(recursive=True)) <= set(before)


def test_cells_run_and_evidence_is_handed_over(tmp_path: Path) -> None:
    seen = Seen()
    notebook = cells("x = 1", ("exercise-6", "y = x"), ("check-6", "1 / 0"), "x + y")
    assert run_in_kernel(notebook, seen, {}, tmp_path, LIMITS) == ""
    assert [(index, number) for index, number, _ in seen.handed] == [(2, 6)]
    assert seen.result(3) == "2"


def test_a_kernel_that_is_left_has_ended(tmp_path: Path) -> None:
    notebook = cells("exit()", "import time\n\ntime.sleep(1)", "print('later')")
    seen = Seen()
    assert run_in_kernel(notebook, seen, {}, tmp_path, LIMITS) == "the Python process ended"
    assert 2 not in seen.outputs


def test_a_cell_that_takes_too_long_is_interrupted(tmp_path: Path) -> None:
    seen = Seen()
    notebook = cells("import time\n\ntime.sleep(60)", "1 + 1")
    assert run_in_kernel(notebook, seen, {}, tmp_path, LIMITS) == ""
    assert seen.error(0).startswith("KeyboardInterrupt")
    assert seen.result(1) == "2"
