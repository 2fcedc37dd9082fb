"""``python -m autograder.grading.worlds 3``: judge the known answers on fresh patches.

Grading draws another patch where one of them is not judged as its author meant it, and gives up
when that happens several times. Here it shows which one, before a class is graded.
"""

import argparse
import sys

from autograder.grading.worlds.grading_world import new_seed, try_out
from autograder.surroundings import start_anew
from utils.errors import CourseError


def main() -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m autograder.grading.worlds")
    parser.add_argument("patches", type=int, help="how many fresh patches to try")
    count, failed = parser.parse_args().patches, 0
    try:
        for seed, found in try_out(new_seed() for _ in range(count)):
            failed += bool(found)
            said = "every known answer is judged as its author meant it"
            print(f"seed {seed}: {'; '.join(found) or said}", flush=True)
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 1
    if failed:
        print(f"{failed} of {count} patches do not serve to grade on: a mistake must be "
              "recognisable on any landscape. Change the answer in solutions/*.md, or what its "
              "exercise looks at.")  # fmt: skip
    return int(bool(failed))


if __name__ == "__main__":
    start_anew()
    sys.exit(main())
