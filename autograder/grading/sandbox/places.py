"""What a submission has to read, and where it may write."""

import mimetypes
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from autograder.root import ROOT
from utils.errors import CourseError

CODE = ("utils", "autograder/__init__.py", "autograder/checks", "autograder/grading")
"""Readable parts of the course's folder: code that may be imported, no worlds or solutions."""

IN_ENVIRONMENT = ("lib", "lib64", "ssl", "share/gdal", "share/proj", "share/zoneinfo")
"""Where a Python environment, conda's included, keeps libraries and their data."""

PACKAGES = ("site-packages", "dist-packages")
"""Names of folders of installed packages, which may also lie outside of the environment."""

SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/etc/localtime", "/usr/share/fonts"),
    *("/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf", *mimetypes.knownfiles),
)
"""Libraries, time zones, fonts and tables of the system that libraries look up."""

LOAD = ("/proc/meminfo", "/proc/cpuinfo", "/proc/stat")
"""How busy and how large the machine is, which `psutil` and `dask` look up. No process is named."""


@cache
def readable_paths() -> tuple[Path, ...]:
    """The files and folders that a submission may read beside its own folder.

    The first call takes some milliseconds, so call it before forking.

    Raises:
        CourseError: The course lies in one of them, so its solutions would be readable.
    """
    outside = {path.resolve() for path in _outside() if path.exists()}
    for path in outside:
        if ROOT.is_relative_to(path):
            raise CourseError(
                f"The course lies in {path}, which submissions have to read",
                "a folder outside the Python environment",
                "Install it with `make` or `pip install -e`",
            )
    paths = outside.union(ROOT / name for name in CODE)
    return tuple(path for path in sorted(paths) if paths.isdisjoint(path.parents))


def _outside() -> Iterator[Path]:
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        yield from (Path(prefix, name) for name in IN_ENVIRONMENT)
    yield from (path for path in map(Path, sys.path) if path.name in PACKAGES)
    yield from map(Path, (*SYSTEM, *LOAD))


def home_in(folder: Path) -> dict[str, str]:
    """Variables that have libraries keep their files in ``folder``, the only place to write."""
    names = ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return dict.fromkeys((*names, "XDG_DATA_HOME", "JUPYTER_CONFIG_DIR"), str(folder))
