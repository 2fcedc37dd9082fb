"""Honest work: all solved notebooks run in a process that is shut in as they do outside."""

import json
import subprocess
import sys
from pathlib import Path

from autograder.root import ROOT


def test_all_solved_notebooks_run_as_outside(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.grading.sandbox.solved", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    assert found["shut"]["problems"] == []
    assert found["shut"]["exceeded"] is None
    assert found["shut"] == found["free"]
    assert len(found["shut"]["arrays"]) > 10
    assert found["files"][0] == found["files"][1]
