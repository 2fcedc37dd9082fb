"""What a cell prints, displays, draws and asks for is known, whether or not it has a name."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.services import Services
from tests.checks.notebook_stand_in import EXERCISES, START, Notebook, run_cells

NDVI, COMPOSITE = 5, 4


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    running = Notebook()
    yield running
    running.close()


@pytest.mark.parametrize(
    "code",
    [
        "print({'driver': 'GTiff'})",
        "{'driver': 'GTiff'}",
        "display({'driver': 'GTiff'})",
        "import pprint\npprint.pprint({'driver': 'GTiff'})",
    ],
)
def test_what_is_printed_or_displayed_is_kept(notebook: Notebook, code: str) -> None:
    notebook.answer(COMPOSITE, code)
    assert notebook.workspace(COMPOSITE).printed.strip().startswith("{'driver': 'GTiff'}")


def test_an_exception_that_lies_is_an_exception(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    lies = "class Lie(Exception):\n    __bool__ = __str__ = lambda self: 1 / 0\n"
    notebook.answer(NDVI, f"{lies}\nraise Lie\nndvi = 1")
    workspace = notebook.workspace(NDVI)
    assert workspace.error == "Lie"
    assert workspace.why_missing("ndvi") == "was never assigned"
    assert "callback" not in capsys.readouterr().out


def test_a_figure_counts_without_a_name(notebook: Notebook) -> None:
    notebook.answer(3, "import matplotlib.pyplot as plt\nplt.figure()")
    notebook.answer(NDVI, "plt.figure()\nplt.close('all')\nndvi = 1")
    assert len(notebook.workspace(3).figures) >= 1
    assert notebook.workspace(COMPOSITE).figures == ()


def test_the_notebooks_own_backend_closes_figures_and_they_count(tmp_path: Path) -> None:
    code = EXERCISES[3].solution.replace("fig, ax = plt.subplots", "_, panel = plt.subplots")
    code = code.replace("ax.", "panel.")
    with Services() as services:
        environment = {**os.environ, **services.environment}
        cells = run_cells([START, code, "check(3)"], environment, tmp_path)
    assert cells[-1].outputs[-1].data["text/plain"] == "5.0"


@pytest.mark.parametrize(
    "change",
    [
        {"print(src.profile)": "display(src.profile)"},
        {"print(src.profile)": "profile = src.profile", "plt.show()": "profile"},
        {"print(src.profile)": "table = pd.DataFrame([src.profile])", "plt.show()": "table"},
    ],
)
def test_a_kernel_counts_a_displayed_profile_as_printed(
    change: dict[str, str], tmp_path: Path
) -> None:
    code = "import pandas as pd\n" + EXERCISES[COMPOSITE].solution
    for old, new in change.items():
        assert old in code
        code = code.replace(old, new)
    with Services() as services:
        environment = {**os.environ, **services.environment}
        cells = run_cells([START, EXERCISES[3].solution, code, "check(4)"], environment, tmp_path)
    assert cells[-1].outputs[-1].data["text/plain"] == "5.0"


def test_only_the_latest_run_has_printed(notebook: Notebook) -> None:
    notebook.answer(COMPOSITE, "print('profile')")
    notebook.answer(COMPOSITE, "fc = 1")
    assert notebook.workspace(COMPOSITE).printed.strip() == ""


def test_what_is_kept_is_bounded_and_what_is_shown_is_not(notebook: Notebook) -> None:
    shown = notebook.answer(COMPOSITE, "'x' * 100_000")
    assert len(shown) > 100_000
    assert len(notebook.workspace(COMPOSITE).printed) <= 20_000


class Journal:
    """A client of services that saw one request during each run."""

    def __init__(self, method: str) -> None:
        self.method = method
        self.session: object = None

    def requests(self) -> list[dict[str, object]]:
        return [
            {"time": (run.started + run.ended) / 2, "method": self.method, "run": place}
            for place, run in enumerate(self.session.runs)  # type: ignore[attr-defined]
        ]

    def objects(self) -> list[object]:
        return []

    def read_object(self, path: str) -> bytes:
        return b""


@pytest.mark.parametrize(("method", "counted"), [("POST", [2]), ("GET", [1, 2])])
def test_only_the_latest_run_has_sent_requests(
    notebook: Notebook, method: str, counted: list[int]
) -> None:
    for code in ("first = 1", "second = 1", "second = 1"):
        notebook.answer(10, code)
    client = Journal(method)
    client.session = notebook.session
    requests = notebook.session.workspace(10, client).requests
    assert [entry["run"] for entry in requests] == counted, "a repeated GET may come from a cache"
