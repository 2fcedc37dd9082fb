"""What the notebooks of the course import.

Each function is short enough to be read: its file is named in the import below.
"""

from utils.labels import download_clcpluslabel
from utils.places import find_place, read_index, regions_with_images, tile_url
from utils.raster import tiff_to_numpy
from utils.storage import get_file_system

__all__ = [
    "download_clcpluslabel",
    "find_place",
    "get_file_system",
    "read_index",
    "regions_with_images",
    "tiff_to_numpy",
    "tile_url",
]
