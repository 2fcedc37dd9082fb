"""What the slips in requests share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.served import Served
from autograder.patches import PRACTICE

BULGARIA = (22.0, 41.0, 29.0, 44.5)


@dataclass(frozen=True)
class Slip:
    """A slip that was made, and what was found.

    Attributes:
        found: The explanation.
        keys: Keys that it may have.
        values: Values that it holds, among others.
        made: What was given, for the message of a failing test.
    """

    found: Explanation | None
    keys: tuple[str, ...]
    values: Mapping[str, str]
    made: object = ""

    @property
    def right(self) -> bool:
        """Whether it was found again."""
        return (
            self.found is not None
            and self.found.key in self.keys
            and self.values.items() <= self.found.values.items()
        )


Rng = np.random.Generator
Kind = Callable[[Rng, Served], Slip]
SERVED = Served(PRACTICE)


def one(rng: Rng, *choices: Any) -> Any:
    return choices[int(rng.integers(len(choices)))]


def near(rng: Rng, values: tuple[float, ...], far: float = 0.4) -> list[float]:
    """A box as somebody else would draw it."""
    return [round(float(value + rng.uniform(-far, far)), 2) for value in values]


def misspelt(rng: Rng, word: str) -> str:
    """A word with two letters exchanged, one left out or one doubled."""
    place = int(rng.integers(len(word) - 1))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    changed = one(
        rng,
        swapped,
        word[:place] + word[place + 1 :],
        word[:place] + word[place:][:1] + word[place:],
    )
    return str(changed) if changed != word else f"{word}s"
