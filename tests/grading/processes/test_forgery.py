"""What a learner's process could earn with evidence that it made up: nothing.

All that is public may be known: the solutions, the practice patch, its expectations, this code.
What is not known is the patch of the grading run.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.checks.exercises import MODULES, exercise
from autograder.checks.judging.expectation import load
from autograder.checks.reading.facts import Fact
from autograder.grading.handing_over.evidence import Claims, unpack
from autograder.grading.processes.judge_exercise import Seen, judge_exercise
from autograder.patches import PRACTICE
from autograder.patches.build_world import SECOND_PATCH_URL
from tests.grading.handing_over.handed_over import HandedOver

NUMBERS = tuple(MODULES)

THE_SAME_EVERYWHERE = {
    1: ("authentication", "request", "results"),  # the request is the exercise, and was seen
    2: ("request", "image", "upload"),  # the same; the file is what the service sent
    9: ("request",),  # the text names the box and the year, and the request was seen
    10: ("file", "upload", "listing"),  # one's own array is stored, and file and object were seen
}
"""What earns points on any patch, because it was done before the grader's eyes."""


@pytest.mark.parametrize("number", NUMBERS)
def test_evidence_of_the_practice_patch_earns_nothing_on_another(
    honest: dict[int, HandedOver], grading_world: Path, number: int
) -> None:
    """Replayed without doing anything: no aspect is excepted."""
    one = honest[number]
    for url in ("", SECOND_PATCH_URL):
        claims = unpack(one.packed, number)
        claims = replace(claims, tile_url=url or claims.tile_url)
        verdict = judge_exercise(number, claims, Seen(), one.cells, grading_world / "expectations")
        assert verdict.holds == ()
        assert verdict.message


@pytest.mark.parametrize("number", NUMBERS)
def test_only_what_the_grader_saw_counts_beside_evidence_of_the_practice_patch(
    honest: dict[int, HandedOver], grading_world: Path, number: int
) -> None:
    """Replayed while the same requests and uploads are really made."""
    one = honest[number]
    claims = unpack(one.packed, number)
    verdict = judge_exercise(number, claims, one.seen, one.cells, grading_world / "expectations")
    assert verdict.holds == THE_SAME_EVERYWHERE.get(number, ())


def flat(shape: tuple[int, ...]) -> np.ndarray:
    return np.full(shape, 0.5)


def slope(shape: tuple[int, ...]) -> np.ndarray:
    return np.linspace(0, 1, int(np.prod(shape))).reshape(shape)


def noise(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(1).random(shape)


BOX = [1.0, 43.0, 2.0, 44.0]
INVENTED_NUMBERS = {
    "bounds": BOX,
    "centre": [43.5, 1.5],
    "map": [43.5, 1.5],
    "overlay_bounds": [43.0, 1.0, 44.0, 2.0],
    "area_km2": [6.25],
}
OUTLINE = "POLYGON ((3650000 2331000, 3652500 2331000, 3652500 2333500, 3650000 2331000))"


def invented(number: int, name: str, fact: Fact, paint: Any) -> Fact:
    """A fact in place of one that depends on the patch; those that agree, agree with each other."""
    static = {spec.name for spec in exercise(number).facts if spec.everywhere}
    if name in static and fact["kind"] == "array":
        return fact
    if fact["kind"] == "array":
        shape = {"left": (250, 250, 3), "right": (250, 250, 3)}.get(name, tuple(fact["shape"]))
        values = np.moveaxis(paint(shape[1:] + shape[:1]), -1, 0) if shape[0] == 3 else paint(shape)
        return fact | {"array": values}
    if fact["kind"] == "numbers":
        return fact | {"values": INVENTED_NUMBERS.get(name, [1.0] * len(fact["values"]))}
    return fact | {"wkt": OUTLINE} if fact["kind"] == "geometry" else fact


@pytest.mark.parametrize("paint", [flat, slope, noise])
@pytest.mark.parametrize("number", NUMBERS)
def test_invented_evidence_earns_nothing(
    honest: dict[int, HandedOver], grading_world: Path, number: int, paint: Any
) -> None:
    """Every text right, and every picture that of the array which it should show."""
    one = honest[number]
    claims = unpack(one.packed, number)
    facts = {name: invented(number, name, fact, paint) for name, fact in claims.facts.items()}
    forged = Claims(facts, claims.tile_url, folder=claims.folder)
    verdict = judge_exercise(number, forged, Seen(), one.cells, grading_world / "expectations")
    assert verdict.holds == ()


@pytest.mark.parametrize("number", NUMBERS)
def test_no_claim_takes_the_place_of_what_the_grader_concludes(
    honest: dict[int, HandedOver], grading_world: Path, number: int
) -> None:
    """Each claim in turn is one of the sentences that a right answer leads to."""
    one = honest[number]
    claims = unpack(one.packed, number)
    expected = load(number, folder=PRACTICE / "expectations").facts.values()
    sentences = [fact for fact in expected if fact["kind"] == "text" and fact["text"]]
    for name in claims.facts:
        for sentence in sentences:
            forged = replace(claims, facts=claims.facts | {name: sentence})
            verdict = judge_exercise(
                number, forged, Seen(), one.cells, grading_world / "expectations"
            )
            assert verdict.holds == (), f"{name}: {sentence}"


def test_classes_of_a_map_that_was_never_drawn_have_no_colours(
    honest: dict[int, HandedOver], grading_world: Path
) -> None:
    """Nothing is claimed about the colours, and a label map without classes is said to be shown."""
    one = honest[11]
    claims = unpack(one.packed, 11)
    blank: Fact = {"kind": "array", "array": np.zeros((2, 2)), "shape": [2, 2]}
    unseen: Fact = {"kind": "array", "array": np.full((10, 3), np.nan), "shape": [10, 3]}
    forged = claims.facts | {"img_array": blank, "shown": blank, "scale": unseen}
    verdict = judge_exercise(
        11, replace(claims, facts=forged), Seen(), one.cells, grading_world / "expectations"
    )
    assert "labels" not in verdict.holds


def test_the_same_evidence_is_right_on_the_practice_patch(honest: dict[int, HandedOver]) -> None:
    for number, one in honest.items():
        claims = unpack(one.packed, number)
        assert judge_exercise(number, claims, one.seen, one.cells, PRACTICE / "expectations").passed
