"""What of an exercise cannot be judged on a patch, because the patch says nothing of it.

A patch without data has no picture, a place without labels no classes. Points are then given for
the rest.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import says_something
from autograder.checks.judging.exercise import Exercise
from autograder.checks.judging.expectation import Expectation
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.texts import card as say
from utils.reference import LAND_COVER

REGIONS, FIGURE = 7, 11
"""The exercises that are about regions, and about labels."""

LABELS = "labels"
"""The aspect of `FIGURE` for which a place must have labels."""

CLASSES = [cover.code for cover in LAND_COVER]


def meaningless(
    exercise: Exercise, expectation: Expectation, evidence: Evidence, served: Served
) -> set[str]:
    """Names of the aspects that say nothing on this patch.

    Where only the solution leaves nothing, because a percentile of numbers with NaN among them is
    NaN, another way to answer shows that there is something to be seen.
    """
    silent = {name for name, fact in expectation.facts.items() if not says_something(fact)}
    others = [way.facts[name] for way in expectation.accepted for name in silent & way.facts.keys()]
    pictures = any(fact["kind"] == "array" and says_something(fact) for fact in others)
    found = set()
    for aspect in expectation.aspects:
        names = [spec.name for spec in exercise.facts if spec.aspect == aspect]
        facts = [expectation.facts[name] for name in names]
        telling = [fact for fact in facts if fact["kind"] != "text"]
        of_pictures = any(fact["kind"] == "array" for fact in telling)
        if not telling or any(map(says_something, telling)):
            continue
        if of_pictures and (pictures or any(_is_seen(evidence[name]) for name in names)):
            continue
        found.add(aspect)
    if exercise.number == FIGURE and not _has_labels(evidence, served):
        found.add(LABELS)
    return found


def without(
    exercise: Exercise, expectation: Expectation, aspects: Collection[str]
) -> tuple[Exercise, Expectation]:
    """The exercise without some of its aspects: their facts decide no points."""
    facts = (
        replace(spec, aspect="") if spec.aspect in aspects else spec for spec in exercise.facts
    )
    kept = {name: points for name, points in expectation.aspects.items() if name not in aspects}
    return replace(exercise, facts=tuple(facts)), replace(expectation, aspects=kept)


def reasons(exercise: Exercise, aspects: Collection[str]) -> list[str]:
    """Why some aspects were not judged, in words."""
    keys: dict[str, list[str]] = {}
    for aspect in sorted(aspects):
        keys.setdefault(_key(exercise.number, aspect), []).append(f"“{aspect}”")
    return [say(key, aspects=", ".join(names)) for key, names in keys.items()]


def _key(number: int, aspect: str) -> str:
    if number == REGIONS:
        return "own-patch-no-region"
    return "own-patch-no-labels" if (number, aspect) == (FIGURE, LABELS) else "own-patch-no-data"


def _is_seen(fact: Fact) -> bool:
    """Whether an array of the learner's holds a number other than zero."""
    return fact["kind"] == "array" and bool(np.any(np.nan_to_num(fact["array"])))


def _has_labels(evidence: Evidence, served: Served) -> bool:
    """Whether the learner's labels hold a class, or those of the place do."""
    own = evidence["img_array"]
    if own["kind"] != "array" or np.isin(own["array"], CLASSES).any():
        return True
    left, bottom, right, top = served.patch.bounds
    return any(
        raster.bounds == (left, bottom, right, top)
        for year in served.world.labels
        for raster in served.labels(year)
    )
