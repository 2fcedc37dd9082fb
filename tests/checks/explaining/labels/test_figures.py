"""Whatever is wrong in a drawn class map or its legend, taken at random, is found again."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import BoundaryNorm, ListedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from autograder.checks.exercises.exercise_11_figure import EXERCISE
from autograder.checks.explaining.figures.colours import COLOURS, NAMES, class_of, opacity
from autograder.checks.explaining.served import Served
from autograder.checks.judging.expectation import load
from autograder.checks.reading.workspace import Workspace
from autograder.patches import PRACTICE
from tests.checks.explaining.labels.landscapes import Landscape, any_landscape

Random = np.random.Generator
Draw = Callable[["Drawing", Random], None]

TRIES = 5
"""Random slips of each kind: a figure takes a tenth of a second."""

CMAP = ListedColormap(COLOURS)
PALETTE = np.vstack([np.ones(3), COLOURS])
SOURCE = "axes[1].imshow(img_array, cmap=cmap, vmin=low, vmax=high)"


class Drawing:
    """A figure as exercise 11 asks for it, of which parts can be drawn otherwise."""

    def __init__(self, land: Landscape, rng: Random) -> None:
        self.labels = land.right
        self.rgb = np.clip(np.moveaxis(land.bands[[3, 2, 1]], 0, 2) / 0.3, 0, 1)
        self.names = {"rgb": self.rgb, "img_array": self.labels}
        self.source = SOURCE
        self.figure = Figure()
        self.axes = self.figure.subplots(1, 2)
        self.left: dict[str, Any] = {"X": self.rgb}
        masked = rng.random() < 0.5
        shown = np.ma.masked_outside(self.labels, 1, 11) if masked else self.labels
        self.right: dict[str, Any] = {"X": shown, "cmap": CMAP, "vmin": 1, "vmax": 11}
        self.entries = list(zip(NAMES, COLOURS, strict=True))

    def key(self) -> str:
        """The name of what is wrong with the figure; ``""`` for nothing."""
        for ax, options in zip(self.axes, (self.left, self.right), strict=False):
            if options:
                ax.imshow(**options)
        handles = [Patch(facecolor=colour, label=name) for name, colour in self.entries]
        if handles:
            self.figure.legend(handles=handles)
        workspace = Workspace(
            {**self.names, "fig": self.figure},
            EXERCISE_NUMBER,
            made_in={"fig": EXERCISE_NUMBER, "img_array": 9},
            figures=(self.figure,),
            source=self.source,
        )
        evidence = EXERCISE.evidence(EXERCISE.claims(workspace), workspace)
        served = Served(PRACTICE)
        wrong = {
            spec: spec.difference(evidence, EXPECTED[spec.name])
            for spec in EXERCISE.facts
            if spec.aspect
        }
        first = next((spec for spec, difference in wrong.items() if difference), None)
        if first is None:
            return ""
        assert first.explain
        found = first.explain(evidence, EXPECTED, served)
        return found.key if found else "?"


EXERCISE_NUMBER = 11
EXPECTED = load(EXERCISE_NUMBER, folder=PRACTICE / "expectations").facts


def drawn(key: str, change: Draw) -> Callable[[Random], bool]:
    """Whether a random slip in a figure is found again."""

    def again(rng: Random) -> bool:
        drawing = Drawing(any_landscape(rng), rng)
        change(drawing, rng)
        return drawing.key() == key

    return again


def limits(drawing: Drawing, low: float, high: float) -> None:
    drawing.right |= {"vmin": low, "vmax": high}


def begin_elsewhere(drawing: Drawing, rng: Random) -> None:
    limits(drawing, float(rng.choice([0, -1, 1.5, 2])), float(rng.choice([10, 11, 255])))


def end_elsewhere(drawing: Drawing, rng: Random) -> None:
    limits(drawing, 1, float(rng.choice([9, 10, 10.5, 14, 255])))


def from_the_codes(drawing: Drawing, rng: Random) -> None:
    drawing.right = {"X": drawing.labels, "cmap": CMAP}
    drawing.source = "axes[1].imshow(img_array, cmap=cmap)"


def without_no_data(drawing: Drawing, rng: Random) -> None:
    drawing.right["cmap"] = ListedColormap(np.vstack([[1, 1, 1], COLOURS]))


def another_map(drawing: Drawing, rng: Random) -> None:
    drawing.right["cmap"] = str(
        rng.choice(["viridis", "tab20", "Greens", "jet", "gray", "terrain"])
    )


def reverse(drawing: Drawing, rng: Random) -> None:
    drawing.right["cmap"] = ListedColormap(COLOURS[::-1])


def a_norm(drawing: Drawing, rng: Random) -> None:
    drawing.right = {"X": drawing.labels, "cmap": CMAP, "norm": BoundaryNorm(range(1, 12), 11)}


def one_further(drawing: Drawing, rng: Random) -> None:
    drawing.right = {"X": COLOURS[np.minimum(drawing.labels, 10)]}


def two_exchanged(drawing: Drawing, rng: Random) -> None:
    colours = COLOURS.copy()
    there = np.intersect1d(drawing.labels, range(1, 11))
    one, other = rng.choice(there, 2, replace=False) - 1
    colours[[one, other]] = colours[[other, one]]
    drawing.right["cmap"] = ListedColormap(colours)


def pale(drawing: Drawing, rng: Random) -> None:
    drawing.right["alpha"] = float(rng.uniform(0.15, 0.45))


def over_a_picture(drawing: Drawing, rng: Random) -> None:
    drawing.axes[1].imshow(drawing.rgb)
    drawing.right["alpha"] = float(rng.uniform(0.3, 0.7))


def smoothed(drawing: Drawing, rng: Random) -> None:
    drawing.right["interpolation"] = str(rng.choice(["bilinear", "bicubic", "lanczos", "hanning"]))


def another_array(drawing: Drawing, rng: Random) -> None:
    other = np.roll(drawing.labels, 40, axis=1)
    drawing.names["example_label"] = other
    drawing.right["X"] = other


def image_again(drawing: Drawing, rng: Random) -> None:
    drawing.right = {"X": drawing.rgb}


def exchanged(drawing: Drawing, rng: Random) -> None:
    drawing.left, drawing.right = drawing.right, drawing.left


def labels_left_only(drawing: Drawing, rng: Random) -> None:
    drawing.left, drawing.right = drawing.right | {"X": drawing.labels}, {}


def labels_over_the_left(drawing: Drawing, rng: Random) -> None:
    drawing.axes[0].imshow(drawing.rgb)
    drawing.left, drawing.right = drawing.right | {"alpha": float(rng.uniform(0.2, 0.9))}, {}


def stacked(drawing: Drawing, rng: Random) -> None:
    drawing.figure = Figure()
    drawing.axes = drawing.figure.subplots(2, 1)


def one_panel(drawing: Drawing, rng: Random) -> None:
    drawing.figure = Figure()
    drawing.axes = [drawing.figure.subplots()]


def without_left(drawing: Drawing, rng: Random) -> None:
    drawing.left = {}


def without_right(drawing: Drawing, rng: Random) -> None:
    drawing.right = {}


def left(way: Callable[[np.ndarray], np.ndarray]) -> Draw:
    def change(drawing: Drawing, rng: Random) -> None:
        drawing.left["X"] = way(drawing.rgb)

    return change


def one_colour(drawing: Drawing, rng: Random) -> None:
    drawing.left["X"] = drawing.rgb[..., rng.integers(3)]


def turned(way: Callable[[np.ndarray], np.ndarray]) -> Draw:
    def change(drawing: Drawing, rng: Random) -> None:
        drawing.right["X"] = way(np.asarray(drawing.labels))

    return change


def a_class_masked(drawing: Drawing, rng: Random) -> None:
    there = np.intersect1d(drawing.labels, range(1, 11))
    drawing.right["X"] = np.ma.masked_equal(drawing.labels, rng.choice(there))


def entries(change: Callable[[list[Any], Random], list[Any]]) -> Draw:
    def slip(drawing: Drawing, rng: Random) -> None:
        drawing.entries = change(drawing.entries, rng)

    return slip


def recoloured(order: Callable[[Random], np.ndarray]) -> Draw:
    return entries(lambda all_of, rng: list(zip(NAMES, order(rng), strict=True)))


def no_data_by_code(drawing: Drawing, rng: Random) -> None:
    drawing.right["X"] = np.where(drawing.labels == 0, rng.choice([254, 255]), drawing.labels)


# --- right, though drawn otherwise ----------------------------------------------------------------


def other_numbers(drawing: Drawing, rng: Random) -> None:
    step = int(rng.integers(-5, 30))
    drawing.right["X"] = drawing.labels.astype(int) + step
    limits(drawing, 1 + step, 11 + step)


def a_picture(drawing: Drawing, rng: Random) -> None:
    colours = PALETTE.copy()
    colours[4] = 0, 1, 0  # as public lists have it
    picture = colours[np.minimum(drawing.labels, 11)]
    drawing.right = {"X": np.rint(picture * 255).astype("uint8") if rng.random() < 0.5 else picture}


def pale_enough(drawing: Drawing, rng: Random) -> None:
    drawing.right["alpha"] = float(rng.uniform(0.55, 1))


def between_codes(drawing: Drawing, rng: Random) -> None:
    limits(drawing, 0.5, 11.5)


def with_a_norm(drawing: Drawing, rng: Random) -> None:
    norms = [Normalize(1, 11), BoundaryNorm(np.arange(0.5, 12), 11)]
    drawing.right = {"X": drawing.labels, "cmap": CMAP, "norm": norms[rng.integers(2)]}


def twelve_colours(drawing: Drawing, rng: Random) -> None:
    without_no_data(drawing, rng)
    limits(drawing, 0, 11)


def only_ten(drawing: Drawing, rng: Random) -> None:
    drawing.right |= {"cmap": ListedColormap(COLOURS[:10]), "vmax": 10}
    drawing.entries = drawing.entries[:10]


KINDS: dict[str, Callable[[Random], bool]] = {
    "limits that begin elsewhere": drawn("limits-begin-elsewhere", begin_elsewhere),
    "limits that end elsewhere": drawn("limits-end-elsewhere", end_elsewhere),
    "limits not set": drawn("limits-from-the-codes", from_the_codes),
    "a white colour without its limit": drawn("limits-without-no-data", without_no_data),
    "another colour map": drawn("scale-other-map", another_map),
    "colours reversed": drawn("colours-reversed", reverse),
    "boundaries on the codes": drawn("limits-of-a-norm", a_norm),
    "colours one further": drawn("colours-one-further", one_further),
    "two colours exchanged": drawn("colour-of-another-class", two_exchanged),
    "labels too pale": drawn("colours-pale", pale),
    "labels over a picture": drawn("labels-over-a-picture", over_a_picture),
    "labels smoothed in drawing": drawn("classes-blended", smoothed),
    "another array on the right": drawn("right-other-variable", another_array),
    "the image twice": drawn("right-shows-image", image_again),
    "panels exchanged": drawn("panels-exchanged", exchanged),
    "labels in the left panel": drawn("left-other-variable", labels_left_only),
    "labels over the left panel": drawn("left-covered", labels_over_the_left),
    "panels stacked": drawn("panels-one-above-the-other", stacked),
    "a single panel": drawn("panel-single", one_panel),
    "no image": drawn("left-empty", without_left),
    "no labels": drawn("right-empty", without_right),
    "image upside down": drawn("left-upside-down", left(np.flipud)),
    "image mirrored": drawn("left-mirrored", left(np.fliplr)),
    "image's colours reversed": drawn("left-colours-reversed", left(lambda rgb: rgb[..., ::-1])),
    "one colour of the image": drawn("left-one-band", one_colour),
    "image too dark": drawn("left-too-dark", left(lambda rgb: rgb / 255)),
    "map upside down": drawn("labels-upside-down", turned(np.flipud)),
    "map mirrored": drawn("labels-mirrored", turned(np.fliplr)),
    "map transposed": drawn("labels-transposed", turned(np.transpose)),
    "a class masked": drawn("labels-class-removed", a_class_masked),
    "no legend": drawn("legend-missing", entries(lambda *_: [])),
    "one entry missing": drawn(
        "legend-one-missing",
        entries(
            lambda every, rng: [one for place, one in enumerate(every) if place != rng.integers(1)]
        ),
    ),
    "entries missing": drawn(
        "legend-some-missing", entries(lambda every, rng: every[: rng.integers(1, 9)])
    ),
    "entries of one colour": drawn(
        "legend-one-colour", recoloured(lambda rng: np.tile(rng.random(3), (11, 1)))
    ),
    "entries one further": drawn(
        "legend-shifted", recoloured(lambda _: np.roll(COLOURS, -1, axis=0))
    ),
    "entries reversed": drawn("legend-reversed", recoloured(lambda _: COLOURS[::-1])),
    "entries exchanged": drawn(
        "legend-other-colour", recoloured(lambda rng: COLOURS[[1, 0, *range(2, 11)]])
    ),
    "entries from 0": drawn(
        "legend-from-zero",
        entries(lambda every, _: [(str(place), colour) for place, (_, colour) in enumerate(every)]),
    ),
    "entries of other words": drawn(
        "legend-unknown-words",
        entries(
            lambda every, _: [(f"zone {'abcdefghijk'[i]}", c) for i, (_, c) in enumerate(every)]
        ),
    ),
    "no data drawn by its code": drawn("no-data-drawn", no_data_by_code),
    "right: other numbers": drawn("", other_numbers),
    "right: a picture in public colours": drawn("", a_picture),
    "right: a little pale": drawn("", pale_enough),
    "right: limits between codes": drawn("", between_codes),
    "right: a norm": drawn("", with_a_norm),
    "right: white for no data": drawn("", twelve_colours),
    "right: ten classes": drawn("", only_ten),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_random_slip_is_found_again(kind: str) -> None:
    tried = [KINDS[kind](np.random.default_rng([7, seed])) for seed in range(TRIES)]
    assert all(tried), f"{tried.count(True)} of {TRIES}"


def test_colours_have_classes_also_where_they_are_pale() -> None:
    assert [class_of(colour) for colour in COLOURS] == list(range(1, 12))
    assert opacity(1 - 0.6 * (1 - COLOURS), COLOURS) == pytest.approx(0.6)
    assert opacity(COLOURS[::-1], COLOURS) == 0
