"""The patch that was graded on, described in words and as a picture, for feedback and report."""

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from PIL import Image
from rasterio.warp import transform

from autograder.patches import PRACTICE, World
from autograder.patches.draw_footprint import read_regions
from utils.reference import ALL_CODES, LAEA, PIXEL_SIZE, PRACTICE_PATCH_URL, WGS84

GAP = 12
"""White pixels between image and labels."""

COLOURS = 40
"""Colours of the image: enough to recognise the place; few, as it is in every graded notebook."""


@dataclass(frozen=True)
class Description:
    """The patch of a grading world in words that do not give its seed away.

    Attributes:
        width: In pixels.
        height: In pixels.
        place: Regions, latitude and longitude of the middle (WGS 84), in words.
        picture: PNG with the image in true colour, and its labels beside it.
        alternative: The picture in words.
    """

    width: int
    height: int
    place: str
    picture: bytes
    alternative: str

    @property
    def sentence(self) -> str:
        """A sentence that another patch was used, and which."""
        return (
            "Your notebooks were graded on another patch than the one you worked on: "
            f"{self.width} × {self.height} pixels, {self.place}. "
            "Answers that were computed are right on any patch."
        )

    @property
    def for_instructors(self) -> str:
        """The same for who grades."""
        return (
            "All were graded on a patch that no learner has worked on: "
            f"{self.width} × {self.height} pixels, {self.place}. "
            "Answers that were computed are right on any patch; typed-in ones are not."
        )


def describe(folder: Path) -> Description:
    """Describe the patch of a world.

    Args:
        folder: Folder of the world.
    """
    world = World.load(folder)
    path = world.patches[PRACTICE_PATCH_URL]
    with rasterio.open(path) as image:
        bands, bounds = image.read([4, 3, 2]), tuple(image.bounds)
    labels = next(file for file in world.labels[2018] if file.stem == path.stem)
    with rasterio.open(labels) as image:
        codes = image.read(1)
    regions = _regions(world, bounds)
    height, width = codes.shape
    return Description(
        width,
        height,
        _place(bounds, regions),
        _picture(bands, codes),
        f"Two pictures of the same landscape of {width * PIXEL_SIZE / 1000:.1f} by "
        f"{height * PIXEL_SIZE / 1000:.1f} km. Left, the satellite image in true colour. Right, "
        f"its land-cover labels: {_shares(codes)}.",
    )


def preface_cells(folder: Path) -> list[dict[str, Any]]:
    """Cells for the top of graded notebooks, as plain json; none for the practice patch.

    Args:
        folder: Folder of the world.
    """
    if World.load(folder).name == World.load(PRACTICE).name:
        return []
    patch = describe(folder)
    png = base64.b64encode(patch.picture).decode()
    # An output, because these become html fastest; html exports look for the words in "alt".
    picture = new_output(
        "display_data",
        {"image/png": png, "text/plain": patch.alternative},
        metadata={"image/png": {"alt": patch.alternative}},
    )
    cells = (
        new_markdown_cell(patch.sentence, id="grading-patch"),
        new_code_cell("# The patch that counted", id="grading-picture", outputs=[picture]),
    )
    return [json.loads(json.dumps(cell)) for cell in cells]


def _regions(world: World, bounds: Sequence[float]) -> list[str]:
    """Names of the regions that the patch touches, the one with the larger share first."""
    tile = shapely.box(*bounds)
    shares = {
        name: shapely.intersection(outline, tile).area
        for name, outline in read_regions(world.nuts, "NUTS_NAME").items()
    }
    return sorted((name for name in shares if shares[name]), key=lambda name: -shares[name])


def _place(bounds: Sequence[float], regions: list[str]) -> str:
    left, bottom, right, top = bounds
    (east,), (north,) = transform(LAEA, WGS84, [(left + right) / 2], [(bottom + top) / 2])
    names = f"{', '.join(regions[:-1])} and {regions[-1]}" if len(regions) > 1 else regions[0]
    border = "on the border of " if len(regions) > 1 else "in "
    return f"{border}{names} (about {north:.1f}° N, {east:.1f}° E)"


def _picture(bands: np.ndarray, codes: np.ndarray) -> bytes:
    scaled = np.clip(np.nan_to_num(bands / np.percentile(bands, 98)), 0, 1)
    image = Image.fromarray((255 * scaled).astype(np.uint8).transpose(1, 2, 0))
    image = image.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    palette = np.full((256, 3), 255, np.uint8)
    for cover in ALL_CODES:
        palette[cover.code] = list(bytes.fromhex(cover.colour[1:]))
    both = Image.new("RGB", (2 * image.width + GAP, image.height), "white")
    both.paste(image, (0, 0))
    both.paste(Image.fromarray(palette[codes]), (image.width + GAP, 0))
    buffer = io.BytesIO()
    # No further colours are lost: the image has `COLOURS`, the labels have fifteen.
    both.quantize(256, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _shares(codes: np.ndarray) -> str:
    """The largest classes with their shares."""
    shares = {cover.name: float(np.mean(codes == cover.code)) for cover in ALL_CODES}
    largest = sorted(shares, key=lambda name: -shares[name])[:4]
    return ", ".join(f"{name.lower()} {shares[name]:.0%}" for name in largest)
