"""Run the offline services: `python -m autograder.services` (see `--help`)."""

import argparse
import contextlib
import json
import os
import select
import shlex
import signal
import sys
import threading
from pathlib import Path

from autograder.patches import PRACTICE, World
from autograder.services.lifetime.instance import Instance
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from autograder.surroundings import start_anew, unset_lines
from autograder.surroundings.machine import demand_data, demand_limits, no_room
from autograder.surroundings.outside import Outside
from utils.errors import CourseError

LOOK = 1.0
"""Seconds between two looks at whether somebody has removed temporary files."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m autograder.services",
        description="Serve the course's data without network. Prints the variables that a"
        " terminal must export, and runs until Ctrl-C.",
    )
    parser.add_argument(
        "--world", type=Path, default=PRACTICE, help="folder of the world to serve (practice)"
    )
    parser.add_argument(
        "--state", type=Path, help="folder that keeps the buckets (default: removed in the end)"
    )
    parser.add_argument(
        "--live",
        nargs="*",
        default=[],
        metavar="HOST",
        help="for programs: hosts whose real services are to answer",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="for programs: print one line of JSON and run until standard input ends",
    )
    return parser.parse_args()


def _wait_for_parent(stop: threading.Event) -> None:
    """Set `stop` when standard input ends or the parent is gone.

    The second matters where the parent has forked: its children hold the pipe open.
    """
    parent = os.getppid()
    while os.getppid() == parent:
        ready, _, _ = select.select([sys.stdin], [], [], 1.0)
        if ready and not os.read(sys.stdin.fileno(), 4096):
            break
    stop.set()


def _print_exports(environment: dict[str, str]) -> None:
    print("# The offline services are running; Ctrl-C ends them.")
    print("# Paste these lines into the terminal that is to use them:")
    for name, value in sorted(environment.items()):
        print(f"export {name}={shlex.quote(value)}")
    sys.stdout.flush()


def _open(arguments: argparse.Namespace) -> Instance:
    """The services, when everything is there that they need.

    Raises:
        CourseError: Something is missing, or nothing can be written.
    """
    demand_data()
    demand_limits()
    live = None
    if arguments.live:
        from autograder.services.passing_on.live import Live

        live = Live(arguments.live, Outside.of(os.environ), (CLIENT_ID, CLIENT_SECRET))
    try:
        return Instance(World.load(arguments.world), arguments.state, live=live)
    except OSError as error:
        raise no_room(error) from error


def main() -> int:
    """Serve until told to stop. Returns the exit status."""
    arguments = _arguments()
    if not arguments.json:  # programs start us in a clean environment
        for line in unset_lines(os.environ):
            print(line, flush=True)
        start_anew()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        instance = _open(arguments)
    except CourseError as error:
        if arguments.json:
            print(json.dumps({"error": vars(error)}))
        else:
            print(error, file=sys.stderr)
        return 1
    try:
        environment = instance.environment
        if arguments.json:
            print(json.dumps({"environment": environment}), flush=True)
            threading.Thread(target=_wait_for_parent, args=(stop,), daemon=True).start()
        else:
            _print_exports(environment)
        while not stop.wait(LOOK):
            with contextlib.suppress(CourseError, OSError):  # whoever asks is told
                instance.mend()
    finally:
        instance.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
