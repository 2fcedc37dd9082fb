"""The environment variables of a process that runs strangers' code."""

import os
from collections.abc import Mapping
from pathlib import Path

HARMLESS = (
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "PYTHONHASHSEED"),
    *("CONDA_PREFIX", "GDAL_DATA", "PROJ_DATA", "PROJ_LIB"),  # conda's libraries look there
)
"""What is passed on: where programs lie, language, time zone."""

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "GDAL_NUM_THREADS"), "1"
)
"""A process with more threads cannot be forked safely."""


def clean_environment(keep: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables to start the process with from which submissions are forked.

    An allow-list: tokens and passwords of whoever grades are not on it. Emptying `os.environ`
    later is not enough: a process keeps what it was started with in its memory, and passes it on
    when it forks.

    Args:
        keep: Variables to add, such as those of the offline services.
    """
    passed_on = {name: os.environ[name] for name in HARMLESS if name in os.environ}
    return {**passed_on, **ONE_THREAD, "MPLBACKEND": "agg", **(keep or {})}


def home_in(folder: Path) -> dict[str, str]:
    """Variables that have every library keep its files in ``folder``, the only place to write."""
    names = ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return dict.fromkeys((*names, "XDG_DATA_HOME", "JUPYTER_CONFIG_DIR"), str(folder))
