"""The landscape of rehearsals: one public seed, recorded once and kept in the user's cache."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from platformdirs import user_cache_path

from autograder.checks.texts import card as say
from autograder.grading.results.store import fingerprint
from autograder.grading.worlds.grading_world import code_digest, make_world

PUBLIC_SEED = 271828182845904
"""Everybody rehearses on the landscape of this seed; graders draw secret ones."""

KEPT = 30 * 24 * 3600
"""Seconds for which the landscape of another version of the course is kept after its last use."""


def public_world(spare: Path, tell: Callable[[str], None]) -> Path:
    """The folder of the landscape, made where there is none yet.

    Args:
        spare: Folder to make it in where the user's cache cannot be written.
        tell: Is told that it has to be made, which takes a while.

    Raises:
        CourseError: It cannot be recorded.
    """
    cache = user_cache_path("satellite-course") / "rehearsal"
    if not _can_write(cache):
        tell(say("rehearsal-not-kept", folder=str(cache)))
        cache = spare
    with _alone(cache):
        _forget_old(cache)
        key = code_digest()[:16]
        folder, seal = cache / key, cache / f"{key}.sealed"
        if not _is_whole(folder, seal):
            tell(say("rehearsal-landscape"))
            shutil.rmtree(folder, ignore_errors=True)
            make_world(folder, PUBLIC_SEED)
            seal.write_text(fingerprint(folder))
        os.utime(seal)
    return folder


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other rehearsal makes the landscape; the lock ends with the process."""
    with open(folder / ".lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_whole(folder: Path, seal: Path) -> bool:
    """Whether a landscape is there and as it was made."""
    return seal.is_file() and folder.is_dir() and seal.read_text() == fingerprint(folder)


def _forget_old(cache: Path) -> None:
    for seal in cache.glob("*.sealed"):
        if time.time() - seal.stat().st_mtime > KEPT:
            seal.unlink()
            shutil.rmtree(seal.with_suffix(""), ignore_errors=True)
