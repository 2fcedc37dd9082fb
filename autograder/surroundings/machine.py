"""What the course needs of a machine: tried before it shows as any kind of failure."""

import contextlib
import csv
import errno
import os
import resource
import tempfile
import threading

from utils.errors import CourseError

THREADS = 24
"""Threads and processes for which there must be room: services, and what a learner's code starts.
"""

FILES = 128
"""Files that a process must be able to open at a time: a kernel alone has some sixty open."""

USUAL_FILES = 1024


def no_room(problem: OSError) -> CourseError:
    """What to say where temporary files cannot be written, or not even be opened."""
    if problem.errno == errno.EAGAIN:
        return _too_few_threads(THREADS)
    if problem.errno in (errno.EMFILE, errno.ENFILE):
        return _too_few_files()
    place = problem.filename or tempfile.gettempdir()
    todo = "Free some space, or set TMPDIR to another folder, and start again"
    if problem.errno == errno.EFBIG:
        todo = "Run `ulimit -f unlimited` in the terminal, and start again"
    return CourseError(
        f"The offline services cannot write {place} ({problem.strerror or problem})",
        "A folder with room for temporary files",
        todo,
    )


def demand_limits(threads: int = THREADS) -> None:
    """Try whether as many threads can run, and files be open, as the course needs.

    Limits come from shells, containers and other programs of the same user, so only a trial tells.
    A soft limit on files is raised as far as the hard one allows.

    Args:
        threads: Threads and processes that are needed.

    Raises:
        CourseError: There is too little room; later it would show as any kind of failure.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = USUAL_FILES if hard == resource.RLIM_INFINITY else min(hard, USUAL_FILES)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))
    if not _can_open(FILES):
        raise _too_few_files()
    if not _can_run(threads):
        raise _too_few_threads(threads)


def _can_open(count: int) -> bool:
    with contextlib.ExitStack() as opened:
        try:
            for _ in range(count):
                opened.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        except OSError:
            return False
    return True


def _can_run(count: int) -> bool:
    end = threading.Event()
    running: list[threading.Thread] = []
    try:
        for _ in range(count):
            thread = threading.Thread(target=end.wait, daemon=True)
            thread.start()
            running.append(thread)
    except RuntimeError:
        return False
    finally:
        end.set()
        for thread in running:
            thread.join()
    return True


def _too_few_files() -> CourseError:
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CourseError(
        f"Too few files can be open at a time here (`ulimit -n` is {most})",
        f"Room for {FILES} more",
        f"Run `ulimit -n {USUAL_FILES}` in the terminal, and start again. Where that is refused,"
        " ask whoever runs this machine for more",
    )


def _too_few_threads(count: int) -> CourseError:
    return CourseError(
        "Too few processes and threads can be started here (`ulimit -u`, or a container's limit)",
        f"Room for {count} more",
        "Stop programs and kernels that you do not need, and start again. If that does not help,"
        " ask whoever runs this machine for more",
    )


def is_writable(folder: str) -> bool:
    """Whether files can be written in a folder, which is made where it is not there."""
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"words")
    except OSError:
        return False
    return True


def demand_data() -> None:
    """Look once whether the files are there that libraries bring along and read by their path.

    Raises:
        CourseError: One is missing: the authorities of certifi, or tables of GDAL and PROJ.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    for package in ("certifi", "pyogrio", "pyproj", "rasterio"):
        with contextlib.suppress(PackageNotFoundError):
            installed = distribution(package)
            # Its own list: `files` leaves out what is not there, in Python 3.12 and newer.
            for name, *_ in csv.reader((installed.read_text("RECORD") or "").splitlines()):
                read_by_path = name.endswith((".pem", ".db")) or "gdal_data" in name.split("/")
                path = str(installed.locate_file(name))
                if read_by_path and not os.access(path, os.R_OK):
                    raise CourseError(
                        f"{path} is missing or cannot be read",
                        f"all files of the package {package}",
                        "Run `make clean`, then `make lab`: that installs the packages again",
                    )
