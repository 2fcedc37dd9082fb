"""From the name of a place to the satellite image that shows it: geocoder, index, regions."""

from __future__ import annotations

import io
import json
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from utils.download import read
from utils.errors import CourseError
from utils.reference import EVENT_BUCKET, EVENT_PATCH_KEY, GEOCODER_URL, INDEX_NAME, S3_HOST

if TYPE_CHECKING:
    import pandas as pd

USER_AGENT = "satellite-course-notebook (a course on satellite data)"
"""Nominatim asks each program to say who it is."""

PAUSE = 1.0
"""Seconds between two requests, as Nominatim's usage policy asks."""

TAKE_ANOTHER = "Take a region and a year that has images: `regions_with_images(2021)` lists them"

_known: dict[str, dict[str, Any]] = {}
"""Answers by name, so that the same place is asked for once."""

_asked = -PAUSE
"""When the geocoder was last asked, by the clock of `monotonic`."""


def find_place(name: str) -> dict[str, Any]:
    """Ask Nominatim, the search of OpenStreetMap, where a place lies.

    The answer is remembered, and at most one request is sent in a second.

    Args:
        name: The place, as in ``"Albi"`` or ``"Albi, France"``.

    Returns:
        What the service answers, as it is: `lat` and `lon` in degrees (EPSG:4326), **as text**,
        `display_name`, and `boundingbox` (south, north, west, east, as text).

    Raises:
        CourseError: There is no such place, or the service did not answer.
    """
    global _asked
    if not isinstance(name, str) or not name.strip():
        raise CourseError(f"The name of the place is {name!r}", "A name", 'Try "Albi"')
    if name not in _known:
        sleep(max(0.0, _asked + PAUSE - monotonic()))
        _asked = monotonic()
        question = {"q": name, "format": "json", "limit": "1"}
        answer = read(GEOCODER_URL, question, "the place", USER_AGENT)
        try:
            found = [dict(place) for place in json.loads(answer)]
        except (ValueError, TypeError) as error:
            raise CourseError(
                "The service did not send a list of places", todo="Run the cell again later"
            ) from error
        if not found:
            raise CourseError(
                f"The geocoder knows no place {name!r}",
                todo="Check the spelling, or take a larger place near it. Offline some forty"
                " places in Tarn, around it and in Luxembourg are known, such as Albi or Wiltz",
            )
        _known[name] = found[0]
    return dict(_known[name])


def regions_with_images(year: int) -> list[str]:
    """NUTS 3 codes of the regions for which the project has images of a year.

    Raises:
        CourseError: The object storage did not answer, or lists no images.
    """
    from utils.storage import get_file_system

    files = get_file_system()
    images = f"{EVENT_BUCKET}/{EVENT_PATCH_KEY.partition('/{')[0]}"
    try:
        codes = [folder.rpartition("/")[2] for folder in files.ls(images)]
    except FileNotFoundError as error:  # a network that asks to log in answers so as well
        raise CourseError(
            f"The object storage lists nothing at {images}", todo="Check your connection"
        ) from error
    return [code for code in codes if files.exists(f"{images}/{code}/{year}/{INDEX_NAME}")]


def read_index(nuts: str, year: int) -> pd.DataFrame:
    """Read the index of a region's tiles.

    Args:
        nuts: NUTS 3 code, as in ``"FRJ27"``.
        year: Year of the images.

    Returns:
        A row a tile: `filename`, and `bbox`, a list of xmin, ymin, xmax, ymax in EPSG:3035.

    Raises:
        CourseError: There are no images of this region and year, or nothing answered.
    """
    import pandas as pd

    name = f"the index of {nuts} in {year}"
    content = read(tile_url(nuts, year, INDEX_NAME), {}, name, USER_AGENT, TAKE_ANOTHER)
    try:
        return pd.read_parquet(io.BytesIO(content))
    except (ValueError, OSError) as error:  # pyarrow's, of what is no parquet file
        raise CourseError(
            f"The service did not send {name} but {content[:60]!r}",
            todo="Run the cell again in a few minutes",
        ) from error


def tile_url(nuts: str, year: int, filename: str) -> str:
    """Address of a tile of the index.

    Args:
        nuts: NUTS 3 code.
        year: Year of the images.
        filename: Its name in the index, with ``.tif``.
    """
    key = EVENT_PATCH_KEY.format(nuts=nuts, year=year, patch="")
    return f"https://{S3_HOST}/{EVENT_BUCKET}/{key.removesuffix('.tif')}{filename}"
