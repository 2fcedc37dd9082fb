"""Rendering images for the Process API: resample, compute, convert, encode."""

import io
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from rasterio.features import geometry_mask
from rasterio.io import MemoryFile
from rasterio.transform import from_bounds
from rasterio.warp import reproject

from autograder.services.cache import cached
from autograder.services.sentinelhub.evalscript import (
    DATA_MASK,
    REFLECTANCE_SCALE,
    SCENE,
    Output,
)
from autograder.services.sentinelhub.process_request import ImageRequest
from autograder.services.sentinelhub.refusals import ProcessRefused
from utils.reference import BANDS

COMPUTED_PIXELS = 5_000
"""Pixels that a script is computed for at a time, so that it holds few of them."""

PIXELS_AT_ONCE = 500_000
"""Pixels of the answer that are worked on at a time."""

LARGEST_ANSWER = 100_000_000
"""Bytes of all images of one answer, before compression."""

_DTYPES = {
    "AUTO": "uint8",
    "UINT8": "uint8",
    "UINT16": "uint16",
    "INT8": "int8",
    "INT16": "int16",
    "FLOAT32": "float32",
}
_DRIVERS = {"image/tiff": "GTiff", "image/png": "PNG", "image/jpeg": "JPEG"}
_EXTENSIONS = {"image/tiff": "tif", "image/png": "png", "image/jpeg": "jpg"}
_DTYPES_OF = {"image/png": ("uint8", "uint16"), "image/jpeg": ("uint8",)}
_BANDS_OF = {"image/png": (1, 2, 3, 4), "image/jpeg": (1, 3)}
_POSITIONS = {band.evalscript: position for position, band in enumerate(BANDS, start=1)}


def render(path: Path, wanted: ImageRequest, client_left: Callable[[], bool]) -> tuple[bytes, str]:
    """The image that is asked for, or a tar archive of several, and its media type.

    Args:
        path: 12 Level-2A bands in the order of `utils.reference.BANDS`, uint16 digital numbers.
        wanted: What is asked for.
        client_left: Says whether nobody waits for the image any more.

    Raises:
        ProcessRefused: The format cannot hold the image, or it would be too large.
        ScriptRefused: The evalscript fails.
        ConnectionError: Nobody waits any more.
    """
    outputs = {name: wanted.script.outputs[name] for name in wanted.formats}
    for name, media in wanted.formats.items():
        _check_format(media, outputs[name])
    _check_size(wanted, outputs.values())
    places = _places(path, wanted)
    shown = _occurring(places)
    seen = np.flatnonzero(shown)
    images = {
        name: np.zeros((output.bands, len(seen)), _DTYPES[output.sample_type])
        for name, output in outputs.items()
    }
    parts = [slice(n, n + COMPUTED_PIXELS) for n in range(0, len(seen), COMPUTED_PIXELS)]
    samples = (_samples(path, wanted, seen[part]) for part in parts)
    for part, values in zip(parts, wanted.script.evaluate(samples), strict=True):
        if client_left():
            raise ConnectionResetError("the client left while its image was computed")
        for name, output in outputs.items():
            images[name][:, part] = convert(values[name], output.sample_type)
    order = np.cumsum(shown) - 1
    images = {name: _spread(image, order, places) for name, image in images.items()}
    del places  # which may be large, like the images
    files = {
        name: _encode(images.pop(name), media, wanted) for name, media in wanted.formats.items()
    }
    if len(files) == 1:
        name = next(iter(files))
        return files[name], wanted.formats[name]
    return _archive({f"{n}.{_EXTENSIONS[wanted.formats[n]]}": c for n, c in files.items()}), (
        "application/tar"
    )


def convert(values: np.ndarray, sample_type: str) -> np.ndarray:
    """Values as the sample type stores them: integers are rounded and clamped, NaN becomes 0.

    ``AUTO`` spreads 0 to 1 over 0 to 255.
    """
    if sample_type == "FLOAT32":
        return values.astype(np.float32)
    limits = np.iinfo(_DTYPES[sample_type])
    rounded = np.floor((values * 255 if sample_type == "AUTO" else values) + 0.5)
    rounded[np.isnan(rounded)] = 0
    return np.clip(rounded, limits.min, limits.max, out=rounded).astype(limits.dtype)


def _check_format(media: str, output: Output) -> None:
    dtypes, bands = _DTYPES_OF.get(media), _BANDS_OF.get(media)
    if dtypes and _DTYPES[output.sample_type] not in dtypes:
        raise ProcessRefused(
            f"Format {media} does not support sampleType {output.sample_type}.",
            "output->responses->format->type",
        )
    if bands and output.bands not in bands:
        raise ProcessRefused(
            f"Format {media} does not support {output.bands} bands.",
            "output->responses->format->type",
        )


def _check_size(wanted: ImageRequest, outputs: Iterable[Output]) -> None:
    pixel = sum(output.bands * np.dtype(_DTYPES[output.sample_type]).itemsize for output in outputs)
    if wanted.width * wanted.height * pixel > LARGEST_ANSWER:
        raise ProcessRefused(
            f"An image of {wanted.width} x {wanted.height} pixels with {pixel} bytes each is larger"
            f" than the {LARGEST_ANSWER // 1_000_000} MB that are served offline.",
            "output",
        )


def _transform(wanted: ImageRequest) -> Affine:
    return from_bounds(*wanted.area.bounds, wanted.width, wanted.height)


def _places(path: Path, wanted: ImageRequest) -> np.ndarray:
    """Which pixel of the image each pixel of the area shows, counted from 1; 0 where none.

    The nearest is shown. So a script is computed once for each pixel of the image, however many
    pixels are asked for.
    """
    place = _transform(wanted)
    shown = np.zeros((wanted.height, wanted.width), np.int32)
    if not wanted.has_scenes:
        return shown
    with rasterio.open(path) as image:
        numbers = np.arange(1, image.width * image.height + 1, dtype=np.int32)
        grid = {"src_crs": image.crs, "src_transform": image.transform}
        grid |= {"dst_crs": f"EPSG:{wanted.area.epsg}"}
    step = max(1, PIXELS_AT_ONCE // wanted.width)
    for start in range(0, wanted.height, step):
        reproject(
            numbers.reshape(image.shape),
            shown[start : start + step],
            dst_transform=place @ Affine.translation(0, start),
            **grid,
        )
    if wanted.area.geometry is not None:
        shown[geometry_mask([wanted.area.geometry], shown.shape, place)] = 0
    return shown


def _occurring(places: np.ndarray) -> np.ndarray:
    """Whether each number up to the largest occurs."""
    found = np.zeros(int(places.max()) + 1, bool)
    for row in places:  # all at once would take eight bytes a pixel
        found[row] = True
    return found


def _spread(values: np.ndarray, order: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The image of values (bands, pixels that are shown), some rows at a time.

    Args:
        values: The values.
        order: Where each pixel of the source stands among them.
        places: Which pixel of the source each pixel of the image shows.
    """
    image = np.empty((len(values), *places.shape), values.dtype)
    step = max(1, PIXELS_AT_ONCE // places.shape[1])
    for start in range(0, len(places), step):
        rows = slice(start, start + step)
        image[:, rows] = values[:, order[places[rows]]]
    return image


def _samples(path: Path, wanted: ImageRequest, places: np.ndarray) -> dict[str, np.ndarray]:
    """What a script sees at some pixels of the image: 0 at those numbered 0."""
    covered = places > 0

    def reflectance(band: str) -> np.ndarray:
        layer = read_band(path, _POSITIONS[band]).ravel()
        return np.where(covered, layer[places - 1] / REFLECTANCE_SCALE, 0.0)

    samples: dict[str, np.ndarray] = {}
    for band, units in wanted.script.inputs.items():
        if band in _POSITIONS:
            scale = REFLECTANCE_SCALE if units == "DN" else 1
            samples[band] = reflectance(band) * scale
        elif band == SCENE:
            samples[band] = _classified(*map(reflectance, ("B03", "B04", "B08"))) * covered
        else:
            samples[band] = (covered if band == DATA_MASK else np.zeros(covered.shape)) + 0.0
    return samples


def _classified(green: np.ndarray, red: np.ndarray, infrared: np.ndarray) -> np.ndarray:
    """Classes as the scene classification numbers them: 4 plants, 5 bare ground, 6 water."""
    return np.where(infrared < green, 6.0, np.where(infrared > 2 * red, 4.0, 5.0))


def read_band(path: Path, position: int) -> np.ndarray:
    """A band of the image, counted from 1; not to be changed."""

    def read() -> np.ndarray:
        with rasterio.open(path) as image:
            band: np.ndarray = image.read(position)
            return band

    return cached(path, f"band {position}", read)


def _encode(image: np.ndarray, media: str, wanted: ImageRequest) -> bytes:
    """The image as a file of a media type; only a GeoTIFF says where it lies."""
    bands, height, width = image.shape
    profile: dict[str, Any] = {"count": bands, "height": height, "width": width}
    profile |= {"driver": _DRIVERS[media], "dtype": image.dtype.name}
    profile |= {"crs": f"EPSG:{wanted.area.epsg}", "transform": _transform(wanted)}
    if media == "image/tiff":
        profile |= {"interleave": "pixel"}
    with MemoryFile() as memory:
        with memory.open(**profile) as target:
            target.write(image)
        del image  # which may be large
        return bytes(memory.read())


def _archive(files: dict[str, bytes]) -> bytes:
    """Files in one tar archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()
