"""What a process does before it forks others, and what these do first.

A forked process shares open files, and the position in them, with its parent. PROJ's database and
fonts are such files; PROJ and matplotlib open them anew in a forked process.
"""

import os
import signal
import tempfile
from importlib import import_module

from autograder.surroundings import ONE_THREAD

LIBRARIES = (
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.crashhandler",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "aiobotocore.session",
    "folium.plugins",
    "geopandas",
    "matplotlib.patheffects",
    "pandas.io.formats.string",
    "pyogrio",
    "rasterio.features",
    "rasterio.mask",
    "rasterio.plot",
    "rasterio.warp",
    "requests_oauthlib",
    "s3fs",
    "autograder.grading.running.runner",
)
"""Modules that take long to import."""

PROJECTED = "EPSG:3035"
DEGREES = "EPSG:4326"


def import_everything() -> None:
    """Import what notebooks and their judging need, and use it once.

    Call it before numpy is imported: then one thread is left, and it is safe to fork.
    """
    os.environ.update(ONE_THREAD)
    for name in LIBRARIES:
        import_module(name)
    list(import_module("autograder.checks.exercises").every_exercise())
    # From Python 3.12 on asyncio writes with `sendmsg`, which submissions may not call.
    vars(import_module("asyncio.selector_events"))["_HAS_SENDMSG"] = False
    rehearse()
    import_module("autograder.grading.running.shell").bare_shell()


def rehearse() -> None:
    """Do once what fills the libraries' caches: fonts, templates, transformations, S3."""
    draw_something()
    show_something()
    find_transformations()
    import_module("utils.s3").read_description()


def draw_something() -> None:
    """Draw a figure: finds fonts, loads the backend."""
    import matplotlib
    import matplotlib.pyplot as plt

    from autograder.grading.running.figures import BACKEND, drawn_once

    matplotlib.rcdefaults()  # not the settings of the instructor's account
    matplotlib.use(BACKEND)
    figure, axes = plt.subplots(1, 2)
    axes[0].imshow([[0, 1]])
    axes[1].plot([0, 1], label="line")
    axes[1].set(title="Title", xlabel="x", ylabel="y")
    axes[1].legend()
    plt.tight_layout()
    drawn_once(figure)
    plt.close(figure)


def show_something() -> None:
    """Compile the templates of tables and maps."""
    import folium
    import numpy as np
    import pandas as pd
    from folium.raster_layers import ImageOverlay

    pd.options.display.max_columns = 20  # as pandas sets it where it is imported in a notebook
    pd.DataFrame({"a": [1.5]})._repr_html_()
    shown = folium.Map(location=[0, 0])
    ImageOverlay(np.zeros((2, 2, 3)), [[0, 0], [1, 1]]).add_to(shown)
    shown._repr_html_()


def find_transformations() -> None:
    """Have geopandas and rasterio cache the course's transformations, which PROJ finds slowly."""
    from geopandas.array import TransformerFromCRS
    from pyproj import CRS
    from rasterio.crs import CRS as RasterCRS
    from rasterio.warp import transform_bounds

    for there, back in ((PROJECTED, DEGREES), (DEGREES, PROJECTED)):
        transform_bounds(there, back, 0, 0, 1, 1)
        for known in (CRS(there), CRS(RasterCRS.from_string(there))):
            TransformerFromCRS(known, CRS(back), always_xy=True)


def after_fork() -> None:
    """Reset what a forked process must not share: signals, random numbers, temporary folder."""
    import numpy as np

    for number in (signal.SIGALRM, signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    np.random.seed()
    tempfile.tempdir = None  # found again from the new environment
