"""The solved notebooks in kernels that others have started, among all traps at once."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from autograder.notebooks.build_notebooks import make
from autograder.notebooks.run import run_notebook
from autograder.notebooks.source import Notebook, read_all
from autograder.services import Services
from tests.checks.notebook_stand_in import START, lab_kernel, points
from tests.surroundings.traps import environment


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables, and services that were started among them."""
    variables = environment(tmp_path_factory.mktemp("traps"))
    with mock.patch.dict(os.environ, variables, clear=True), Services() as services:
        yield variables | {"COURSE_CONTROL": services.environment["COURSE_CONTROL"]}


@pytest.mark.parametrize("source", read_all(), ids=lambda source: source.name[:2])
def test_a_solved_notebook_earns_all_points(
    source: Notebook, traps: dict[str, str], tmp_path: Path
) -> None:
    for name in ("utils.py", "rasterio.py", "requests.py", "geopandas.py"):
        (tmp_path / name).write_text("raise ImportError('this is another module')\n")
    # A kernel is found by the front-end, before it knows of the course.
    traps = {**traps, "JUPYTER_PATH": str(tmp_path), "PYTHONASYNCIODEBUG": ""}
    with mock.patch.dict(os.environ, clear=True):
        ran = run_notebook(make(source, solved=True), traps, tmp_path)
    earned = points(ran)
    assert len(earned) == len(source.exercises)
    assert all(own == possible for own, possible in earned)


def test_a_kernel_of_others_starts_services_of_its_own(
    traps: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    (tmp_path / "utils.py").write_text("raise ImportError('this is another module')\n")
    fetch = (
        "import requests, urllib.request, rasterio, utils\n"
        "from utils.reference import NUTS_URL, PRACTICE_PATCH_URL\n"
        "rasterio.open(PRACTICE_PATCH_URL).count, requests.get(NUTS_URL).status_code, "
        "urllib.request.urlopen(NUTS_URL).status, utils.get_file_system().ls('my-bucket')"
    )
    variables = {**os.environ, **traps, "COURSE_CONTROL": ""}
    with lab_kernel(variables, tmp_path) as run:
        assert run(START, "given-1") == ""
        assert run(fetch, "own-1") == "(14, 200, 200, [])"
        assert str(tmp_path / "utils.py") in run(
            "from IPython.utils.capture import capture_output\n"
            "with capture_output() as said:\n    start_course()\nsaid.stdout",
            "own-2",
        )
