"""The house shows itself: the picture in the docs is the contract, and no room overflows."""

import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from autograder.root import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")

A_DOZEN = 13
"""Most entries side by side, ``__init__.py`` not counted."""


def rows(room: str) -> list[set[str]]:
    """What the docs' table on a room names, from the top down."""
    table = ARCHITECTURE.split(f"| in `{room}` | holds |\n|---|---|\n")[1].split("\n\n")[0]
    return [set(re.findall(r"`(\w+)`", line.split("|")[1])) for line in table.splitlines()]


@pytest.mark.parametrize("room", ["autograder", "checks", "services", "grading"])
def test_the_docs_say_who_may_import_whom_as_make_lint_holds_it(room: str) -> None:
    whole = f"autograder.{room}".replace("autograder.autograder", "autograder")
    (layers,) = (
        contract["layers"]
        for contract in CONTRACTS
        if contract.get("containers", ["autograder"]) == [whole]
    )
    held = [{name.strip().removeprefix("autograder.") for name in row.split("|")} for row in layers]
    assert rows(room) == held


def test_every_room_has_its_place_in_a_contract() -> None:
    for whole in ("autograder/checks", "autograder/services", "autograder/grading"):
        named = set().union(*rows(Path(whole).name))
        there = {
            path.stem
            for path in (ROOT / whole).iterdir()
            if (path.suffix == ".py" or (path / "__init__.py").exists())
        }
        assert there - named == {"__init__"}


def test_about_a_dozen_entries_stand_side_by_side() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "autograder", "utils", "tests", "docs", "solutions", "course"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    entries = {
        (str(parent), path.parts[depth])
        for path in map(Path, listed)
        for depth, parent in enumerate([*path.parents][-2::-1], start=1)
        if path.parts[depth] != "__init__.py"
    }
    rooms = Counter(room for room, _ in entries)
    too_full = {room: count for room, count in rooms.items() if count > A_DOZEN}
    data = {"autograder/patches/practice/expectations"}  # a file for each exercise, and more
    assert too_full.keys() <= data
