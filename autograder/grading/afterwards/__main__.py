"""The command: ``python -m autograder.grading.afterwards export|similar|appeal|forget|drafts``."""

import argparse
import sys
from pathlib import Path

from autograder.surroundings import start_anew
from utils.errors import CourseError

WRONG_USE = 2
"""Exit status after a `CourseError`."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder.grading.afterwards", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, words: str) -> argparse.ArgumentParser:
        add = commands.add_parser(name, help=words, description=words)
        add.add_argument("results", type=Path, metavar="RESULTS", help="folder of `make grade`")
        return add

    export = command("export", "write RESULTS/export/ for Moodle, Canvas and spreadsheets")
    export.add_argument("--names", type=Path, metavar="CSV", help="class list with student_id")
    command("similar", "write RESULTS/similar.html: submissions that share unusual lines")
    appeal = command("appeal", "write a page on one exercise of one learner")
    appeal.add_argument("student", metavar="STUDENT", help="name of the learner")
    appeal.add_argument("exercise", type=int, metavar="EXERCISE", help="number of the exercise")
    forget = command("forget", "remove a learner from the results")
    forget.add_argument("student", metavar="STUDENT", help="name of the learner")
    command("drafts", "write RESULTS/drafts/: a draft of a mistake for each unnamed group")
    return parser.parse_args()


def run(given: argparse.Namespace) -> None:
    """Do what the command line says, and print what was written.

    Raises:
        CourseError: It cannot be done.
    """
    # Imported here because it takes seconds: --help and wrong arguments are answered at once.
    from autograder.grading.afterwards import appeal, drafts, export, forget, similar

    results = given.results.resolve()
    if given.command == "export":
        print(*export.write(results, given.names), sep="\n")
    elif given.command == "similar":
        pairs = similar.write(results)
        for pair in pairs:
            print(f"{pair.share:4.0%}  {pair.first}  {pair.second}")
        print(f"{len(pairs)} pairs to look at: {results / similar.SIMILAR}")
    elif given.command == "appeal":
        print(appeal.write(results, given.student, given.exercise))
    elif given.command == "forget":
        forget.forget(results, given.student)
        print(f"{given.student} is removed. Table and report are written anew.")
    else:
        drafts.write(results)


def main() -> int:
    """Run the command; a `CourseError` is printed, without a traceback."""
    given = arguments()
    try:
        run(given)
    except CourseError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    return 0


if __name__ == "__main__":
    start_anew()
    sys.exit(main())
