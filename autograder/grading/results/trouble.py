"""The machine's trouble: told from what a submission did, and said in one line."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

GO_ON = "The same command then goes on from here"

REMEDIES = {
    errno.ENOSPC: "Make room there",
    errno.EDQUOT: "Make room there",
    errno.EFBIG: "Raise the limit on the size of files (ulimit -f)",
    errno.EIO: "Look after that disk",
    errno.ENXIO: "Look after that disk",
    errno.ESTALE: "Look after that disk",
    errno.EROFS: "Make it writable again",
    errno.EMFILE: "Raise the limit on open files (ulimit -n)",
    errno.ENFILE: "Close what holds so many files open",
    errno.ENOMEM: "Free some memory",
    errno.EAGAIN: "End other processes, or raise the limit on their number (ulimit -u)",
}
"""What to do, by the number of an error that is no program's fault."""

SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
"""Those that are about no file."""

DATABASE = {
    "disk is full": errno.ENOSPC,
    "disk i/o error": errno.EIO,
    "readonly database": errno.EROFS,
    "unable to open database": errno.EROFS,
}
"""Numbers of the same errors, by what SQLite says."""

LOCKED = "database is locked"
MAX_TEXT = 300


def is_machines(error: BaseException) -> bool:
    """Whether an error is the machine's: a full or broken disk, no memory, no process to be had."""
    return any(_number(part) in REMEDIES for part in _chain(error))


def in_one_line(error: BaseException, results: Path, log: Path) -> str:
    """What went wrong and what to do, for an instructor.

    Args:
        error: What was raised.
        results: The folder of results.
        log: Where the details are.
    """
    for part in _chain(error):
        number = _number(part) or _named(part)
        if LOCKED in str(part):
            return _line(f"{results / 'gradebook.db'} is in use by another program", "Close it")
        if number in REMEDIES:
            file = _file(part) or f"A file in {results}, or a temporary one,"
            found = f"{file} could not be written or read: {os.strerror(number)}"
            if number in SHORTAGES:
                found = f"The machine has too little for grading: {os.strerror(number)}"
            return _line(found, REMEDIES[number])
        if isinstance(part, OSError) and not results.exists():
            return _line(f"{results} is gone", "Bring it back, or begin anew")
        if isinstance(part, PermissionError):
            return _line(f"{part.filename or results} may not be used", "Make it yours again")
    words = " ".join(str(error).split())[:MAX_TEXT]
    return _line(f"The grader itself failed ({type(error).__name__}: {words})", f"Details: {log}")


def _file(error: BaseException) -> str:
    """The file of an error, if it names one: of two, that to which something was to be written."""
    names = (getattr(error, name, None) for name in ("filename2", "filename"))
    return str(next((name for name in names if name), ""))


def _line(found: str, todo: str) -> str:
    return f"{found}. {todo}. {GO_ON}."


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it came from."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _named(error: BaseException) -> int:
    """The number of an error of the system that others tell in their own words; 0 for none."""
    said = str(error)
    return next((number for number in REMEDIES if os.strerror(number) in said), 0)


def _number(error: BaseException) -> int:
    """The number of the system's error, be it hidden in the words of a library; 0 for none."""
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, OSError):
        return error.errno or 0
    said = str(error).lower()
    if isinstance(error, RuntimeError) and "can't start new thread" in said:
        return errno.EAGAIN
    if _of_database(error):
        return next((number for words, number in DATABASE.items() if words in said), 0)
    return 0


def _of_database(error: BaseException) -> bool:
    """Whether a database complains. SQLAlchemy takes a second to import: who uses it has it."""
    library = sys.modules.get("sqlalchemy.exc")
    return library is not None and isinstance(error, library.DBAPIError)
