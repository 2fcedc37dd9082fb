"""What a process does before others are forked from it, and what these do first."""

import os
import signal
import tempfile
from importlib import import_module

from autograder.checks.exercises import MODULES, exercise

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that keep libraries from starting threads: a forked process has only one."""

LIBRARIES = (
    "aiobotocore.session",
    "folium.plugins",
    "geopandas",
    "pyogrio",
    "rasterio.features",
    "rasterio.mask",
    "rasterio.plot",
    "rasterio.warp",
    "requests_oauthlib",
    "s3fs",
    "autograder.grading.runner",
)
"""Modules that take long to import."""


def import_everything() -> None:
    """Import what notebooks and their judging need; the process still has one thread."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    for name in LIBRARIES:
        import_module(name)
    for number in MODULES:
        exercise(number)


def after_fork() -> None:
    """Give up what a forked process shares with its siblings without meaning to."""
    import numpy as np

    for number in (signal.SIGALRM, signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    np.random.seed()
    tempfile.tempdir = None  # it may have been asked for, in another environment
