"""Rendering images for the Process API: resample, compute, convert, encode."""

import io
import tarfile
from collections.abc import Callable, Iterable, Iterator
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
from autograder.services.sentinelhub.evalscript import DATA_MASK, REFLECTANCE_SCALE, Output
from autograder.services.sentinelhub.process_request import ImageRequest
from autograder.services.sentinelhub.refusals import ProcessRefused
from utils.reference import BANDS

WARPED_PIXELS = 500_000
"""Pixels that are resampled at a time."""

COMPUTED_PIXELS = 50_000
"""Pixels that a script is computed for at a time: its intermediate results fit into a cache."""

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
    images = {
        name: np.zeros((output.bands, wanted.height, wanted.width), _DTYPES[output.sample_type])
        for name, output in outputs.items()
    }
    for rows, samples in _blocks(path, wanted):
        if client_left():
            raise ConnectionResetError("the client left while its image was computed")
        values = wanted.script.evaluate(samples)
        for name, output in outputs.items():
            for band, value in enumerate(values[name]):
                images[name][band, rows] = convert(value, output.sample_type)
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


def _blocks(path: Path, wanted: ImageRequest) -> Iterator[tuple[slice, dict[str, np.ndarray]]]:
    """Samples of the area, some rows at a time, in the units that the script asks for."""
    step = max(1, WARPED_PIXELS // wanted.width)
    bands = [band for band in wanted.script.inputs if band != DATA_MASK]
    with rasterio.open(path) as image:
        grid = {"src_crs": image.crs, "src_transform": image.transform}
        covering = np.ones(image.shape, np.uint16)  # 0 where there is no image
    source = np.stack([*(read_band(path, _POSITIONS[band]) for band in bands), covering])
    for start in range(0, wanted.height, step):
        rows = slice(start, min(start + step, wanted.height))
        target = np.zeros((len(source), rows.stop - start, wanted.width), source.dtype)
        place = _transform(wanted) @ Affine.translation(0, start)
        crs = f"EPSG:{wanted.area.epsg}"
        reproject(source, target, **grid, dst_transform=place, dst_crs=crs)
        *found, covered = target
        mask = (covered > 0) & wanted.has_scenes & _inside(wanted, place, covered.shape)
        yield from _parts(wanted, rows, dict(zip(bands, found, strict=True)), mask)


def _parts(
    wanted: ImageRequest, rows: slice, found: dict[str, np.ndarray], mask: np.ndarray
) -> Iterator[tuple[slice, dict[str, np.ndarray]]]:
    """Some of the rows at a time as the script sees them: 0 where `mask` is false."""
    step = max(1, COMPUTED_PIXELS // wanted.width)
    for start in range(0, len(mask), step):
        part = slice(start, min(start + step, len(mask)))
        shown = mask[part]
        samples = {
            band: np.where(shown, layer[part] / _scale(wanted, band), 0.0)
            for band, layer in found.items()
        }
        if DATA_MASK in wanted.script.inputs:
            samples[DATA_MASK] = shown.astype(np.float64)
        yield slice(rows.start + part.start, rows.start + part.stop), samples


def read_band(path: Path, position: int) -> np.ndarray:
    """A band of the image, counted from 1; not to be changed."""

    def read() -> np.ndarray:
        with rasterio.open(path) as image:
            band: np.ndarray = image.read(position)
            return band

    return cached(path, f"band {position}", read)


def _scale(wanted: ImageRequest, band: str) -> float:
    return 1.0 if wanted.script.inputs[band] == "DN" else float(REFLECTANCE_SCALE)


def _inside(wanted: ImageRequest, place: Affine, shape: tuple[int, ...]) -> Any:
    """Which pixels lie inside the outline that was asked for."""
    if wanted.area.geometry is None:
        return True
    return geometry_mask([wanted.area.geometry], shape, place, invert=True)


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
