"""What a process imports and reads before others that serve the same world are forked from it."""

from importlib import import_module

from autograder.patches import World
from autograder.services.http.certificates import Authority
from autograder.services.public.public_files import PublicFiles
from autograder.services.sentinelhub.catalog import read_scenes
from utils.reference import BANDS

MODULES = (
    "autograder.services.sentinelhub.evalscript",
    "autograder.services.lifetime.instance",
    "autograder.services.sentinelhub.render",
    "cryptography.hazmat.backends.openssl.backend",
    "rasterio.shutil",
    "rasterio.vrt",
    "shapely.geometry",
)
"""Modules that the services import when they need them first."""


def preload(world: World) -> None:
    """Import and read what all services of a world need; forked processes share its memory.

    That is what they serve to everybody: a process that runs submitted code may hold it. Neither
    labels nor expectations are read.
    """
    for name in MODULES:
        import_module(name)
    from autograder.services.sentinelhub.engine import Engine
    from autograder.services.sentinelhub.render import read_band

    Engine("").close()  # translates QuickJS into machine code
    Authority(["localhost"])  # loads tables of characters that every other one needs too
    read_scenes(world.catalogue)
    for url in world.patches:
        PublicFiles(world).file(url)
    for position, _ in enumerate(BANDS, start=1):
        read_band(world.bulgaria, position)
