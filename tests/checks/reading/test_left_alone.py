"""A check changes nothing of the learner's: no figure, no array, no frame, no map, no iterator."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import folium
import matplotlib.pyplot as plt
import numpy as np
import pytest
import rasterio
import shapely

from autograder.checks.exercises import MODULES
from tests.checks.reading.harmless import judged, names_of, workspace
from tests.checks.reading.hostile import frame


@pytest.fixture(autouse=True)
def _figures_closed() -> Iterator[None]:
    yield
    plt.close("all")


def state(figure: Any) -> list[Any]:
    """All that is stored in a figure's artists, as text, and what comes of it."""
    plain = (int, float, bool, str, type(None), dict, np.ndarray, np.ma.MaskedArray)
    stored = [
        {name: str(value) for name, value in vars(artist).items() if type(value) in plain}
        for artist in figure.findobj()
    ]
    boxes = [
        [ax._viewLim.extents.tolist(), ax._position.extents.tolist(), ax._stale_viewlims.copy()]
        for ax in figure.axes
    ]
    norms = [
        (c.norm.vmin, c.norm.vmax) for ax in figure.axes for c in [*ax.images, *ax.collections]
    ]
    return [stored, boxes, norms]


def drawn_and_not() -> dict[str, Any]:
    """Pictures, some of which matplotlib has not finished: limits and norms are still open."""
    figure, (left, right) = plt.subplots(1, 2)
    image = left.imshow(np.random.default_rng(1).random((20, 20)), origin="lower")
    image.norm.vmin = None
    mesh = right.pcolormesh(np.arange(400.0).reshape(20, 20), norm="log")
    figure.colorbar(mesh)
    return {"fig": figure, "axes": [left, right], "ax": left, "im": image}


def results() -> dict[str, Any]:
    """Objects as exercises ask for them."""
    rgb = np.ma.masked_less(np.random.default_rng(1).random((20, 20, 3)), 0.1)
    box = shapely.box(0, 0, 200, 200)
    table = frame([box], NUTS_ID=["FRJ27"])
    chart = folium.Map([48, 4])
    folium.raster_layers.ImageOverlay(rgb.filled(0), [[47, 3], [49, 5]]).add_to(chart)
    return {
        **dict.fromkeys(["rgb", "rgb_data", "fc", "ndvi", "red", "nir", "img_array"], rgb),
        **dict.fromkeys(["gdf", "gdf_wgs84", "nuts", "tile_gdf", "joined"], table),
        "tile_geom": box,
        "tile_bounds": [0, 0, 200, 200],
        "tile_crs": rasterio.crs.CRS.from_epsg(3035),
        "results": {"features": [{"id": "a"}]},
        "local_path": Path("label.npy"),
        "m": chart,
    }


@pytest.mark.parametrize("number", MODULES)
def test_no_result_is_changed(number: int, tmp_path: Path) -> None:
    values, pictures = results(), drawn_and_not()
    before = {name: pickle.dumps(value) for name, value in values.items()}
    picture = state(pictures["fig"])
    for _ in range(2):
        judged(workspace(number, values | pictures, folder=tmp_path))
    assert {name: pickle.dumps(value) for name, value in values.items()} == before
    assert state(pictures["fig"]) == picture
    assert pictures["im"].norm.vmin is None


def test_a_generator_is_not_used_up() -> None:
    numbers = iter(range(4))
    names = dict.fromkeys(["tile_bounds", "area_km2", "west", "m", "rgb", "fig"], numbers)
    for number in MODULES:
        judged(workspace(number, names))
    assert list(numbers) == [0, 1, 2, 3]


def test_a_learner_may_have_numpy_raise_on_every_division() -> None:
    with np.errstate(all="raise"):
        for number in MODULES:
            names = dict.fromkeys(names_of(number), np.full((250, 250, 3), np.nan))
            assert not judged(workspace(number, names)).passed
