"""`python -m autograder.patches [--check]`: write the practice world again, or compare it."""

import argparse
import sys
import tempfile
from pathlib import Path

from autograder.patches.build_world import write_practice_world
from autograder.patches.compare_worlds import differences
from autograder.patches.world import PRACTICE, World
from autograder.surroundings import start_anew


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m autograder.patches", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, say whether the files are up to date"
    )
    return _check() if parser.parse_args().check else _write()


def _write() -> int:
    world = write_practice_world()
    for path in world.files:
        print(f"{path.relative_to(world.folder)}: {path.stat().st_size / 1000:,.0f} kB")
    total = sum(path.stat().st_size for path in world.files)
    print(f"The practice world is written to {world.folder}: {total / 1e6:.1f} MB.")
    return 0


def _check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = differences(World.load(PRACTICE), write_practice_world(Path(folder)))
    for line in found:
        print(line)
    print("Run `make fixtures`." if found else "The practice world is up to date.")
    return 1 if found else 0


if __name__ == "__main__":
    start_anew()
    sys.exit(main())
