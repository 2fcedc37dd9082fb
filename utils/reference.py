"""Facts about Sentinel-2, land cover and the services: each stands here, once.

Sources: Sentinel-2 Spectral Response Functions (ESA) for the wavelengths, the CLC+ Backbone
product user manual (Copernicus Land Monitoring Service) for classes and colours.
"""

from dataclasses import dataclass

LAEA = "EPSG:3035"
"""ETRS89 / LAEA Europe: metres, equal area. Patches, labels and NUTS outlines use it."""

WGS84 = "EPSG:4326"
"""World Geodetic System 1984: degrees of longitude and latitude."""

PIXEL_SIZE = 10
"""Edge of a pixel of a patch or label, in metres."""

TILE_PIXELS = 250
"""Pixels along the edge of a tile of the project's index."""


@dataclass(frozen=True)
class Band:
    """One band of a Sentinel-2 patch.

    Attributes:
        index: 1-based position in a patch, as rasterio counts; 0 where patches lack the band.
        name: Name as the mission writes it, e.g. ``B8A``.
        evalscript: Name in a Sentinel Hub evalscript, e.g. ``B08``.
        wavelength: Central wavelengths of Sentinel-2A and 2B in nanometres.
        resolution: Native ground sampling distance in metres.
        description: What the band sees.
    """

    index: int
    name: str
    evalscript: str
    wavelength: tuple[float, float]
    resolution: int
    description: str


SENSOR_BANDS = (
    Band(1, "B1", "B01", (442.7, 442.3), 60, "Coastal aerosol"),
    Band(2, "B2", "B02", (492.4, 492.1), 10, "Blue"),
    Band(3, "B3", "B03", (559.8, 559.0), 10, "Green"),
    Band(4, "B4", "B04", (664.6, 665.0), 10, "Red"),
    Band(5, "B5", "B05", (704.1, 703.8), 20, "Red edge"),
    Band(6, "B6", "B06", (740.5, 739.1), 20, "Red edge"),
    Band(7, "B7", "B07", (782.8, 779.7), 20, "Red edge"),
    Band(8, "B8", "B08", (832.8, 833.0), 10, "Near infrared"),
    Band(9, "B8A", "B8A", (864.7, 864.0), 20, "Narrow near infrared"),
    Band(10, "B9", "B09", (945.1, 943.2), 60, "Water vapour"),
    Band(0, "B10", "B10", (1373.5, 1376.9), 60, "Cirrus"),
    Band(11, "B11", "B11", (1613.7, 1610.4), 20, "Short-wave infrared"),
    Band(12, "B12", "B12", (2202.4, 2185.7), 20, "Short-wave infrared"),
)
"""The 13 bands of the instrument, by wavelength."""

BANDS = tuple(band for band in SENSOR_BANDS if band.index)
"""The 12 Level-2A bands of a patch (no B10: cirrus is used up by the correction)."""

NDVI_INDEX = 13
"""1-based position of the median NDVI in a patch."""

NDWI_INDEX = 14
"""1-based position of the median NDWI in a patch."""

PATCH_BANDS = 14
"""Number of layers in a patch: 12 bands, NDVI and NDWI."""


@dataclass(frozen=True)
class LandCover:
    """One class of CLC+ Backbone: code in the raster, official name and colour (#RRGGBB)."""

    code: int
    name: str
    colour: str


LAND_COVER = (
    LandCover(1, "Sealed", "#FF0000"),
    LandCover(2, "Woody needle leaved trees", "#228B22"),
    LandCover(3, "Woody broadleaved deciduous trees", "#80FF00"),
    LandCover(4, "Woody broadleaved evergreen trees", "#00FF08"),
    LandCover(5, "Low-growing woody plants", "#804000"),
    LandCover(6, "Permanent herbaceous", "#CCF24D"),
    LandCover(7, "Periodically herbaceous", "#FFFF80"),
    LandCover(8, "Lichens and mosses", "#FF80FF"),
    LandCover(9, "Non and sparsely vegetated", "#BFBFBF"),
    LandCover(10, "Water", "#0080FF"),
    LandCover(11, "Snow and ice", "#00FFFF"),
)
"""The land-cover classes proper."""

COASTAL_SEAWATER = LandCover(253, "Coastal seawater buffer", "#BFDFFF")
OUTSIDE_AREA = LandCover(254, "Outside area", "#E6E6E6")
NO_DATA = LandCover(255, "No data", "#000000")

ALL_CODES = (*LAND_COVER, COASTAL_SEAWATER, OUTSIDE_AREA, NO_DATA)
"""Every code that a CLC+ Backbone raster may hold."""

LABEL_YEARS = (2018, 2021)
"""Years for which the label service has an image server."""

LABEL_MAX_PIXELS = 4100
"""Largest width or height, in pixels, asked of the label service in one request."""

TOKEN_URL = (
    "https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token"
)
CATALOG_URL = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
PROCESS_URL = "https://sh.dataspace.copernicus.eu/api/v1/process"
LABEL_URL = (
    "https://copernicus.discomap.eea.europa.eu/arcgis/rest/services/CLC_plus/"
    "CLMS_CLCplus_RASTER_{year}_010m_eu/ImageServer/exportImage"
)
NUTS_URL = (
    "https://gisco-services.ec.europa.eu/distribution/v2/nuts/geojson/"
    "NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
S3_HOST = "minio.lab.sspcloud.fr"
KEY = "AWS_ACCESS_KEY_ID"
SECRET = "AWS_SECRET_ACCESS_KEY"
TOKEN = "AWS_SESSION_TOKEN"
"""Variables in which the SSP Cloud puts the credentials for the object storage."""

PROJECT_BUCKET = "projet-hackathon-ntts-2025"
PATCH_KEY = "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/{nuts}/{year}/{size}/{patch}.tif"
LABEL_KEY = "data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/{nuts}/{year}/{size}/{patch}.npy"

EVENT_BUCKET = "projet-funathon"
EVENT_PATCH_KEY = "2026/project3/data/images/{nuts}/{year}/{patch}.tif"
EVENT_LABEL_KEY = "2026/project3/data/labels/{nuts}/{year}/{patch}.npy"
"""Where an event of 2026 kept its copy of patches and labels; all of them have one size."""

INDEX_NAME = "filename2bbox.parquet"
"""Beside the images of a region and year: `filename`, and `bbox`, four floats in EPSG:3035."""

GEOCODER_URL = "https://nominatim.openstreetmap.org/search"
"""Nominatim, the search of OpenStreetMap: from the name of a place to its coordinates."""

BULGARIA = (22.0, 41.0, 29.0, 44.5)
"""The box of the exercises on Bulgaria: west, south, east, north in degrees (EPSG:4326)."""


def patch_url(nuts: str, year: int, size: int, patch: str) -> str:
    """Public address of a patch.

    Args:
        nuts: NUTS level 3 code, e.g. ``FRJ27``.
        year: Year of the May-August median composite.
        size: Edge of the patch in pixels.
        patch: ``{xmin}_{ymin}_{part}_{counter}``: lower-left corner in EPSG:3035 metres, part of
            the region's polygon, counter of the tile.
    """
    key = PATCH_KEY.format(nuts=nuts, year=year, size=size, patch=patch)
    return f"https://{S3_HOST}/{PROJECT_BUCKET}/{key}"


PRACTICE_PATCH_URL = patch_url("FRJ27", 2018, 250, "3649890_2331750_0_937")
"""The patch that the notebooks open."""
