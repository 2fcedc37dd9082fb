"""Starting the services from Python, and stopping them with whoever started them."""

import atexit
import contextlib
import json
import os
import select
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from types import TracebackType

from autograder.patches import PRACTICE
from autograder.root import ROOT
from autograder.services.lifetime.client import ServicesClient
from autograder.services.lifetime.live_storage import LiveStorageClient
from autograder.services.passing_on.ways import Ways
from autograder.surroundings import clean_environment
from autograder.surroundings.machine import no_room
from autograder.surroundings.outside import CLIENT, CONTROL, LIVE, NAMES, STORAGE, give
from utils.errors import CourseError
from utils.reference import S3_HOST

START_LIMIT = 30.0
"""Seconds that the services may take to start; they need about half of one."""


class Services:
    """Offline services in a process of their own, which ends when this one does.

    Use it as a context manager, or call `start` and `stop`.

    Args:
        world: Folder of the world to serve.
        state: Folder that keeps the buckets; None for one that is removed in the end.
        ways: Which hosts are passed on to real services.

    Attributes:
        environment: Variables that send a process's clients to these services. Where the storage
            is real, the learner's own credentials are to be added: see `Ways.outside`.
    """

    def __init__(
        self, world: Path = PRACTICE, state: Path | None = None, ways: Ways | None = None
    ) -> None:
        self._world = Path(world)
        self._state = state
        self._ways = ways or Ways()
        self._process: subprocess.Popen[bytes] | None = None
        self.environment: dict[str, str] = {}

    @property
    def client(self) -> ServicesClient:
        """Client for journal, objects and reset of these services."""
        return ServicesClient(self.environment[CONTROL])

    @property
    def pid(self) -> int | None:
        """Number of the process, if it runs."""
        return self._process.pid if self._process else None

    def start(self) -> "Services":
        """Start, and return when requests are answered.

        Raises:
            CourseError: They cannot start; the message says why.
        """
        # -P: a file of the learner's that is called autograder.py is not ours.
        command = [sys.executable, "-P", "-m", "autograder.services", "--json"]
        command += ["--world", str(self._world.resolve())]
        if self._state is not None:
            command += ["--state", str(self._state.resolve())]
        if self._ways.hosts:
            command += ["--live", *self._ways.hosts]
        try:
            self.environment = self._launch(command)
        except OSError as error:
            raise no_room(error) from error
        return self

    def _launch(self, command: list[str]) -> dict[str, str]:
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=clean_environment(
                    {
                        **(self._ways.outside.for_the_gate().handed_over()),
                        **_ours(),
                        "PYTHONPATH": str(ROOT),
                    }
                ),
                start_new_session=True,  # an interrupt of the kernel is not meant for us
            )
            answer = self._read_answer()
            if "environment" not in answer:
                self.stop()
                errors.seek(0)
                last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
                raise _failure(answer, last)
        return answer["environment"]

    def stop(self) -> None:
        """Stop, and return when nothing is left running."""
        if self._process is None:
            return
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _read_answer(self) -> dict[str, dict[str, str]]:
        """The line that the process prints when it is ready; empty if it does not come."""
        assert self._process is not None
        assert self._process.stdout is not None
        with self._process.stdout as output:
            ready, _, _ = select.select([output], [], [], START_LIMIT)
            line = output.readline() if ready else b""
        return json.loads(line) if line else {}

    def __enter__(self) -> "Services":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _ours() -> dict[str, str]:
    """Variables that are meant for the services."""
    names = ("TMPDIR", "COURSE_LANGUAGE")
    return {name: os.environ[name] for name in names if name in os.environ}


def _failure(answer: dict[str, dict[str, str]], last: list[str]) -> CourseError:
    if "error" in answer:
        return CourseError(**answer["error"])
    return CourseError(
        f"the offline services did not start ({''.join(last) or 'they said nothing'})",
        "an answer within 30 seconds",
        "Run `make services` in a terminal to see why",
    )


_started: Services | None = None


def ensure_services(ways: Ways | None = None) -> ServicesClient:
    """Connect this process to services: those that run already, or new ones.

    Those that run are named by ``COURSE_CONTROL``, and used if all of them answers and the same
    hosts are real. New ones end with this process. In both cases the variables that clients need
    are put into `os.environ`.

    Args:
        ways: Which hosts are to be real; None for none.

    Raises:
        CourseError: New ones are needed and cannot start.
    """
    global _started
    ways = ways or Ways()
    url = os.environ.get(CONTROL) or "http://127.0.0.1:9/"
    running = ServicesClient(url, timeout=5)
    if running.alive() and running.status()["live"] == list(ways.hosts):
        client = _client(url, ways)
        with contextlib.suppress(CourseError):  # these cannot be mended
            _use(client, ways)
            return client
    if _started is not None:
        _started.stop()
    _started = Services(ways=ways).start()
    atexit.register(_started.stop)
    client = _client(_started.environment[CONTROL], ways)
    _use(client, ways)
    return client


def _client(url: str, ways: Ways) -> ServicesClient:
    return LiveStorageClient(url) if S3_HOST in ways.hosts else ServicesClient(url)


def _use(client: ServicesClient, ways: Ways) -> None:
    """Send this process's clients to the services, once port, storage and authorities are there.

    Raises:
        CourseError: They are not.
    """
    environment = client.ready()
    try:
        ssl.create_default_context(cafile=environment["SSL_CERT_FILE"])
    except OSError as error:
        raise no_room(error) from error
    own = ways.outside.variables if ways.hosts else {}
    kept = {name: own[name] for name in (*STORAGE, *CLIENT) if name in own}
    for name in (*STORAGE, *CLIENT, LIVE):
        os.environ.pop(name, None)
    os.environ.update({**kept, **environment})
    give({name: os.environ[name] for name in NAMES if name in os.environ})
    # urllib remembers proxies from its first use.
    urllib.request.install_opener(urllib.request.build_opener())
