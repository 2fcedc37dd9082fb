"""Submissions to measure with: all five notebooks, solved, blank, or with known mistakes."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from autograder.notebooks.source import read_all
from autograder.root import ASSIGNMENT, RELEASED, SOLVED

Notebooks = dict[str, bytes]
"""Contents by file name."""

VARIANTS = 4
"""Every how many exercises are wrong in a submission with mistakes."""


def solved() -> Notebooks:
    """The solved notebooks, with their outputs, as learners hand them in."""
    return {path.name: path.read_bytes() for path in sorted(SOLVED.glob("*.ipynb"))}


def blank() -> Notebooks:
    """The notebooks as they are handed out."""
    return {name: (RELEASED / name).read_bytes() for name in solved()}


def mistaken(number: int) -> Notebooks:
    """Solved notebooks in which some exercises hold a known mistake, others for each number."""
    changed = {}
    for manifest in (item for notebook in read_all() for item in notebook.exercises):
        if (manifest.number + number) % VARIANTS == 0:
            mistake = manifest.mistakes[number % len(manifest.mistakes)]
            changed[f"exercise-{manifest.number}"] = mistake.apply(manifest.solution)
    return {name: with_sources(content, changed) for name, content in solved().items()}


def with_sources(content: bytes, sources: dict[str, str]) -> bytes:
    """A notebook in which cells, by id, hold other code."""
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        cell["source"] = sources.get(cell["id"], cell["source"])
    return json.dumps(notebook).encode()


def various() -> Iterator[Notebooks]:
    """Submissions without end: of four, one is solved, one blank, two hold mistakes."""
    for number in cycle(range(1000)):
        kind = number % 4
        yield solved() if kind == 0 else blank() if kind == 1 else mistaken(number)


def hand_in(submitted: Path, student: str, notebooks: Notebooks) -> None:
    """Write notebooks into the folder of a student."""
    folder = submitted / student / ASSIGNMENT
    folder.mkdir(parents=True)
    for name, content in notebooks.items():
        (folder / name).write_bytes(content)


def hand_in_various(submitted: Path, count: int) -> None:
    """Write some submissions, the same ones for the same count and the first of a larger one."""
    for number, notebooks in zip(range(count), various(), strict=False):
        hand_in(submitted, f"student-{number:04d}", notebooks)
