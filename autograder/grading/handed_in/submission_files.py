"""Read a submission's files as bytes. No link is followed, no pipe waited for, nothing changed."""

import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice

from autograder.careful_files import LinkError, NotRegularError, open_regular
from autograder.grading.handed_in.student_names import shown_name
from autograder.grading.handed_in.submissions import (
    MissingNotebook,
    Submission,
    UnusableNotebook,
)
from autograder.root import ASSIGNMENT

MISSING = "is missing"

MAX_BYTES = 50_000_000
"""Largest notebook that is read. The solved ones with their figures are about 1 MB."""

MAX_ALL_BYTES = 100_000_000
"""Most that all notebooks of a submission may have together."""

MAX_ENTRIES = 10_000
"""Most entries of a folder that are searched for notebooks of other names."""

MAYBE_NOTEBOOKS = (".ipynb", ".json", ".zip", ".tar", ".tgz", ".gz", ".7z", ".rar")
"""What the name of a file holds that may be, or hold, a notebook which is not recognised."""

MAX_NAMED = 5
"""Most notebooks of other names that a note lists."""


@dataclass(frozen=True)
class HandedIn:
    """The notebooks of one submission.

    Attributes:
        notebooks: Their content, by name without ``.ipynb``.
        problems: Why a notebook is missing or cannot be read, by name.
        notes: What else was found, about the name of the folder too.
        not_handed_in: Notebooks that are missing, and of which nothing else in the folder may be a
            copy. The others among `problems` are there, or may be, and could not be read.
        digest: Fingerprint of notebooks and problems; the same for the same files.
    """

    notebooks: dict[str, bytes]
    problems: dict[str, str]
    notes: tuple[str, ...]
    not_handed_in: frozenset[str]
    digest: str

    @property
    def nothing(self) -> str:
        """Why there is nothing to grade, in words; empty where there is something."""
        if self.notebooks:
            return ""
        reasons = [text for text in self.problems.values() if not text.endswith(MISSING)]
        return f"no notebook of the course was found: {(*reasons, *self.notes, 'it is empty')[0]}"


def read_submission(submission: Submission, names: Collection[str]) -> HandedIn:
    """Read the notebooks of a submission; what cannot be read is told in the result.

    Args:
        submission: The student's folder.
        names: The course's notebooks, without ``.ipynb``.
    """
    notebooks: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    notes = list(submission.notes)
    missing: set[str] = set()
    strange = False
    left = MAX_ALL_BYTES
    try:
        with _opened(submission) as folder:
            for name in names:
                try:
                    notebooks[name] = _read(folder, name, left)
                    left -= len(notebooks[name])
                except UnusableNotebook as problem:
                    problems[name] = str(problem)
                    if isinstance(problem, MissingNotebook):
                        missing.add(name)
            strange = _may_hold_others(folder, names)
            notes += _about_others(folder, names)
    except FileNotFoundError:
        notes.append(f"there is no folder {ASSIGNMENT}")
        problems = {name: f"notebook {name} {MISSING}" for name in names}
    except UnusableNotebook as problem:
        problems = {name: f"notebook {name} cannot be read: {problem}" for name in names}
    sure = frozenset(missing if notebooks and not strange else ())
    return HandedIn(notebooks, problems, tuple(notes), sure, _digest(notebooks, problems))


def _digest(notebooks: dict[str, bytes], problems: dict[str, str]) -> str:
    parts = {name: hashlib.sha256(content).hexdigest() for name, content in notebooks.items()}
    lines = [f"{name}: {text}\n" for name, text in sorted((parts | problems).items())]
    return hashlib.sha256("".join(lines).encode(errors="replace")).hexdigest()


@contextmanager
def _opened(submission: Submission) -> Iterator[int]:
    """The assignment's folder as an open descriptor, which cannot be exchanged for another.

    Raises:
        FileNotFoundError: There is none.
        UnusableNotebook: It is a link, no folder, or cannot be read.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    with ExitStack() as stack:
        try:
            outer = os.open(submission.folder, flags)
            stack.callback(os.close, outer)
            if stat.S_ISLNK(os.stat(ASSIGNMENT, dir_fd=outer, follow_symlinks=False).st_mode):
                raise UnusableNotebook(f"the folder {ASSIGNMENT} is a link")
            inner = os.open(ASSIGNMENT, flags, dir_fd=outer)
            stack.callback(os.close, inner)
            yield inner
        except FileNotFoundError:
            raise
        except NotADirectoryError:
            raise UnusableNotebook(f"{ASSIGNMENT} is not a folder") from None
        except OSError as error:
            raise UnusableNotebook(
                f"the folder {ASSIGNMENT} cannot be read: {error.strerror}"
            ) from error


def _read(folder: int, name: str, left: int) -> bytes:
    """The content of a regular file.

    Raises:
        UnusableNotebook: It is missing, something else, unreadable, too large, or being written.
    """
    file_name = f"{name}.ipynb"
    try:
        with open_regular(file_name, folder=folder) as file:
            before = os.fstat(file.fileno())
            _refuse_large(before.st_size, name, left)
            content = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise MissingNotebook(f"notebook {name} {MISSING}") from None
    except LinkError:
        raise UnusableNotebook(f"notebook {name} is a link") from None
    except NotRegularError:
        raise UnusableNotebook(f"notebook {name} is not a regular file") from None
    except OSError as error:
        raise UnusableNotebook(f"notebook {name} cannot be read: {error.strerror}") from error
    if len(content) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise UnusableNotebook(f"notebook {name} changed while it was read; grade it again")
    return content


def _refuse_large(size: int, name: str, left: int) -> None:
    """Refuse a file that is too large, or that makes the submission too large."""
    if size > MAX_BYTES:
        raise UnusableNotebook(
            f"notebook {name} has {size / 1e6:,.0f} MB, "
            f"more than the {MAX_BYTES / 1e6:.0f} MB allowed"
        )
    if size > left:
        raise UnusableNotebook(
            f"notebook {name} is one too many: together they have more than "
            f"the {MAX_ALL_BYTES / 1e6:.0f} MB allowed"
        )


def _may_hold_others(folder: int, names: Collection[str]) -> bool:
    """Whether a folder holds what may be a notebook, beside the course's under their names."""
    own = {f"{name}.ipynb" for name in names}
    with os.scandir(folder) as entries:
        found = [entry.name.lower() for entry in islice(entries, MAX_ENTRIES)]
    others = (name for name in found if name not in own and not name.startswith("."))
    return any(part in name for name in others for part in MAYBE_NOTEBOOKS)


def _about_others(folder: int, names: Collection[str]) -> Iterator[str]:
    """A note on notebooks that the course does not have, if there are any."""
    with os.scandir(folder) as entries:
        found = (entry.name.rpartition(".") for entry in islice(entries, MAX_ENTRIES))
        others = sorted(name for name, _, end in found if end == "ipynb" and name not in names)
    if others:
        named = ", ".join(shown_name(name) for name in others[:MAX_NAMED])
        more = f" and {len(others) - MAX_NAMED:,} more" if len(others) > MAX_NAMED else ""
        yield f"notebooks that are not the course's were not graded: {named}{more}"
