"""Whether evidence shows that a patch was read at all.

Much of what an exercise asks for follows from the learner's own earlier result, or is the same on
every patch: a picture of one's own array, a legend. Beside one number that only this patch has,
it counts. Alone it could be made up, or come from another patch. And it counts only where that
result carries information of the patch: a picture of one pixel is no picture.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from autograder.checks.exercises import maker_of
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import compare
from autograder.checks.judging.exercise import Exercise, FactSpec
from autograder.checks.judging.expectation import Expectation
from autograder.checks.judging.judge import DIFFERS, judge
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.texts import card as say
from utils.reference import LABEL_YEARS

_TELLING = ("array", "numbers", "geometry")
"""Kinds of facts that nobody gets right without having read the patch."""

NOTHING_OF_PATCH: Fact = {"kind": "other", "type": "made-up array"}
"""Stands for a result that carries nothing of the patch."""

MOST_CHANNELS = 14
"""Most channels of an array that are looked at."""

MOSTLY = 0.7
"""An array with a smaller share of pixels that differ from their neighbours is one of areas."""

RELATED = 0.2
"""Least correlation, from pixel to pixel, of arrays that have to do with each other. Of the arrays
that an exercise asks for it is above 0.4; of noise, slopes and constants below 0.02."""

Load = Callable[[int], Expectation]
"""Gives the expectation of an exercise on the patch that was opened."""


def judge_on_patch(exercise: Exercise, evidence: Evidence, load: Load, served: Served) -> Verdict:
    """The verdict on an exercise, without points where nothing shows that the patch was read."""
    expectation = load(exercise.number)
    evidence = _without_made_up(exercise, evidence, load, served)
    verdict = judge(exercise, evidence, expectation, served)
    if not verdict.score or shows_patch(exercise, evidence, expectation, load):
        return verdict
    none = tuple(AspectScore(aspect.name, aspect.points, 0.0) for aspect in verdict.aspects)
    verdict = replace(verdict, aspects=none)
    return (
        verdict
        if verdict.mistake
        else replace(verdict, mistake=DIFFERS, message=say("other-patch"))
    )


def _without_made_up(
    exercise: Exercise, evidence: Evidence, load: Load, served: Served
) -> Evidence:
    """The evidence without results that carry nothing of the patch, where others follow them."""
    own = {spec.name: spec for spec in exercise.facts}
    made_up = [
        name
        for name in exercise.follows
        if evidence[name]["kind"] == "array"
        and not (
            _is_telling(own[name], evidence, load(exercise.number))
            if name in own
            else _earlier_is_telling(name, evidence, load)
        )
        and not carries_patch(evidence[name]["array"], served)
    ]
    return evidence | dict.fromkeys(made_up, NOTHING_OF_PATCH)


def shows_patch(
    exercise: Exercise, evidence: Evidence, expectation: Expectation, load: Load
) -> bool:
    """Whether a telling fact is right, or is what a known mistake makes of this very patch.

    Where services are asked, what earns points is seen by them.
    """
    if exercise.reads_services:
        return True
    own = any(
        not spec.everywhere and _is_telling(spec, evidence, expectation) for spec in exercise.facts
    )
    return own or any(_earlier_is_telling(name, evidence, load) for name in exercise.builds_on)


def can_show_patch(exercise: Exercise, expectation: Expectation) -> bool:
    """Whether right answers to an exercise show that the patch was read."""
    own = (
        expectation.facts[spec.name]["kind"] in _TELLING
        for spec in exercise.facts
        if not spec.everywhere
    )
    return exercise.reads_services or bool(exercise.builds_on) or any(own)


def _earlier_is_telling(name: str, evidence: Evidence, load: Load) -> bool:
    maker = maker_of(name)
    spec = next(spec for spec in maker.facts if spec.name == name)
    return _is_telling(spec, evidence, load(maker.number))


def _is_telling(spec: FactSpec, evidence: Evidence, expectation: Expectation) -> bool:
    expected = expectation.facts[spec.name]
    if expected["kind"] not in _TELLING or spec.name not in evidence:
        return False
    variants = (*expectation.accepted, *expectation.mistakes)
    others = [item.facts[spec.name] for item in variants if spec.name in item.facts]
    known = (expected, *(fact for fact in others if _varies(fact, spec.tolerance)))
    return any(compare(evidence[spec.name], fact, spec.tolerance) is None for fact in known)


def _varies(fact: Fact, tolerance: float) -> bool:
    """Whether a fact is an array that no constant equals: some mistakes leave next to nothing."""
    if fact["kind"] != "array":
        return False
    low, high = map(float, fact["range"])
    return high - low > 2 * tolerance


# --- whether an array has to do with the patch ----------------------------------------------------


def carries_patch(array: np.ndarray, served: Served) -> bool:
    """Whether an array changes from pixel to pixel as bands or labels of the patch do.

    However it was scaled, cut, mirrored or turned: a mistake is no invention.

    Args:
        array: Shape (rows, columns), with channels behind or in front of these.
        served: What is served, which a label for another year or place comes from as well.
    """
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3:
        return False
    channels = np.moveaxis(array, int(np.argmin(array.shape)), 0)[:MOST_CHANNELS]
    rows_columns = served.patch.bands.shape[1:]
    if channels.shape[1:] not in (rows_columns, rows_columns[::-1]):
        return False
    with np.errstate(all="ignore"):
        known = _changes(_served_arrays(served, rows_columns))
        return any(
            bool((np.abs(_changes(turned) @ known.T) >= RELATED).any())
            for turned in _turned(np.nan_to_num(channels.astype(np.float32)))
            if turned.shape[1:] == rows_columns
        )


def _served_arrays(served: Served, rows_columns: tuple[int, ...]) -> np.ndarray:
    labels = (raster for year in LABEL_YEARS for raster in served.labels(year))
    bands = [raster.bands for raster in (served.patch, *labels)]
    fitting = [part.astype(np.float32) for part in bands if part.shape[1:] == rows_columns]
    return np.nan_to_num(np.concatenate(fitting))


def _turned(channels: np.ndarray) -> Iterator[np.ndarray]:
    for one in (channels, channels.transpose(0, 2, 1)):
        yield from (one, one[:, ::-1], one[:, :, ::-1], one[:, ::-1, ::-1])


def _changes(channels: np.ndarray) -> np.ndarray:
    """How channels change from pixel to pixel, in both directions, about the mean, of length 1.

    Of maps of classes also where they change, whatever the classes are called.
    """
    steps = [np.diff(channels, axis=axis).reshape(len(channels), -1) for axis in (1, 2)]
    both = np.concatenate(steps, axis=1)
    places = (both != 0).astype(np.float32)
    found = np.concatenate([both, places[places.mean(axis=1) < MOSTLY]])
    found -= found.mean(axis=1, keepdims=True)
    size = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, size, out=np.zeros_like(found), where=size > 0)
