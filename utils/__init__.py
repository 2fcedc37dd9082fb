"""What the notebooks of the course import.

Each function is short enough to be read: its file is named in the import below.
"""

from utils.labels import download_clcpluslabel
from utils.raster import tiff_to_numpy
from utils.storage import get_file_system

__all__ = ["download_clcpluslabel", "get_file_system", "tiff_to_numpy"]
