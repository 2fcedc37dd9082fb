"""Numbers about many submissions: what the summary and the report tell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from autograder.checks.judging.reasons import NOT_ATTEMPTED
from autograder.checks.judging.unexplained import alike
from autograder.grading.results.record import NOT_GRADED, Example, Record, Row

State = Literal["right", "part", "none", "blank", "open"]
"""How an exercise ended: all points, some, none, not attempted, or not graded."""

SLOW_FACTOR = 3.0
"""A submission is slow from this many times the usual time on …"""

SLOW_SECONDS = 10.0
"""… and from this many seconds on: what is usual may be next to nothing."""


NO_MISTAKES = frozenset({NOT_ATTEMPTED, NOT_GRADED})
"""What stands in place of a mistake, also where a person gave points for it."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in one exercise, and the learners who made it and were told the same.

    Attributes:
        exercise: Number of the exercise.
        name: Its name; empty where the judge has a sentence only.
        sentence: What they were told.
        students: The learners who made it, sorted.
    """

    exercise: int
    name: str
    sentence: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Wrong answers to one exercise that got no name, and left the same behind.

    Attributes:
        examples: The answers by student, sorted.
    """

    examples: Mapping[str, Example]

    @property
    def shown(self) -> Example:
        """The shortest of them."""
        return min(self.examples.values(), key=lambda example: len(example.source))


def graded(records: Iterable[Record]) -> list[Record]:
    """The submissions that have a grade: a score for each exercise."""
    return [record for record in records if record.graded]


def not_graded(records: Iterable[Record]) -> dict[str, list[str]]:
    """Students without a grade by reason, the most frequent reason first."""
    reasons = defaultdict(list)
    for record in records:
        if not record.graded:
            reasons[record.why_not_graded].append(record.student)
    return dict(sorted(reasons.items(), key=lambda item: -len(item[1])))


def best_score(records: Iterable[Record]) -> float:
    """Points that can be earned in all."""
    return max((sum(row.max_score for row in record.rows) for record in records), default=0.0)


def state(row: Row) -> State:
    """How an exercise ended."""
    if row.score is None:
        return "open"
    if row.score >= row.max_score:
        return "right"
    if row.score > 0:
        return "part"
    return "blank" if row.mistake == NOT_ATTEMPTED else "none"


def mistakes(records: Iterable[Record]) -> list[Mistake]:
    """The mistakes in graded exercises, the most frequent first.

    An exercise that was not attempted shows no mistake. One name may stand for several sentences:
    each counts for itself.
    """
    students: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for record in records:
        for row in record.rows:
            told = row.mistake not in NO_MISTAKES and (row.mistake or row.message)
            if state(row) in ("part", "none") and told:
                students[row.exercise, row.mistake, row.message].append(record.student)
    found = [Mistake(*key, tuple(sorted(who))) for key, who in students.items()]
    return sorted(
        found, key=lambda item: (-len(item.students), item.exercise, item.name, item.sentence)
    )


def without_a_name(records: Iterable[Record]) -> list[Group]:
    """Wrong answers that got no name of their own, grouped, the largest group first."""
    groups: list[dict[str, Example]] = []
    for record in sorted(records, key=lambda record: record.student):
        for example in record.examples:
            for group in groups:
                if _alike(example, next(iter(group.values()))):
                    group[record.student] = example
                    break
            else:
                groups.append({record.student: example})
    return [Group(group) for group in sorted(groups, key=len, reverse=True)]


def _alike(one: Example, other: Example) -> bool:
    return one.exercise == other.exercise and alike(one.left, other.left)


def slow_from(usual: float) -> float:
    """Seconds from which a submission is slow, where ``usual`` is what they usually take."""
    return max(SLOW_FACTOR * usual, SLOW_SECONDS)


def slow(records: Iterable[Record], usual: float) -> list[Record]:
    """The submissions that took far longer than ``usual`` seconds, the slowest first."""
    found = [record for record in records if record.seconds > slow_from(usual)]
    return sorted(found, key=lambda record: -record.seconds)
