"""A verdict says first what grading refused; the points are those of what was computed."""

from pathlib import Path

import pytest

from autograder.checks.texts import card as say
from autograder.rehearsal.run import rehearse
from tests.grading.whole_class.classroom import solutions
from tests.rehearsal.rehearsing import card_of, saved

FIRST = {
    "a path that Python writes": (3, "open('/tmp/result.txt', 'w')", "path", "/tmp/result.txt"),
    "a path that GDAL writes": (
        5,
        "import rasterio\nrasterio.open('/tmp/x.tif', 'w', driver='GTiff', width=1, height=1, "
        "count=1, dtype='uint8')",
        "path",
        "/tmp/x.tif",
    ),
    "a path upwards": (4, "open('../mine/data.csv')", "path", "../mine/data.csv"),
    "a path at home": (
        9,
        "import numpy\nnumpy.load('/home/me/a b.npy')",
        "path",
        "/home/me/a b.npy",
    ),
    "a module beside": (6, "from helpers import polygon_of", "module", "helpers"),
    "a program": (2, "import subprocess\nsubprocess.run(['date'], check=True)", "program", "date"),
    "a process": (
        7,
        "import multiprocessing\nmultiprocessing.Process(target=print).start()",
        "processes",
        "",
    ),
    "a program after !, and what it makes": (
        10,
        "!date > made.txt\nlines = open('made.txt').read().split()[3]",
        "program",
        "date",
    ),
    "a host": (
        1,
        "import requests\nrequests.get('https://example.org/', timeout=5).raise_for_status()",
        "host",
        "example.org",
    ),
}
"""What a cell begins with and is refused: the exercise, the code, what is said."""


@pytest.fixture(scope="module")
def cards(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    changes = {
        f"ex{number}": f"{code}\n{solutions()[number]}" for number, code, _, _ in FIRST.values()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        folder = saved(tmp_path_factory.mktemp("refused") / "own", **changes)
        return rehearse([folder], lambda words: None).text


@pytest.mark.parametrize("kind", FIRST)
def test_what_was_refused_comes_first(cards: str, kind: str) -> None:
    number, _, refused, name = FIRST[kind]
    card = card_of(number, cards)
    message = next(line for line in card.splitlines() if "While grading" in line)
    assert message.strip().startswith(say(f"refused-{refused}", name=name))
    assert len(message.strip()) > len(say(f"refused-{refused}", name=name))


def test_what_was_not_refused_is_said_to_nobody(cards: str) -> None:
    assert "While grading" not in card_of(8, cards) + card_of(11, cards)
