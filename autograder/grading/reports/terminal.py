"""What the terminal shows while a run goes on, and the log that takes everything else."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Never, TextIO

from tqdm import tqdm

LOG = "grading.log"
"""Log file in the folder of results: what is not meant for the terminal, tracebacks included."""


class Terminal:
    """The terminal of the instructor: standard output, and standard error as it was at first."""

    def __init__(self) -> None:
        self._stream: TextIO = os.fdopen(os.dup(2), "w", buffering=1, errors="backslashreplace")
        self._log = ""

    def say(self, line: str) -> None:
        """Say on standard error what went wrong; a terminal that is gone is no trouble."""
        with contextlib.suppress(OSError):
            tqdm.write(line, file=self._stream)

    def tell(self, line: str) -> None:
        """Tell on standard output how far the run is."""
        with contextlib.suppress(OSError):
            tqdm.write(line, file=sys.stdout)
            sys.stdout.flush()

    @contextlib.contextmanager
    def meanwhile(self, line: str) -> Iterator[None]:
        """Show a line, and where it can be renewed, for how many seconds something goes on."""
        if not self._stream.isatty():
            self.tell(line)
            yield
            return
        over = threading.Event()
        clock = tqdm(desc=line, bar_format="{desc} {elapsed}", file=self._stream)

        def tick() -> None:
            while not over.wait(1):
                clock.refresh()

        ticking = threading.Thread(target=tick, daemon=True)
        ticking.start()
        try:
            yield
        finally:
            over.set()
            ticking.join()
            clock.close()

    def bar(self, total: int) -> tqdm[Never]:
        """A bar that shows how many submissions are graded."""
        return tqdm(total=total, desc="grading", unit="submission", file=self._stream)

    @contextlib.contextmanager
    def everything_else_in(self, log: Path) -> Iterator[None]:
        """Have a log take all that this process and those it starts would print as an error.

        Libraries print tracebacks, from threads and processes of theirs too; that a log cannot be
        written is no reason to print more of them.

        Raises:
            OSError: The log cannot be written.
        """
        file = os.open(
            log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600
        )
        sys.stderr.flush()
        before = os.dup(2)
        os.dup2(file, 2)
        os.close(file)
        logging.raiseExceptions = False
        logging.basicConfig(
            stream=sys.stderr,
            level=logging.INFO,
            format="%(asctime)s %(levelname)s %(message)s",
            force=True,
        )
        logging.captureWarnings(True)
        try:
            yield
        except Exception as error:
            logging.error("The run ended early", exc_info=error)
            raise
        finally:
            with contextlib.suppress(OSError):
                sys.stderr.flush()
            os.dup2(before, 2)
            os.close(before)
