"""``python -m tests.checks.explaining.table [times]``: kinds of slips, how many were found."""

import importlib
import inspect
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np

from tests.checks.explaining.slips import landscapes, tried

FOLDER = Path(__file__).parent


def results(module: ModuleType, times: int) -> Iterator[tuple[str, list[bool]]]:
    """Kinds of one test module, and whether each random slip was found again."""
    kinds = getattr(module, "KINDS", {})
    on_patches = {
        n: kind for n, kind in kinds.items() if len(inspect.signature(kind).parameters) > 1
    }
    for name, trials in tried(on_patches, times):
        yield name, [trial.right for trial in trials]
    for name in kinds.keys() - on_patches.keys():
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        yield name, [bool(kinds[name](rng)) for _ in range(times * len(landscapes()))]


def main(times: int) -> None:
    """Print the table for the kinds of all test modules in this folder."""
    every = found = 0
    for file in sorted(FOLDER.rglob("test_*.py")):
        place = ".".join(file.relative_to(FOLDER).with_suffix("").parts)
        for name, right in results(importlib.import_module(f"{__package__}.{place}"), times):
            every, found = every + len(right), found + sum(right)
            print(f"{file.stem[5:]:12} {name:42} {sum(right):6} of {len(right)}")
    print(f"{'all':55} {found:6} of {every}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
