"""A notebook with real services, which a second instance of the services plays.

The kernel is started as a platform starts it: with the way out, authorities and credentials in its
environment. Nothing of them is named in the notebook.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from autograder.notebooks.build_notebooks import make
from autograder.notebooks.run import run_notebook
from autograder.notebooks.source import Notebook, read_all
from autograder.services import Services
from tests.checks.known_answers.answers_file import brief
from tests.checks.notebook_stand_in import START, lab_kernel, points

REAL = "Ready. The real services answer: what you order counts on your own account"
FOREIGN = ("COURSE_CONTROL", "COURSE_WORLD", "COURSE_LIVE")


@pytest.fixture
def platform(running: Services) -> Iterator[dict[str, str]]:
    """The variables of a learner's service; the second instance is emptied."""
    running.client.reset()
    told = {name: text for name, text in running.environment.items() if name not in FOREIGN}
    # As the SSP Cloud has it: a company's network, credentials for the storage, and from the
    # learner's vault a client. No program of ours is named.
    yield {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), **told}
    assert running.client.status()["failures"] == []


def with_brief(source: Notebook) -> Any:
    """The notebook with the brief's own solutions."""
    notebook = make(source, solved=True)
    solutions = {manifest.solution.strip(): brief(manifest) for manifest in source.exercises}
    for cell in notebook.cells:
        cell.source = solutions.get(cell.source.strip(), cell.source)
    return notebook


@pytest.mark.parametrize("number", [0, 4], ids=["exercises 1 and 2", "exercises 9 to 11"])
def test_the_brief_s_solutions_earn_all_points_with_real_services(
    platform: dict[str, str], running: Services, tmp_path: Path, number: int
) -> None:
    source = read_all()[number]
    variables = {**platform, "COURSE_SERVICES": "live"}
    with mock.patch.dict(os.environ, clear=True):
        ran = run_notebook(with_brief(source), variables, tmp_path)
    assert REAL in str(ran)
    earned = points(ran)
    assert len(earned) == len(source.exercises)
    assert all(own == possible for own, possible in earned), earned
    assert running.client.objects()  # in the bucket outside


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"CDSE_CLIENT_ID": ""}, "offline, and the practice patch is simulated.\\n"),
        ({}, "simulated. Your own client is set: with COURSE_SERVICES=auto the real services"),
        ({"COURSE_SERVICES": "replay"}, "The services answer offline"),
        ({"COURSE_SERVICES": " Auto "}, REAL),
        (
            {"COURSE_SERVICES": "auto", "CDSE_CLIENT_SECRET": "wrong"},
            "Real services answer for patches and storage, outlines, labels. Offline: catalogue and"
            " images (it does not know the client of CDSE_CLIENT_ID and CDSE_CLIENT_SECRET).",
        ),
        (
            {"COURSE_SERVICES": "auto", "AWS_SESSION_TOKEN": "course-offline-expired-token"},
            "Offline: patches and storage (your access has expired or is not valid (ExpiredToken))",
        ),
        (
            {"COURSE_SERVICES": "auto", "HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": ""},
            "is simulated: it cannot be reached.",
        ),
        ({"COURSE_SERVICES": "live", "CDSE_CLIENT_ID": ""}, "CDSE_CLIENT_ID and CDSE_CLIENT_"),
        ({"COURSE_SERVICES": "sometimes"}, "One of replay, auto, live"),
    ],
)
def test_one_line_says_which_services_are_real_and_why(
    platform: dict[str, str], tmp_path: Path, changed: dict[str, str], told: str
) -> None:
    start = (
        "from IPython.utils.capture import capture_output\n"
        f"with capture_output() as said:\n    {START.splitlines()[-1]}\nsaid.stdout"
    )
    with lab_kernel({**platform, **changed}, tmp_path) as run:
        run(START.splitlines()[0], "given-0")
        said = run(start, "given-1")
    assert told in said, said
    assert "\\n" not in said.removesuffix("\\n'")
