"""The folder of results: which run it belongs to, and the record of each submission.

A submission is graded once its record is in the store. Its notebooks are written before; gradebook,
table and pages can be made again from records and notebooks.
"""

import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.careful_files import write_file
from autograder.checks.judging.unexplained import Unexplained
from autograder.grading.limits import Limits
from autograder.grading.results.atomic import (
    UNFINISHED,
    put_in_place,
    remove_folder,
    remove_unfinished,
)
from autograder.grading.results.record import Example, Record, Row
from utils.errors import CourseError

ANOTHER = "Choose another RESULTS"
APPLY = "Apply the change with make regrade ALL=1, which first lists who changes"


@contextmanager
def locked(results: Path) -> Iterator[None]:
    """Keep any other run out of a folder of results; the lock ends with the process.

    Raises:
        CourseError: Another run works there.
    """
    file = os.open(results / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        raise CourseError(
            f"Another grading run is at work in {results}",
            "One run at a time",
            f"Wait until it ends. {ANOTHER} for a second one",
        ) from None
    try:
        remove_unfinished(results)
        put_in_place(results)
        yield
    finally:
        os.close(file)


class Store:
    """The records in a folder of results; read from its files once, when this is made.

    Args:
        results: Folder of results.
    """

    def __init__(self, results: Path) -> None:
        self._folder = results / "records"
        self._folder.mkdir(exist_ok=True)
        self._records: dict[str, Record] = {}
        for path in sorted(self._folder.glob("*.json")):
            record = _read_record(path)
            if record is None:
                logging.warning("%s is not a record: that submission is graded again", path)
            else:
                self._records[record.student] = record

    def all(self) -> dict[str, Record]:
        """The records by student, sorted."""
        return {student: self._records[student] for student in sorted(self._records)}

    def put(self, record: Record) -> None:
        """Write a record: from here on the submission counts as graded."""
        content = json.dumps(asdict(record), ensure_ascii=False, allow_nan=False, indent=1)
        write_file(self._path(record.student), content.encode())
        self._records[record.student] = record

    def remove(self, student: str) -> None:
        """Remove a record, before new notebooks of the submission are written."""
        self._path(student).unlink(missing_ok=True)
        self._records.pop(student, None)

    def _path(self, student: str) -> Path:
        return self._folder / _file_name(student)


def _file_name(student: str) -> str:
    return f"{hashlib.sha256(student.encode()).hexdigest()[:32]}.json"


def _read_record(path: Path) -> Record | None:
    """The record in a file; ``None`` where the file does not hold a whole one."""
    try:
        content = json.loads(path.read_bytes())
        content["rows"] = tuple(Row(**row) for row in content["rows"])
        content["examples"] = tuple(map(_example, content["examples"]))
        for name in ("stopped", "notes", "untouched", "marked_before"):
            content[name] = tuple(content.get(name, ()))  # an earlier version knew fewer
        record = Record(**content)
        return record if path.name == _file_name(record.student) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _example(content: dict[str, Any]) -> Example:
    left = content["left"] | {"wrong": tuple(content["left"]["wrong"])}
    return Example(**content | {"left": Unexplained(**left)})


@dataclass(frozen=True)
class Run:
    """What all submissions of a folder of results are graded with.

    Attributes:
        seed: Secret from which the grading world was made.
        practice: Whether the practice patch is used instead.
        limits: What a submission may use.
        course: Fingerprint of the exercises and of the grader's code: see `course_digest`.
        world: Fingerprint of the world.
        started: When the run began: ISO 8601, in UTC.
        due: When submissions were due, the same; empty where they may come at any time.
        late: What lateness costs, see `lateness.penalty`.
        anonymous: Whether students have ids of which only the key says whose they are.
    """

    seed: int
    practice: bool
    limits: Limits
    course: str
    world: str
    started: str
    due: str = ""
    late: str = "none"
    anonymous: bool = False


def world_folder(results: Path) -> Path:
    """Folder of the grading world."""
    return results / "world"


def open_run(
    results: Path,
    *,
    course: str,
    seed: int | None,
    practice: bool,
    limits: Limits | None,
    due: str | None = None,
    late: str | None = None,
    anonymous: bool = False,
    new_seed: Callable[[], int],
    make_world: Callable[[Path, int], None],
) -> Run:
    """Go on with the run of a folder of results, or begin one.

    Args:
        results: Folder of results, held by `locked`.
        course: Fingerprint of the exercises and of the grader's code: see `course_digest`.
        seed: The seed that is asked for, if any.
        practice: Whether the practice patch is asked for.
        limits: What a submission may use; ``None`` for what the run was begun with.
        due: When submissions were due, the same.
        late: What lateness costs, the same.
        anonymous: Whether students get ids, if the run begins.
        new_seed: Gives a seed where none is asked for.
        make_world: Makes the world of a seed in a folder that does not exist yet.

    Raises:
        CourseError: The folder belongs to another run, or to one that cannot be read.
    """
    run = read_run(results)
    folder = world_folder(results)
    if run is None:
        if any((results / "records").glob("*.json")):
            raise CourseError(f"{results} holds grades, but not of which run", "", ANOTHER)
        remove_folder(results, folder)
        seed = new_seed() if seed is None else seed
        _make(results, seed, make_world)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        run = Run(
            seed,
            practice,
            limits or Limits(),
            course,
            fingerprint(folder),
            started,
            due or "",
            late or "none",
            anonymous,
        )
        content = json.dumps(asdict(run), indent=1, allow_nan=False)
        write_file(run_file(results), content.encode(), mode=0o600)
        return run
    apply = f"{APPLY}, or choose another RESULTS"
    changed = "graded other notebooks, or other versions of them"
    _require(run.course == course, results, changed, apply)
    _require(due in (None, run.due), results, f"was due {run.due or 'at no time'}", apply)
    _require(late in (None, run.late), results, f"was begun with --late {run.late}", apply)
    _require(seed is None or run.seed == seed, results, "was begun with another seed")
    _require(run.practice == practice, results, f"was begun {_patch(run)}, this is not")
    alike = limits in (None, run.limits)
    _require(alike, results, f"was begun with other limits ({run.limits})")
    if not folder.exists():
        _make(results, run.seed, make_world)
    _require(run.world == fingerprint(folder), results, "holds a world that was changed")
    return run


def _make(results: Path, seed: int, make_world: Callable[[Path, int], None]) -> None:
    """Make the world elsewhere and move it: a kill never leaves half a world in its place."""
    draft = results / UNFINISHED / "world"
    draft.parent.mkdir(exist_ok=True)
    make_world(draft, seed)
    os.rename(draft, world_folder(results))


def fingerprint(folder: Path, files: Iterable[Path] | None = None) -> str:
    """A digest of the names and contents of files.

    Args:
        folder: The folder to which their names are relative.
        files: Which files (default: all in the folder and below).
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*") if files is None else files):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def _patch(run: Run) -> str:
    return "on the practice patch" if run.practice else "on a grading patch"


def _require(condition: bool, results: Path, found: str, todo: str = ANOTHER) -> None:
    if not condition:
        raise CourseError(
            f"The run in {results} {found}",
            "All submissions in one folder of results graded alike",
            todo,
        )


def run_file(results: Path) -> Path:
    """File that says which run a folder of results belongs to."""
    return results / "run.json"


def read_run(results: Path) -> Run | None:
    """The run of a folder of results; ``None`` where none was begun."""
    path = run_file(results)
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        return Run(**content | {"limits": Limits(**content["limits"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise CourseError(f"{path} cannot be read ({error})", "", ANOTHER) from error
