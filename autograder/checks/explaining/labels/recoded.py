"""Which code became which number: labels that were shifted, scaled, masked or partly removed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.labels.sources import Source
from utils.reference import ALL_CODES, COASTAL_SEAWATER, LAND_COVER, NO_DATA, OUTSIDE_AREA

CLASSES = tuple(cover.code for cover in LAND_COVER)
UNLABELLED = (OUTSIDE_AREA.code, NO_DATA.code)
NAMES = {cover.code: cover.name for cover in ALL_CODES} | {0: "No label"}
TOLERANCE = 0.005
"""Largest difference of two numbers that count as equal: codes are told apart by 1/255."""

MAX_VALUES = 300
"""More different numbers than that are no codes."""

LARGEST = 1e9
"""Larger numbers count as this one."""

PROBES = 400
"""Pixels on which a source is tried before all are compared."""

Turn = Callable[[np.ndarray], np.ndarray]

TURNS: dict[str, Turn] = {
    "": lambda array: array,
    "upside-down": np.flipud,
    "mirrored": np.fliplr,
    "transposed": np.transpose,
    "turned-half": partial(np.rot90, k=2),
    "turned-left": np.rot90,
    "turned-right": partial(np.rot90, k=3),
    "transposed-and-turned": lambda array: np.rot90(array, 2).T,
}
"""All eight ways to lay a table down, by what happened to it."""

_BACK = {"turned-left": TURNS["turned-right"], "turned-right": TURNS["turned-left"]}
"""What undoes a turn; the others undo themselves."""


@dataclass(frozen=True)
class Made:
    """How an array of codes came about.

    Attributes:
        source: The labels that it was made of.
        turn: How it was turned, a key of `TURNS`.
        becomes: Which number each code of the source became.
    """

    source: Source
    turn: str
    becomes: Mapping[int, float]


@dataclass(frozen=True)
class Numbered:
    """A table of numbers as places in a list: two pixels have one place where they are equal.

    Attributes:
        places: Shape (rows, columns), whole numbers.
        values: The different numbers, NaN once.
    """

    places: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, table: np.ndarray) -> "Numbered":
        """The numbers of a table of shape (rows, columns)."""
        if table.dtype.kind == "f":
            table = np.round(np.clip(table, -LARGEST, LARGEST), 6)
        values, places = np.unique(table, return_inverse=True)
        return cls(places.reshape(table.shape), values.astype(float))


def made_of(table: np.ndarray, sources: Sequence[Source]) -> Made | None:
    """The first of ``sources``, as it is or else turned, whose codes became these numbers.

    Args:
        table: Any numbers, shape (rows, columns).
        sources: Labels that it may stem from, the likeliest first.
    """
    numbered = Numbered.of(table)
    return None if not 1 < numbered.values.size <= MAX_VALUES else made_of_places(numbered, sources)


def made_of_places(numbered: Numbered, sources: Sequence[Source]) -> Made | None:
    """`made_of` for numbers that are told apart already."""
    for turn in TURNS:
        laid = _BACK.get(turn, TURNS[turn])(numbered.places)
        for source in sources:
            if laid.shape == source.codes.shape and _each_one(source.codes, laid):
                found = _becomes(source.codes, laid, numbered.values)
                if found:
                    return Made(source, turn, found)
    return None


def _each_one(codes: np.ndarray, places: np.ndarray) -> bool:
    """Whether, on some pixels, equal codes have equal places."""
    step = max(1, codes.size // PROBES) | 1
    some, there = codes.ravel()[::step].astype(int), places.ravel()[::step]
    return np.unique(some * (int(there.max()) + 1) + there).size == np.unique(some).size


def _becomes(codes: np.ndarray, places: np.ndarray, values: np.ndarray) -> dict[int, float]:
    """Which number each code became; nothing where a code became several."""
    count = values.size
    pairs = np.bincount(codes.ravel().astype(int) * count + places.ravel(), minlength=256 * count)
    met = pairs.reshape(256, count) > 0
    if (met.sum(axis=1) > 1).any():
        return {}
    return {int(code): float(values[met[code].argmax()]) for code in np.flatnonzero(met.any(1))}


def right(code: int) -> int:
    """What the course's own helper makes of a code."""
    return 0 if code in UNLABELLED else code


def explained(becomes: Mapping[int, float]) -> Explanation | None:
    """What was done to codes; ``None`` where they are right."""
    wrong = {code: value for code, value in becomes.items() if not _equal(value, right(code))}
    if not wrong:
        return None
    classes = {code: value for code, value in becomes.items() if code in CLASSES}
    ways = (_mask, _negative, _of_no_data, _removed, _shifted, _scaled, _renumbered)
    found = (way(becomes, wrong, classes) for way in ways)
    return next((one for one in found if one), _another(wrong))


def _equal(one: float, other: float) -> bool:
    return bool(abs(one - other) <= TOLERANCE)


Codes = Mapping[int, float]


def _mask(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """True and false, or 1 and 0, in place of codes."""
    if len(classes) < 3 or not set(becomes.values()) <= {0.0, 1.0}:
        return None
    there = [code for code, value in becomes.items() if value == 1]
    return Explanation("labels-yes-and-no", {"codes": listed(there)})


def _negative(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """Codes that do not fit into int8 became negative."""
    if len(wrong) < 2 or any(value != code - 256 for code, value in wrong.items()):
        return None
    return Explanation("labels-negative", _example(wrong))


def _of_no_data(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """Pixels without a label carry a number of their own."""
    if not set(wrong) <= {0, *UNLABELLED}:
        return None
    left = [code for code, value in wrong.items() if _equal(value, code)]
    if left:
        key = "labels-code-left-in" if len(left) == 1 else "labels-codes-left-in"
        return Explanation(key, {"codes": listed(left)})
    values = {value for value in wrong.values() if not np.isnan(value)}
    if not values:
        return Explanation("labels-no-data-nan")
    return Explanation("labels-no-data-became", {"value": written(values.pop())})


def _removed(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """Some classes became no label."""
    gone = [code for code in wrong if code in (*CLASSES, COASTAL_SEAWATER.code)]
    kept = [code for code in classes if code not in wrong]
    if not gone or not kept or any(wrong[code] == wrong[code] and wrong[code] for code in gone):
        return None
    if set(wrong) - {*gone, 0, *UNLABELLED}:
        return None
    key = "labels-class-removed" if len(gone) == 1 else "labels-classes-removed"
    return Explanation(key, {"codes": listed(gone), "name": NAMES[gone[0]]})


def _shifted(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """One number was added to all classes."""
    if len(classes) < 2 or not np.isfinite(list(classes.values())).all():
        return None
    steps = {round(value - code, 2) for code, value in classes.items()}
    if len(steps) > 1:  # below 0 uint8 begins again at 255
        steps = {step - 256 if step > 128 else step for step in steps}
    step = steps.pop()
    if steps or not step:
        return None
    key = "labels-too-large" if step > 0 else "labels-too-small"
    return Explanation(key, {"step": written(abs(step)), **_example(classes)})


def _scaled(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """All classes were divided by one number, or stretched to another range."""
    codes, values = np.array(list(classes)), np.array(list(classes.values()))
    if codes.size < 3 or not np.isfinite(values).all():
        return None
    slope, start = np.polyfit(codes, values, 1)
    straight = np.abs(slope * codes + start - values).max() <= 1e-4 * max(1, np.abs(values).max())
    if not straight or abs(slope) < 1e-6 or abs(slope - 1) < 1e-3:
        return None
    if abs(start) > 1e-3 * max(abs(slope), 1e-3):
        return Explanation("labels-stretched", _example(classes))
    factor = slope if slope >= 1 else 1 / slope
    key = "labels-multiplied" if abs(slope) > 1 or slope < 0 else "labels-divided"
    return Explanation(key, {"number": written(factor), **_example(classes)})


def _renumbered(becomes: Codes, wrong: Codes, classes: Codes) -> Explanation | None:
    """The codes that occur were counted through."""
    in_order = [becomes[code] for code in sorted(becomes)]
    cleaned = {right(code): value for code, value in becomes.items()}
    for values in (in_order, [cleaned[code] for code in sorted(cleaned)]):
        first = values[0]
        if first in (0.0, 1.0) and values == [first + place for place in range(len(values))]:
            return Explanation("labels-counted-through", _example(classes))
    return None


def _another(wrong: Codes) -> Explanation:
    """Codes became other numbers, in no way that is known."""
    return Explanation("labels-other-codes", _example(wrong))


def _example(becomes: Codes) -> dict[str, str]:
    """One code that became another number: the largest class of them."""
    wrong = {code: value for code, value in becomes.items() if not _equal(value, right(code))}
    code = max(wrong, key=lambda one: (one in CLASSES, one))
    return {
        "code": str(code),
        "right": str(right(code)),
        "name": NAMES.get(code, "no class"),
        "value": written(wrong[code]),
    }


def written(value: float) -> str:
    """A number as a person would write it."""
    return "NaN" if np.isnan(value) else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def listed(codes: Iterable[int], most: int = 4) -> str:
    """Codes one after the other; of many, the first ones."""
    ordered = sorted(codes)
    shown = ", ".join(str(code) for code in ordered[:most])
    return f"{shown}, …" if len(ordered) > most else shown


def variants(sources: Sequence[Source]) -> Iterator[Source]:
    """The sources as the course's helper reads them: 254 and 255 are 0."""
    for source in sources:
        codes = np.where(np.isin(source.codes, UNLABELLED), 0, source.codes)
        yield Source(codes.astype(np.uint8), source.year, source.patch)
