"""``python -m autograder.notebooks``: build the notebooks, record the expectations, check both."""

import argparse
import sys
from pathlib import Path

from autograder.patches import PRACTICE
from autograder.surroundings import start_anew
from utils.errors import CourseError

TRY_OUT = (
    "After changing one, run `make mistakes SEEDS=3`: grading draws fresh patches, and throws away "
    "those on which a known answer is not judged as its author meant it."
)


def main() -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m autograder.notebooks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="write course/ and solutions/ from the text source")
    record = commands.add_parser("record", help="record the expectations of the practice world")
    record.add_argument("exercises", nargs="*", type=int, help="numbers (default: all)")
    table = commands.add_parser("mistakes", help="judge every known answer and print a table")
    table.add_argument("exercises", nargs="*", type=int, help="numbers (default: all)")
    commands.add_parser("lint", help="say what exercises lack, without running anything")
    arguments = parser.parse_args()
    try:
        if arguments.command == "lint":
            return _lint()
        if arguments.command == "mistakes":
            return 0 if _print_table(arguments.exercises) else 1
        files = _build() if arguments.command == "build" else _record(arguments)
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 1
    for file in files:
        print(file)
    return 0


def _print_table(exercises: list[int]) -> bool:
    from autograder.notebooks.known_answers import outcomes, print_table

    return print_table(outcomes(only=exercises))


def _lint() -> int:
    """Print what is to do; returns the exit status."""
    from autograder.notebooks.lint.course import lint
    from autograder.notebooks.source import read_all

    notebooks = read_all()
    found = lint(notebooks)
    for line in found:
        print(line, file=sys.stderr)
    if found:
        return 1
    count = sum(len(notebook.exercises) for notebook in notebooks)
    print(f"All {count} exercises are whole. {TRY_OUT}")
    return 0


def _build() -> list[Path]:
    from autograder.notebooks.build_notebooks import build_course, build_solutions

    return build_course() + build_solutions()


def _record(arguments: argparse.Namespace) -> list[Path]:
    from autograder.notebooks.record_expectations import record
    from autograder.notebooks.workers import available_workers, warm_up

    warm_up()
    return record(PRACTICE, arguments.exercises, available_workers())


if __name__ == "__main__":
    start_anew()
    sys.exit(main())
