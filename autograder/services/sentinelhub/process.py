"""The Process API of Sentinel Hub: reads a request, and refuses what the real service refuses."""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from autograder.patches import World
from autograder.services.http.request_response import Request, Response, is_number
from autograder.services.sentinelhub.catalog import (
    COLLECTION,
    NOT_AUTHORIZED,
    OTHER_COLLECTIONS,
    Catalog,
    read_interval,
)
from autograder.services.sentinelhub.process_request import Area, ImageRequest, read_area
from autograder.services.sentinelhub.refusals import ProcessRefused
from autograder.services.sentinelhub.token import Tokens

LARGEST_SIZE = 2500
"""Largest width and height of an image in pixels."""

DEFAULT_SIZE = 256
"""Width and height in pixels where neither size nor resolution is given."""

LARGEST_PIXEL = 1500.0
"""Largest edge of a pixel, in metres, that the collection is served at."""

FORMATS = ("image/tiff", "image/png", "image/jpeg")
ORDERS = ("mostRecent", "leastRecent", "leastCC")
RESAMPLINGS = ("NEAREST", "BILINEAR", "BICUBIC")
"""What a request may name. It changes nothing: offline there is one image, whose nearest pixels
are taken."""

KEPT = 4
"""Images that are kept for who asks for the same again: computing one takes a third of a second."""

LARGEST_KEPT = 2_000_000
"""Bytes of the largest image that is kept."""


class Process:
    """Answers with images of one world.

    Args:
        world: Holds the image of Bulgaria.
        catalog: Says which scenes there are.
        tokens: Says who may ask.
    """

    def __init__(self, world: World, catalog: Catalog, tokens: Tokens) -> None:
        self._world = world
        self._catalog = catalog
        self._tokens = tokens
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[bytes, dict[str, str]]] = {}

    def answer(self, request: Request) -> Response:
        """Answer a request to the process address.

        Raises:
            ProcessRefused: It is not authorized, a field is missing or wrong, or the script fails.
            ConnectionError: Nobody waits for the image any more.
        """
        if request.method != "POST":
            code = "COMMON_METHOD_NOT_ALLOWED"
            raise ProcessRefused("Method Not Allowed", status=405, code=code)
        if not self._tokens.admit(request):
            raise ProcessRefused(NOT_AUTHORIZED, status=401, code="COMMON_UNAUTHORIZED")
        wanted = self._read(_read_body(request), request.headers.get("Accept", ""))
        content, headers = self._image(wanted, request.client_left)
        return Response(200, content, dict(headers))

    def _image(
        self, wanted: ImageRequest, client_left: Callable[[], bool]
    ) -> tuple[bytes, dict[str, str]]:
        """An image and the headers of its answer: the one that was made before, or a new one."""
        from autograder.services.sentinelhub.bands_shown import HEADER, bands_shown
        from autograder.services.sentinelhub.render import render

        key = "" if wanted.area.geometry is not None else repr(wanted)
        with self._lock:
            image = self._kept.pop(key, None)
        if image is None:
            content, content_type = render(self._world.bulgaria, wanted, client_left)
            shown = ", ".join(bands_shown(wanted.script, next(iter(wanted.formats))))
            image = content, {"Content-Type": content_type, HEADER: shown}
        if len(image[0]) <= LARGEST_KEPT and wanted.area.geometry is None:
            with self._lock:
                self._kept[key] = image  # the last one asked for is the last to go
                if len(self._kept) > KEPT:
                    del self._kept[next(iter(self._kept))]
        return image

    def _read(self, body: dict[str, Any], accept: str) -> ImageRequest:
        """Check the request, field by field."""
        source = _section(body, "input")
        area = read_area(_section(source, "bounds", "input->bounds"))
        has_scenes = self._read_data(source.get("data"), area)
        output = body.get("output") or {}
        if not isinstance(output, dict):
            raise ProcessRefused("Cannot parse output.", "output")
        width, height = _read_size(output, area)
        _check_resolution(area, width, height)
        evalscript = body.get("evalscript")
        if not isinstance(evalscript, str) or not evalscript.strip():
            raise ProcessRefused("Parameter `evalscript` is required.", "evalscript")
        from autograder.services.sentinelhub.evalscript import read_script

        script = read_script(evalscript)
        formats = _read_responses(output.get("responses"), accept)
        for name in formats:
            if name not in script.outputs:
                raise ProcessRefused(
                    f"Output {name} requested but missing from function setup()",
                    "output->responses",
                )
        return ImageRequest(area, width, height, script, formats, has_scenes)

    def _read_data(self, data: Any, area: Area) -> bool:
        """Check the data section; whether any scene meets its conditions."""
        if not isinstance(data, list) or not data or not isinstance(data[0], dict):
            raise ProcessRefused("Parameter `input->data` must not be empty.", "input->data")
        if len(data) > 1:
            raise ProcessRefused(
                "Offline only one entry of `input->data` is served.", "input->data"
            )
        kind = data[0].get("type")
        if kind in OTHER_COLLECTIONS:
            raise ProcessRefused(
                f"Illegal collection: offline only {COLLECTION} is served.", "input->data[0]->type"
            )
        if kind != COLLECTION:
            raise ProcessRefused("Illegal collection", "input->data[0]->type")
        _check_processing(data[0].get("processing"))
        conditions = data[0].get("dataFilter") or {}
        if not isinstance(conditions, dict):
            raise ProcessRefused("Cannot parse dataFilter.", "input->data[0]->dataFilter")
        start, stop = _read_time_range(conditions.get("timeRange"))
        cloud = conditions.get("maxCloudCoverage", 100)
        if not is_number(cloud) or not 0 <= cloud <= 100:
            raise ProcessRefused(
                "Parameter `maxCloudCoverage` must be a number from 0 to 100.",
                "input->data[0]->dataFilter->maxCloudCoverage",
            )
        if conditions.get("mosaickingOrder", ORDERS[0]) not in ORDERS:
            raise ProcessRefused(
                f"Parameter `mosaickingOrder` must be one of {', '.join(ORDERS)}.",
                "input->data[0]->dataFilter->mosaickingOrder",
            )
        scenes = self._catalog.scenes(start, stop, area.outline())
        return any(scene.cloud_cover <= cloud for scene in scenes)


def _read_body(request: Request) -> dict[str, Any]:
    if not request.body:
        raise ProcessRefused("Request body should be non-empty.")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise ProcessRefused("Cannot parse request body.")
    return body


def _section(content: dict[str, Any], name: str, path: str | None = None) -> dict[str, Any]:
    section = content.get(name)
    if not isinstance(section, dict):
        raise ProcessRefused(f"Parameter `{path or name}` is required.", path or name)
    return section


def _check_processing(processing: Any) -> None:
    options = processing or {}
    known = isinstance(options, dict) and all(
        options.get(name, RESAMPLINGS[0]) in RESAMPLINGS for name in ("upsampling", "downsampling")
    )
    if not known:
        raise ProcessRefused(
            f"Resampling must be one of {', '.join(RESAMPLINGS)}.", "input->data[0]->processing"
        )


def _read_time_range(content: Any) -> tuple[datetime, datetime]:
    """First and last moment; a missing one is unbounded."""
    fields = {} if content is None else content
    ends = [fields.get("from", ".."), fields.get("to", "..")] if isinstance(fields, dict) else []
    readable = bool(ends) and all(isinstance(end, str) and "/" not in end for end in ends)
    interval = read_interval("/".join(ends)) if readable else None
    if interval is None:
        raise ProcessRefused(
            "Parameter `timeRange` must have `from` and `to`, in this order, as dates with time"
            " zone (2021-06-01T00:00:00Z).",
            "input->data[0]->dataFilter->timeRange",
        )
    return interval


def _read_size(output: dict[str, Any], area: Area) -> tuple[int, int]:
    """Width and height in pixels, given or calculated from the resolution."""
    given = {name: value for name, value in output.items() if value is not None}
    by_size, by_resolution = given.keys() & {"width", "height"}, given.keys() & {"resx", "resy"}
    if by_size and by_resolution:
        raise ProcessRefused(
            "Only width and height or resx and resy can be set at the same time.", "output"
        )
    if not by_resolution:
        width, height = (given.get(name, DEFAULT_SIZE) for name in ("width", "height"))
        return _check_size("width", width), _check_size("height", height)
    resx, resy = (given.get(name, given[min(by_resolution)]) for name in ("resx", "resy"))
    return (
        _check_size("width", _pixels("resx", resx, area.width), "resx"),
        _check_size("height", _pixels("resy", resy, area.height), "resy"),
    )


def _pixels(name: str, resolution: Any, extent: float) -> int:
    """How many pixels of a resolution an extent holds, at least 1."""
    if not is_number(resolution) or resolution <= 0:
        raise ProcessRefused(f"Parameter `{name}` must be a positive number.", f"output->{name}")
    return max(1, round(min(extent / resolution, 1e12)))


def _check_size(name: str, pixels: Any, calculated_from: str | None = None) -> int:
    parameter = f"output->{calculated_from or name}"
    if not is_number(pixels) or pixels != int(pixels) or pixels < 1:
        raise ProcessRefused(f"Parameter `{name}` must be a whole number from 1 on.", parameter)
    if pixels > LARGEST_SIZE:
        how = f", calculated from {calculated_from}," if calculated_from else ""
        raise ProcessRefused(
            f"`{name} = {int(pixels)}`{how} is larger than allowed {LARGEST_SIZE}.", parameter
        )
    return int(pixels)


def _check_resolution(area: Area, width: int, height: int) -> None:
    across, up = area.size_in_metres()
    largest = max(across / width, up / height)
    if largest > LARGEST_PIXEL:
        raise ProcessRefused(
            f"Your request of {largest:.2f} meters per pixel exceeds the limit"
            f" {LARGEST_PIXEL:.2f} meters per pixel of the collection S2L2A. Please revise the"
            " resolution (or corresponding width/height) to make sure it is in supported range.",
            code="COMMON_EXCEPTION",
        )


def _accepted(accept: str) -> str:
    """The format that an ``Accept`` header names first, where the body names none."""
    names = (name.partition(";")[0].strip().lower() for name in accept.split(","))
    return next((name for name in names if name in FORMATS), "image/png")


def _read_responses(content: Any, accept: str) -> dict[str, str]:
    """Format of each output that is asked for."""
    if not content:
        return {"default": _accepted(accept)}
    formats: dict[str, str] = {}
    for item in content if isinstance(content, list) else [None]:
        kind = item.get("format", {"type": "image/png"}) if isinstance(item, dict) else None
        name = item.get("identifier", "default") if isinstance(item, dict) else None
        media = kind.get("type") if isinstance(kind, dict) else None
        if media not in FORMATS or not isinstance(name, str):
            raise ProcessRefused(
                f"Format type {media} is not supported. Offline: {', '.join(FORMATS)}.",
                "output->responses->format->type",
            )
        formats[name] = media
    return formats
