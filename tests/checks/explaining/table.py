"""``python -m tests.checks.explaining.table [times]``: kinds of slips, how many were found."""

import importlib
import inspect
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.explaining.served import Served
from tests.checks.explaining.slips import landscapes

FOLDER = Path(__file__).parent


def found_again(
    name: str, kind: Callable[..., Any], times: int, worlds: Sequence[Served]
) -> list[bool]:
    """Whether random slips of a kind were found again.

    Args:
        name: Its name.
        kind: Makes one, and says whether it was found, or gives something with ``right``. It gets
            a generator, and what is served if it takes two arguments.
        times: How many there are in each world.
        worlds: What is served in each.
    """
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    parameters = inspect.signature(kind).parameters.values()
    arguments = sum(one.default is one.empty for one in parameters)
    made = [kind(*(rng, served)[:arguments]) for served in worlds for _ in range(times)]
    return [bool(getattr(slip, "right", slip)) for slip in made]


def main(times: int) -> None:
    """Print the table for the kinds of all test modules in this folder."""
    every: list[bool] = []
    for file in sorted(FOLDER.rglob("test_*.py")):
        place = ".".join(file.relative_to(FOLDER).with_suffix("").parts)
        module = importlib.import_module(f"{__package__}.{place}")
        served = getattr(module, "SERVED", None)
        worlds = [served] if served else landscapes()
        for name, kind in getattr(module, "KINDS", {}).items():
            tried = found_again(name, kind, times, worlds)
            every += tried
            print(f"{file.stem[5:]:12} {name:42} {sum(tried):6} of {len(tried)}", flush=True)
    print(f"{'all':55} {sum(every):6} of {len(every)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
