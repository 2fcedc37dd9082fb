"""The command: ``python -m autograder.rehearsal [NOTEBOOK or folder …]``."""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from autograder.root import RELEASED
from autograder.surroundings import start_anew
from autograder.surroundings.machine import THREADS, demand_limits
from utils.errors import CourseError

DESCRIPTION = """\
Grade your own notebooks, as saved, in the way in which they are graded when you
hand them in: on a landscape that your code has not seen, and shut in where this
system offers that. The landscape is made at the first run, which takes about a
minute, and kept in your cache folder. Nothing is written into your own folder,
and no points are kept."""

WRONG_USE = 2
"""Exit status after a `CourseError`; the same as argparse's after arguments that cannot be used."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="make rehearse",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "places",
        nargs="*",
        type=Path,
        default=[RELEASED],
        metavar="NOTEBOOKS",
        help="a folder of notebooks, or notebooks (course/data-acquisition)",
    )
    parser.add_argument("--json", action="store_true", help="for rehearse(): print text and html")
    return parser.parse_args()


def main() -> int:
    """Run the command; a `CourseError` is printed, without a traceback."""
    given = arguments()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # a shell that starts it in the background ignores it
    if given.json:
        threading.Thread(target=_end_with_the_kernel, daemon=True).start()
    try:
        answer = _rehearsed(given.places)
    except CourseError as error:
        if not given.json:
            print(error, file=sys.stderr)
            return WRONG_USE
        print(json.dumps({"problem": [error.found, error.expected, error.todo]}))
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    print(json.dumps(answer) if given.json else answer["text"])
    return 0


def _rehearsed(places: list[Path]) -> dict[str, str]:
    demand_limits(2 * THREADS)  # its landscape is drawn by several processes
    try:
        from autograder.rehearsal.run import rehearse
    except ModuleNotFoundError as problem:
        raise CourseError(
            f"The package {problem.name} is not installed, which grading needs",
            "The course with all its packages",
            'Run `make`, or in the folder of the course: pip install -e ".[grading]"',
        ) from problem
    try:
        found = rehearse(places, tell=lambda words: print(words, file=sys.stderr, flush=True))
    except OSError as problem:  # such as a full disk
        raise CourseError(
            f"The rehearsal failed: {problem}", "", "Make room on the disk, then run it again"
        ) from problem
    return {"text": found.text, "html": found.html}


def _interrupt(*_: object) -> NoReturn:
    """Clean up, for Ctrl-C and SIGTERM alike."""
    raise KeyboardInterrupt


def _end_with_the_kernel() -> None:
    """Stop when the kernel that started this process is gone: it holds the other end open."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    start_anew()
    sys.exit(main())
