"""Read a map of classes: how each class looks, whatever numbers are drawn."""

import numpy as np

from autograder.checks.explaining import figures
from autograder.checks.explaining.labels.sources import codes_of
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import NO_DATA, OUTSIDE_AREA

CODES = np.arange(1, 11)
"""The ten classes of the exercise: class 11, snow and ice, may be added."""

NO_CLASS = (OUTSIDE_AREA.code, NO_DATA.code)

FEWEST = 3
"""Classes whose colours must be in sight: a label of one's own may hold a single one."""

SCALE_TOLERANCE = figures.TOLERANCE


def class_colours(panel: pictures.Panel, label: Fact) -> Fact:
    """Colours in which the ten classes are seen, shape (10, 3); NaN for a class not in sight."""
    if panel.scale["kind"] == "array":
        return facts.array(panel.scale["array"][1:])
    if panel.colours["kind"] != "array" or label["kind"] != "array":
        return panel.colours
    picture, classes = panel.colours["array"], label["array"]
    if picture.shape[:2] != classes.shape:
        return facts.text(f"a picture of shape {picture.shape}")
    seen = np.full((CODES.size, 3), np.nan)
    for row, code in enumerate(CODES):
        if (classes == code).any():
            seen[row] = picture[classes == code].mean(axis=0)
    return facts.array(seen)


def no_data_colour(panel: pictures.Panel, label: Fact) -> Fact:
    """Colour of the pixels without data."""
    if panel.colours["kind"] != "array" or label["kind"] != "array":
        return facts.missing("needs the label map")
    picture, classes = panel.colours["array"], label["array"]
    if picture.shape[:2] != classes.shape or not (classes == 0).any():
        return facts.missing("has no pixels without data")
    return facts.numbers(picture[classes == 0].mean(axis=0), 3)


def painted(panel: pictures.Panel, label: Fact) -> Fact:
    """Mean colour of the pixels of each class, shape (10, 3), and how far one is from it.

    The fourth column holds the largest distance of any pixel. NaN for a class that the label does
    not hold.
    """
    classes = codes_of(label)
    if panel.colours["kind"] != "array" or classes is None:
        return facts.missing("needs the label map")
    picture = panel.colours["array"]
    if picture.shape[:2] != classes.shape:
        return facts.missing("has another shape")
    flat = np.where(classes <= CODES[-1], classes, 0).ravel()
    count = np.bincount(flat, minlength=CODES.size + 1)
    sums = [np.bincount(flat, band.ravel(), CODES.size + 1) for band in np.moveaxis(picture, 2, 0)]
    means = np.transpose(sums) / np.where(count, count, np.nan)[:, None]
    distance = np.abs(picture.reshape(-1, 3) - means[flat])[flat > 0]
    painted = np.full((CODES.size, 4), distance.max() if distance.size else np.nan)
    painted[:, :3] = means[1:]
    return facts.array(painted)


def is_painted(evidence: Evidence) -> bool:
    """Whether all pixels of each class have its colour, pale or not, whatever numbers are drawn.

    A code for no data that is drawn like a class is none of it.
    """
    return classes_painted(evidence) and not no_data_drawn(evidence)


def classes_painted(evidence: Evidence) -> bool:
    """`is_painted` but for pixels without a label."""
    painted = evidence["painted"]
    if painted["kind"] != "array" or painted["shape"] != [CODES.size, 4]:
        return False
    there = np.isfinite(painted["array"]).all(axis=1)
    seen = painted["array"][there]
    if len(seen) < FEWEST or seen[0, 3] > SCALE_TOLERANCE:
        return False
    alpha = figures.opacity(seen[:, :3], figures.COLOURS[:10][there])
    return alpha >= figures.FAINTEST


def no_data_drawn(evidence: Evidence) -> bool:
    """Whether pixels without a label are drawn by their code for no data."""
    shown, own = evidence["shown"], codes_of(evidence["img_array"])
    if shown["kind"] != "array" or own is None or shown["array"].shape != own.shape:
        return False
    return bool(np.isin(shown["array"][own == 0], NO_CLASS).any())
