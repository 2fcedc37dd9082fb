"""Stock nbgrader, as its manual has it: a course folder, its own commands, a kernel a notebook."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from autograder.checks.notebook.cells import number_in
from autograder.root import ASSIGNMENT, ROOT, SOLVED
from autograder.services import Services

Scores = dict[tuple[str, int], float]
"""Scores by student and exercise."""


def grade(submitted: Path, course: Path) -> tuple[float, Scores]:
    """Autograde submissions in a course folder that is made for it.

    Returns:
        Seconds that ``nbgrader autograde`` took, and the scores in its gradebook.
    """
    shutil.copytree(SOLVED, course / "source" / ASSIGNMENT)
    shutil.copytree(submitted, course / "submitted")
    # It calls alembic from PATH, and must find this Python's kernel, not another of its name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "JUPYTER_PREFER_ENV_PATH": "1"}
    environment["PYTHONPATH"] = str(ROOT)
    with Services() as services:
        environment |= services.environment
        _nbgrader("generate_assignment", course, environment)
        start = time.perf_counter()
        _nbgrader("autograde", course, environment)
        seconds = time.perf_counter() - start
    return seconds, scores(course)


def _nbgrader(command: str, course: Path, environment: dict[str, str]) -> None:
    with open(course / f"{command}.log", "wb") as log:
        subprocess.run(
            [sys.executable, "-m", "nbgrader", command, ASSIGNMENT],
            cwd=course,
            env=environment,
            stdout=log,
            stderr=log,
            check=True,
        )


def scores(course: Path) -> Scores:
    """The scores in the gradebook of a course folder."""
    from nbgrader.api import Gradebook

    found = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    if number := number_in(grade.name, "check"):
                        found[submission.student.id, number] = grade.auto_score
    return found
