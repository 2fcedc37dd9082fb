"""What an explanation is: the key of a sentence in `checks.texts`, and the values in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact


@dataclass(frozen=True)
class Explanation:
    """Why a fact is wrong, verified on the evidence.

    Attributes:
        key: Key of its sentence in `checks.texts`, and the mistake's name: words joined by hyphens.
        values: What stands in place of ``{name}`` in the sentence and in the pair of found and
            expected.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


Explain = Callable[[Evidence, Mapping[str, Fact], Served], Explanation | None]
"""Explains one fact of an exercise that is wrong, or gives ``None``.

It gets all evidence, the solution's facts (reduced), and what is served; it changes nothing.
"""


def first_of(*explains: Explain) -> Explain:
    """An explainer that gives the first explanation of several, simplest first."""

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        found = (item(evidence, expected, served) for item in explains)
        return next((explanation for explanation in found if explanation), None)

    return explain
