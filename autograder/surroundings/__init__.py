"""What other programs have set on this machine, and how little of it may reach the course.

Kernel, services and grader start from the same known environment, and it is described here only:

- `start_anew`: a command of the course begins again without what is foreign;
- `clean_environment`: all that a process of our own is started with;
- `settle`: the same for a kernel, which other programs may have started.
"""

import atexit
import os
import re
import shlex
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from autograder.root import ROOT
from autograder.surroundings.machine import is_writable
from autograder.surroundings.outside import Outside

_FOREIGN = re.compile(
    r"""
    (GDAL|OGR|OSR|CPL|VSI|VSI\w*|GTIFF|GEOTIFF|PROJ|RIO|RASTERIO|PYOGRIO|GEOPANDAS|FIONA) _.*
    | USE_PYGEOS
    | (AWS|FSSPEC|RCLONE|BOTO) _.*                           # storage
    | \w+_PROXY                                              # network, in both spellings
    | (REQUESTS|CURL) _CA_BUNDLE | SSL_CERT_\w+ | SSLKEYLOGFILE | OPENSSL_\w+ | NETRC
    | MPLBACKEND | MATPLOTLIB\w*                            # pictures
    | PYTHON (?!HASHSEED|UNBUFFERED|DONTWRITEBYTECODE|FAULTHANDLER|PYCACHEPREFIX) .*
    | DASK_.* | NBGRADER.* | IPYTHONDIR                      # notebooks
    | COURSE_OUTSIDE                                        # see `outside`
    | JUPYTER_ (PATH|CONFIG_PATH|NO_CONFIG|PREFER_ENV_PATH) | JUPYTERLAB_DIR
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Names of variables with which other programs tell libraries of the course what to do."""

KEPT = (
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "PYTHONHASHSEED"),
    "CONDA_PREFIX",
)
"""Variables that every process may know: where programs lie, language, time zone, hash seed."""

ONE_THREAD = {
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "GDAL_NUM_THREADS"), "1"
    ),
    # Of pyarrow, which pandas imports: its memory allocator starts a thread of its own.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""A process with more threads cannot be forked safely; and its results need no more."""

SETTLED = {
    # Files in the home folder that libraries read unless they are told of others.
    **dict.fromkeys(
        ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "GDAL_CONFIG_FILE", "NETRC"), os.devnull
    ),
    "FSSPEC_CONFIG_DIR": os.devnull,
    "PROJ_SKIP_READ_USER_WRITABLE_DIRECTORY": "YES",
    "PROJ_NETWORK": "OFF",
}
"""Variables that keep libraries from what lies in the home folder, and PROJ from the network."""

_BEGUN_ANEW = "COURSE_BEGUN_ANEW"
"""Variable with the number of the process that has just begun again."""

INLINE = "module://matplotlib_inline.backend_inline"
"""The backend that shows figures in a notebook."""


def is_foreign(name: str) -> bool:
    """Whether a variable of this name is another program's word to a library of the course."""
    return _FOREIGN.fullmatch(name) is not None


def without_foreign(variables: Mapping[str, str]) -> dict[str, str]:
    """Variables without foreign ones, for a command of ours that a user has started.

    Python takes all files for UTF-8 there, whatever the language of the shell.
    """
    own = {name: value for name, value in variables.items() if not is_foreign(name)}
    return {**own, **SETTLED, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def clean_environment(keep: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables for a process of our own, and for those from which submissions are forked.

    Only `KEPT` ones are passed on, so that no token or password of the user is. Emptying
    `os.environ` later is not enough: what a process was started with stays in its memory, and in
    that of its forks.

    Args:
        keep: Variables to add, such as those of the offline services.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"MPLBACKEND": "agg", "PYTHONUTF8": "1"}
    return {**kept, **SETTLED, **ONE_THREAD, **own, **(keep or {})}


def start_anew(keep_outside: bool = False) -> None:
    """Replace this process by one without foreign variables, where there are any.

    Called first in each command: Python itself and many libraries read variables once. It is done
    once, as libraries that were imported before may set some themselves (rasterio does).

    Args:
        keep_outside: Hand over how the world is reached, for kernels that may use real services.
    """
    if os.environ.pop(_BEGUN_ANEW, "") == str(os.getpid()):
        return
    clean = without_foreign(os.environ)
    if keep_outside:
        clean |= Outside.of(os.environ).handed_over()
    if clean != dict(os.environ):
        clean[_BEGUN_ANEW] = str(os.getpid())  # which stays the same
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], clean)


def unset_lines(names: Iterable[str]) -> list[str]:
    """Lines for a shell that take away the foreign ones of these variables."""
    return [f"unset {shlex.quote(name)}" for name in sorted(names) if is_foreign(name)]


def settle() -> list[str]:
    """Make a kernel that runs already independent of foreign settings.

    Called before the libraries of the course are imported, and before the variables of the
    services are set.

    Returns:
        What still has an effect, each in a line that says what to do.
    """
    warned = "PYTHONWARNINGS" in os.environ
    _give_way(os.environ.get("PYTHONPATH", ""))
    for name in filter(is_foreign, list(os.environ)):
        del os.environ[name]
    os.environ.update(SETTLED)
    if warned:
        _forget_warning_options()
    notes = _settle_pictures()
    if sys.flags.dev_mode:
        notes.append(
            "Python runs in development mode, and libraries may print more than they do elsewhere."
            " Unset PYTHONDEVMODE, then start Jupyter again."
        )
    return notes


def _give_way(python_path: str) -> None:
    """Have modules of the course's packages found before others of their names.

    The notebook's own folder and those of PYTHONPATH come last.
    """
    others = {os.path.realpath(entry) for entry in python_path.split(os.pathsep) if entry}
    others -= {str(ROOT)}
    late = [entry for entry in sys.path if not entry or os.path.realpath(entry) in others]
    sys.path[:] = [entry for entry in sys.path if entry not in late] + late


def _forget_warning_options() -> None:
    """Take back what PYTHONWARNINGS has set: libraries would fail, or speak in cells."""
    noisy = {option.partition(":")[0] for option in sys.warnoptions} - {"ignore"}
    kept = [
        entry
        for entry in warnings.filters
        if entry[0] not in noisy or (entry[0] != "error" and entry[3] is not None)
    ]
    sys.warnoptions.clear()
    warnings.resetwarnings()
    # The filters hold any text as their action, which the function takes for one of six words.
    for action, message, category, module, line in reversed(kept):
        warnings.filterwarnings(action, _words(message), category, _words(module), line)  # type: ignore[arg-type]


def _words(pattern: re.Pattern[str] | str | None) -> str:
    """What a filter of warnings looks for: Python keeps it as text, compiled or not at all."""
    return pattern.pattern if isinstance(pattern, re.Pattern) else pattern or ""


def _settle_pictures() -> list[str]:
    """Have matplotlib draw into the notebook, with its own settings and a place for its fonts."""
    spec = find_spec("matplotlib")
    assert spec
    assert spec.origin
    wanted = {
        "MPLBACKEND": INLINE,
        "MATPLOTLIBRC": str(Path(spec.origin).parent / "mpl-data" / "matplotlibrc"),
    }
    inherited = any(os.environ.get(name) != value for name, value in wanted.items())
    os.environ.update(wanted)
    if inherited and "matplotlib" in sys.modules:  # something that ran before has imported it
        import matplotlib

        matplotlib.rcdefaults()
        matplotlib.use(INLINE)
    usual = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    place = os.environ.get("MPLCONFIGDIR") or os.path.join(usual, "matplotlib")
    if not is_writable(place):
        own = tempfile.mkdtemp(prefix="course-matplotlib-")
        atexit.register(shutil.rmtree, own, ignore_errors=True)
        os.environ["MPLCONFIGDIR"] = own
    here = Path("matplotlibrc")
    if not here.is_file():
        return []
    return [
        f"The file {here.absolute()} changes how figures look. Rename it, then restart the kernel."
    ]
