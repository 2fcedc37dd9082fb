"""``python -m tests.checks.explaining.table [times]``: kinds of slips, how many were found."""

import importlib
import sys
from pathlib import Path

from tests.checks.explaining.slips import tried


def main(times: int) -> None:
    """Print the table for the kinds of all test modules in this folder."""
    every = found = 0
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"tests.checks.explaining.{file.stem}")
        for name, trials in tried(getattr(module, "KINDS", {}), times):
            right = sum(trial.right for trial in trials)
            every, found = every + len(trials), found + right
            print(f"{file.stem[5:]:12} {name:42} {right:6} of {len(trials)}")
    print(f"{'all':55} {found:6} of {every}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
