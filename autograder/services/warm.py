"""What a process may do before others that serve the same world are forked from it."""

from importlib import import_module

from autograder.patches import World
from autograder.services.catalog import read_items
from autograder.services.certificates import Authority
from autograder.services.gisco import Gisco
from autograder.services.patches import PublicObjects

MODULES = (
    "autograder.services.instance",
    "autograder.services.render",
    "rasterio.shutil",
    "rasterio.vrt",
    "shapely.geometry",
)
"""Modules that the services import when they need them first."""


def prepare(world: World) -> None:
    """Import and read what every instance of a world needs; forks share its memory.

    Only what is served to everybody stays in memory: nothing of the world's manifest, labels or
    expectations. No thread is left, and no file but the database of PROJ, which opens it anew.
    """
    for name in MODULES:
        import_module(name)
    from autograder.services.render import read_band
    from utils.reference import BANDS

    Authority(["localhost"])  # what it leaves behind are tables of letters
    read_items(world.catalogue)
    Gisco(world)
    PublicObjects(world).sizes()
    for position, _ in enumerate(BANDS, start=1):
        read_band(world.bulgaria, position)
