"""Judge a workspace, and hold the check to its promises while it does."""

import gc
import logging
import random
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from autograder.checks.check import check_workspace
from autograder.checks.exercises import exercise
from autograder.checks.judging.verdict import Verdict
from autograder.checks.reading.workspace import Workspace
from autograder.checks.showing.card import Card

SECONDS = 5.0
"""Of processor time: far above what a check takes, so that a busy machine fails no test."""

SECONDS_WAITING = 30.0
MEGABYTES = 500

INPUTS = ("rgb", "img_array", "tile_bounds", "tile_crs", "tile_geom", "tile_url", "im", "axes")


def names_of(number: int) -> tuple[str, ...]:
    """The names that an exercise asks for, and those that it may look at besides."""
    return tuple(dict.fromkeys((*exercise(number).names, *INPUTS)))


def workspace(number: int, names: dict[str, Any], **more: Any) -> Workspace:
    return Workspace(names=names, exercise=number, made_in_unknown=True, **more)


def surroundings() -> list[Any]:
    """All that a check could leave changed outside the learner's objects."""
    return [
        dict(mpl.rcParams),
        np.geterr(),
        repr(np.random.get_state()),
        random.getstate(),
        list(warnings.filters),
        Path.cwd(),
        sys.stdout,
        sys.stderr,
        signal.getsignal(signal.SIGALRM),
        signal.getitimer(signal.ITIMER_REAL),
        logging.root.manager.disable,
        plt.get_fignums(),
    ]


def memory(line: str) -> float:
    """A line of the process's status, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.partition(f"{line}:")[2].split()[0]) / 1024


@contextmanager
def harmless() -> Iterator[None]:
    """What happens inside is quick, small, and leaves everything as it was."""
    before = surroundings()
    gc.disable()  # what earlier tests left unclosed would be found, and warned of, in here
    try:
        with _watched():
            yield
    finally:
        gc.enable()
    assert surroundings() == before


@contextmanager
def _watched() -> Iterator[None]:
    measured = Path("/proc/self/clear_refs").exists()
    if measured:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak
        held = memory("VmRSS")
    wall, processor = time.monotonic(), time.process_time()
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        inside = surroundings()
        yield
        assert surroundings()[4] == inside[4]
    assert time.process_time() - processor < SECONDS
    assert time.monotonic() - wall < SECONDS_WAITING
    if measured:
        assert memory("VmHWM") - held < MEGABYTES
    assert not [str(warning) for warning in heard]


def judged(space: Workspace) -> Verdict:
    """The verdict on a workspace, shown in every form."""
    with harmless():
        verdict = check_workspace(space)
    card = Card.of(verdict)
    str(card._repr_mimebundle_()).encode()
    str(card).encode()
    return verdict
