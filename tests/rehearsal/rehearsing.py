"""Learners who rehearse what they have saved, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from autograder.root import ROOT
from tests.grading.whole_class.classroom import hand_in, solutions


def saved(folder: Path, **changes: str) -> Path:
    """The solved notebooks in a folder of one's own, with other code in some exercises.

    Args:
        folder: Where to write them.
        changes: Code by exercise: ``ex3="…"``.
    """
    others = {int(name.removeprefix("ex")): code for name, code in changes.items()}
    return hand_in(folder, solutions() | others)


def rehearse(*words: object, cache: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command and wait for it."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "autograder.rehearsal", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def card_of(number: int, text: str) -> str:
    """The card of an exercise in what a rehearsal prints."""
    return next(part for part in text.split("\n\n") if f"Exercise {number} ·" in part)
