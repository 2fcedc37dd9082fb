"""What the readers see in pictures and on maps: colours and places as a person would see them."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import folium
import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from autograder.checks.reading import facts, maps, pictures
from autograder.checks.reading.workspace import Workspace

RGB = np.random.default_rng(7).random((6, 5, 3))
BAND = np.random.default_rng(8).uniform(-1, 1, (6, 5))
PROBE = np.linspace(-1, 1, 5)
STEP = 1.01 / 255


@pytest.fixture(autouse=True)
def _figures_closed() -> Iterator[None]:
    yield
    plt.close("all")


def panel(draw: Any) -> pictures.Panel:
    """The panel of a figure on which ``draw`` drew."""
    figure, ax = plt.subplots()
    draw(ax)
    return pictures.panels(figure, PROBE)[0]


def screen(draw: Any) -> np.ndarray:
    """What matplotlib paints, one colour for each cell of a 6 × 5 picture."""
    figure = plt.figure(figsize=(5, 6), dpi=20)
    ax = figure.add_axes((0, 0, 1, 1))
    draw(ax)
    ax.set_axis_off()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[10::20, 10::20, :3] / 255


DRAWINGS = {
    "colours": lambda ax: ax.imshow(RGB),
    "colours with opacity": lambda ax: ax.imshow(np.dstack([RGB, RGB[..., 0]])),
    "bytes": lambda ax: ax.imshow((RGB * 255).astype(np.uint8)),
    "colours beyond 1": lambda ax: ax.imshow(RGB * 3 - 1),
    "origin below": lambda ax: ax.imshow(RGB, origin="lower"),
    "extent": lambda ax: ax.imshow(RGB, extent=(10, 20, 0, 6)),
    "extent upside down": lambda ax: ax.imshow(RGB, extent=(10, 20, 6, 0)),
    "extent from right to left": lambda ax: ax.imshow(RGB, extent=(20, 10, 0, 6)),
    "vertical axis inverted": lambda ax: (ax.imshow(RGB), ax.invert_yaxis()),
    "horizontal axis inverted": lambda ax: (ax.imshow(RGB), ax.invert_xaxis()),
    "one band": lambda ax: ax.imshow(BAND, cmap="RdYlGn", vmin=-1, vmax=1),
    "one band on its own scale": lambda ax: ax.imshow(BAND),
    "one band with masked pixels": lambda ax: ax.imshow(np.ma.masked_less(BAND, 0)),
    "one band with holes": lambda ax: ax.imshow(np.where(BAND < 0, np.nan, BAND)),
    "two slopes": lambda ax: ax.imshow(BAND, norm=matplotlib.colors.TwoSlopeNorm(0.2, -1, 1)),
    "classes": lambda ax: ax.imshow(
        (BAND * 3).astype(int),
        cmap=matplotlib.colors.ListedColormap(["red", "lime", "blue", "black"]),
        norm=matplotlib.colors.BoundaryNorm([-3, -1, 0, 2, 4], 4),
    ),
    "indices": lambda ax: ax.imshow(
        np.abs(BAND * 3).astype(np.uint8),
        cmap=matplotlib.colors.ListedColormap(["red", "lime", "blue"]),
        norm=matplotlib.colors.NoNorm(),
    ),
    "mesh": lambda ax: ax.pcolormesh(BAND),
    "mesh upside down": lambda ax: (ax.pcolormesh(BAND), ax.invert_yaxis()),
    "mesh with coordinates": lambda ax: ax.pcolormesh([0, 1, 2, 3, 4], [5, 4, 3, 2, 1, 0], BAND),
    "mesh of masked pixels": lambda ax: ax.pcolormesh(np.ma.masked_less(BAND, 0)),
    "polygons": lambda ax: ax.pcolor(BAND),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_colours_are_read_as_matplotlib_paints_them(name: str) -> None:
    def draw(ax: Any) -> None:
        DRAWINGS[name](ax)
        ax.set_aspect("auto")
        for image in ax.images:
            image.set_interpolation("nearest")

    read = panel(draw).colours
    assert read["kind"] == "array", read
    np.testing.assert_allclose(read["array"], screen(draw), atol=2 * STEP)


def test_the_numbers_of_an_image_are_turned_as_displayed() -> None:
    np.testing.assert_array_equal(panel(lambda ax: ax.imshow(BAND)).data["array"], BAND)
    mesh = panel(lambda ax: ax.pcolormesh(BAND))
    np.testing.assert_array_equal(mesh.data["array"], BAND[::-1])
    below = panel(lambda ax: ax.imshow(BAND, origin="lower"))
    np.testing.assert_array_equal(below.data["array"], BAND[::-1])


def test_the_scale_gives_colours_at_known_values() -> None:
    read = panel(lambda ax: ax.imshow(BAND, cmap="RdYlGn", vmin=-1, vmax=1)).scale
    expected = plt.get_cmap("RdYlGn")((PROBE + 1) / 2)[:, :3]
    np.testing.assert_allclose(read["array"], expected)
    assert panel(lambda ax: ax.imshow(RGB)).scale["kind"] == "missing"


def test_a_norm_of_ones_own_is_used_but_not_changed() -> None:
    class Halving(matplotlib.colors.Normalize):
        def __call__(self, value: Any, clip: bool | None = None) -> Any:
            self.vmin = -5
            return np.ma.asarray(value) / 2

    norm = Halving(0, 1)
    read = panel(lambda ax: ax.imshow(np.full((2, 2), 1.0), norm=norm, cmap="gray"))
    np.testing.assert_allclose(read.colours["array"], 0.5, atol=0.01)
    assert norm.vmin == 0


def test_panels_stand_from_left_to_right_without_colour_bars() -> None:
    figure, (right, left) = plt.subplots(1, 2)
    left.set_position((0.1, 0.1, 0.3, 0.8))
    right.set_position((0.6, 0.1, 0.3, 0.8))
    left.set_title("left")
    right.set_title("right", loc="left")
    figure.colorbar(left.imshow(BAND))
    panels = pictures.panels(figure, PROBE, wanted=2)
    assert [panel.title for panel in panels] == ["left", "right"]
    assert [panel.title for panel in pictures.panels(figure, PROBE)] == ["left"]
    assert len(pictures.colour_bars(figure, PROBE)) == 1
    assert [panel.data["kind"] for panel in panels] == ["array", "missing"]


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [(1, 1, "a single panel"), (1, 2, "side by side"), (2, 1, "one above the other")],
)
def test_the_layout_is_known_before_anything_is_drawn(rows: int, columns: int, words: str) -> None:
    figure, axes = plt.subplots(rows, columns, squeeze=False)
    figure.colorbar(axes[0, 0].imshow(BAND))
    assert pictures.layout(figure) == facts.text(words)


def test_smoothing_that_mixes_values_is_noticed() -> None:
    assert panel(lambda ax: ax.imshow(BAND, interpolation="bilinear")).blended
    assert not panel(lambda ax: ax.imshow(BAND)).blended
    assert not panel(lambda ax: ax.pcolormesh(BAND)).blended


def test_the_topmost_visible_image_counts() -> None:
    def draw(ax: Any) -> None:
        ax.imshow(np.zeros((2, 2, 3)))
        ax.imshow(RGB)
        ax.imshow(np.ones((2, 2, 3)), visible=False)

    np.testing.assert_allclose(panel(draw).colours["array"], RGB)


@pytest.mark.parametrize("form", ["figure", "axes", "array", "list", "dict", "image"])
def test_a_figure_is_found_through_anything_that_belongs_to_it(form: str) -> None:
    figure, ax = plt.subplots()
    image = ax.imshow(RGB)
    named = {"figure": figure, "axes": ax, "image": image, "list": [ax], "dict": {"A": ax}}
    value = {**named, "array": np.array([[ax]], dtype=object)}[form]
    space = Workspace(names={"axes": value}, exercise=4, made_in_unknown=True)
    assert pictures.figures_of(space, "fig", "axes") == [figure]
    assert pictures.figures_of(space, "fig") == []


# --- maps -------------------------------------------------------------------------------------

CORNERS = [[43.7, 2.1], [43.8, 2.2]]


def on_map(image: Any, bounds: Any = CORNERS, group: bool = False, **options: Any) -> Any:
    chart = folium.Map(location=[43.75, 2.15])
    layer = folium.raster_layers.ImageOverlay(image, bounds, **options)
    layer.add_to(folium.FeatureGroup().add_to(chart) if group else chart)
    return chart


def image_of(chart: Any) -> np.ndarray:
    return maps.overlay_image(maps.overlays(chart)[0])["array"]


def _file(folder: Path, kind: str) -> str:
    path = folder / f"image.{kind}"
    Image.fromarray((RGB * 255).round().astype(np.uint8)).save(path)
    return str(path)


@pytest.mark.parametrize("form", ["float", "bytes", "rgba", "png", "grouped"])
def test_an_overlay_is_read_in_any_form(form: str, tmp_path: Path) -> None:
    full = RGB.copy()
    full[0, 0] = 1  # folium stretches floats by channel
    opaque = np.ones((*RGB.shape[:2], 1))
    charts = {
        "float": lambda: (on_map(full), full),
        "bytes": lambda: (on_map((full * 255).round().astype(np.uint8)), full),
        "rgba": lambda: (on_map(np.dstack([full, opaque])), full),
        "png": lambda: (on_map(_file(tmp_path, "png")), RGB),
        "grouped": lambda: (on_map(full, group=True), full),
    }
    chart, expected = charts[form]()
    read = image_of(chart)
    assert read.shape == (6, 5, 4)
    np.testing.assert_allclose(read[..., :3], expected, atol=2 * STEP)
    np.testing.assert_allclose(read[..., 3], 1)


@pytest.mark.parametrize("form", [np.array, tuple, lambda rows: [tuple(row) for row in rows]])
def test_corners_are_read_in_any_form(form: Any) -> None:
    read = maps.overlay_bounds(maps.overlays(on_map(RGB, form(CORNERS)))[0])
    assert read == {"kind": "numbers", "values": [43.7, 2.1, 43.8, 2.2]}


def test_a_map_is_where_it_is_centred_or_fitted_to() -> None:
    chart = on_map(RGB)
    assert maps.location(chart)["values"] == [43.75, 2.15]
    chart.fit_bounds([[40, 0], [50, 4]])
    assert maps.location(chart)["values"] == [45, 2]
    assert len(maps.location(folium.Map())["values"]) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        *[({}, "can be seen"), ({"opacity": 0.7}, "can be seen")],
        *[({"opacity": 0}, "opacity 0"), ({"opacity": 70}, "opacity 70")],
        ({"show": False}, "switched off"),
    ],
)
def test_an_overlay_that_cannot_be_seen_is_noticed(options: Any, words: str) -> None:
    assert maps.visible(maps.overlays(on_map(RGB, **options))[0]) == facts.text(words)


def test_the_size_of_an_image_is_known_before_it_is_decoded(monkeypatch: Any) -> None:
    stream = io.BytesIO()
    Image.new("1", (1001, 1000)).save(stream, "PNG")
    layer = maps.overlays(on_map(RGB))[0]
    layer.url = "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("decoded"))
    assert maps.overlay_image(layer) == facts.text("an image of 1001 by 1000 pixels")
