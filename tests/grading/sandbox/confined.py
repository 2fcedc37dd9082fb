"""Runs an attack in a process that is shut in."""

import contextlib
import os
import pickle
import select
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from autograder.grading.limits import Limits
from autograder.grading.sandbox import NetworkBroker, confine, missing, readable_paths

T = TypeVar("T")

TIMEOUT = 60
"""Seconds after which an attack that hangs is ended."""

NOBODY = 65534

USERS = (0, NOBODY) if os.geteuid() == 0 else (os.geteuid(),)
"""As whom attacks run: root can do both."""


class KilledError(Exception):
    """The process was ended by a signal, which is the argument."""


@dataclass(frozen=True)
class Attacker:
    """A confined process.

    Attributes:
        pid: Its number.
        broker: Its way to the network, not opened yet.
        results: Where its result arrives.
    """

    pid: int
    broker: NetworkBroker
    results: int

    def close(self) -> None:
        """Let go of what belongs to it."""
        self.broker.close()
        os.close(self.results)

    def result(self) -> object:
        """What it returned; raises what it raised."""
        parts = []
        while select.select([self.results], [], [], TIMEOUT)[0]:
            part = os.read(self.results, 65536)
            if not part:
                break
            parts.append(part)
        else:
            os.kill(self.pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if status < 0:
            raise KilledError(signal.Signals(-status))
        value, problem = pickle.loads(b"".join(parts))
        if problem is not None:
            raise problem
        return value


def fork(
    attack: Callable[[], object],
    folder: Path,
    *,
    user: int = USERS[0],
    limits: Limits | None = None,
    readable: Sequence[Path] = (),
    keep: Sequence[int] = (),
) -> Attacker:
    """Start a confined process that runs ``attack`` in ``folder``."""
    assert not missing()
    readable_paths()
    if user != os.geteuid():
        for place in (folder, *folder.rglob("*")):
            os.chown(place, user, user)
    broker = NetworkBroker()
    results, send = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12: pytest's process may have threads; the child starts none before it is shut in
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        _attack(attack, folder, user, limits or Limits(), readable, [*keep, send], broker)
    os.close(send)
    return Attacker(pid, broker, results)


def _attack(
    attack: Callable[[], object],
    folder: Path,
    user: int,
    limits: Limits,
    readable: Sequence[Path],
    keep: Sequence[int],
    broker: NetworkBroker,
) -> None:
    try:
        if user != os.geteuid():
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        os.chdir(folder)
        paths = [path for path in (*readable_paths(), *readable) if os.access(path, os.R_OK)]
        confine(folder, paths, broker, limits, keep=keep)
        try:
            outcome = pickle.dumps((attack(), None))
        except BaseException as problem:
            outcome = pickle.dumps((None, problem))
        with open(keep[-1], "wb") as results:
            results.write(outcome)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(0)


def confined(attack: Callable[[], T], folder: Path, **options: object) -> T:
    """What ``attack`` returns in a confined process; raises what it raises there."""
    attacker = fork(attack, folder, **options)  # type: ignore[arg-type]
    try:
        return attacker.result()  # type: ignore[return-value]
    finally:
        attacker.close()


@contextlib.contextmanager
def waiting(
    attack: Callable[[], object],
    folder: Path,
    *,
    keep: Sequence[int] = (),
    before: Callable[[int], None] = lambda pid: None,
    **options: object,
) -> Iterator[Attacker]:
    """A confined process that has run ``attack`` and then waits; it is ended afterwards.

    Before it runs the attack, ``before`` is called with its number.
    """
    wait, go = os.pipe()
    done, tell = os.pipe()

    def attack_and_wait() -> None:
        os.read(wait, 1)
        attack()
        os.write(tell, b"!")
        signal.pause()

    attacker = fork(attack_and_wait, folder, keep=[*keep, wait, tell], **options)  # type: ignore[arg-type]
    try:
        before(attacker.pid)
        os.write(go, b"!")
        assert select.select([done], [], [], TIMEOUT)[0], "the attack did not end"
        yield attacker
    finally:
        os.kill(attacker.pid, signal.SIGKILL)
        os.waitpid(attacker.pid, 0)
        attacker.close()
        for descriptor in (wait, go, done, tell):
            os.close(descriptor)
