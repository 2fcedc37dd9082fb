"""Runs a command and tells which processes it left: ``python keeper.py REPORT COMMAND…``.

All that the command starts, and that outlives who started it, becomes a child of this process.
"""

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

PR_SET_CHILD_SUBREAPER = 36

TIMEOUT = 20.0
"""Seconds that helpers of the command get to clean up after it."""


def left_over() -> list[psutil.Process]:
    """Processes that still run, after those that have ended are buried."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return []
    return psutil.Process().children(recursive=True)


def main(report: Path, command: list[str]) -> int:
    """Run the command, write the report, return the command's exit status."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError("this process cannot adopt others")
    status = subprocess.call(command)
    until = time.monotonic() + TIMEOUT
    while (left := left_over()) and time.monotonic() < until:
        time.sleep(0.1)
    lines = []
    for process in left:
        try:
            lines.append(f"{process.pid} {process.name()} {' '.join(process.cmdline())[:200]}")
            process.kill()
        except psutil.NoSuchProcess:
            continue
    report.write_text(json.dumps(lines), "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
