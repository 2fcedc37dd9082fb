"""The record of one submission: the rows of ``grades.csv``, and what else reports say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.checks.judging.unexplained import Unexplained

NOT_GRADED = "not-graded"
"""Stands for a mistake where there is no score: what was handed in could not be read, or the grader
or its machine failed. The message says why."""

NOT_JUDGED = "not-judged"
"""Name of the mistake where the submission left nothing to judge; the message says why."""

MAX_EXAMPLE = 5_000


@dataclass(frozen=True)
class ByHand:
    """What stood in a row before a person entered other points in the gradebook.

    Attributes:
        graded: Points that the grader gave; ``None`` where it gave none.
        aspects: The same by aspect.
        work_changed: Whether other work was handed in after the points were entered.
    """

    graded: float | None
    aspects: str
    work_changed: bool = False

    def words(self, score: float) -> str:
        """What is told of it wherever points are told.

        Args:
            score: The points that were entered.
        """
        instead = "no score" if self.graded is None else f"{self.graded:g}"
        said = f"changed by hand: {score:g} instead of {instead}"
        return f"{said}; the work has changed since" if self.work_changed else said


@dataclass(frozen=True)
class Row:
    """One line of ``grades.csv``.

    Attributes:
        score: Points earned; ``None`` where the exercise is not graded.
        aspects: The points by aspect in words, such as ``values 3/3; display 0/2``.
        found: What was found, where something is wrong.
        expected: What was expected instead.
        reasons: By aspect, what was found wrong in those of which the message does not speak.
        by_hand: What points that were entered by hand replaced; see `book.Book.marked`.
        comment: What a person wrote on the answer in the gradebook.
    """

    exercise: int
    score: float | None
    max_score: float
    mistake: str = ""
    message: str = ""
    aspects: str = ""
    found: str = ""
    expected: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    by_hand: ByHand | None = None
    comment: str = ""

    @property
    def changed(self) -> str:
        """That the points were changed by hand, in words; empty where they were not."""
        if self.by_hand is None or self.score is None:
            return ""
        return self.by_hand.words(self.score)


@dataclass(frozen=True)
class Example:
    """A wrong answer that got no name of its own.

    Attributes:
        exercise: Number of the exercise.
        source: The learner's code, its first `MAX_EXAMPLE` characters.
        left: What it left behind.
    """

    exercise: int
    source: str
    left: Unexplained


@dataclass(frozen=True)
class Record:
    """The outcome of one submission; stored as json, one file for each student.

    Attributes:
        student: Name of the student's folder, safe to print.
        digest: Fingerprint of the submission.
        rows: A row for each exercise, in order.
        problem: Why nothing of it was graded; empty where something was.
        stopped: Why cells were stopped, and where, e.g. ``memory limit of 2 GB reached in
            exercise-4``.
        notes: What was found about the notebooks: missing, copied, renamed cells.
        untouched: Exercises whose answer is as it was handed out.
        examples: Wrong answers without a name.
        seconds: Time that running and judging took.
        marked_before: Exercises with points by hand that were entered for an earlier submission.
        handed_in: When it was handed in, in Unix time; 0 where that is not known.
        late: By how many seconds that was too late. Not stored: `with_lateness` tells.
        penalties: Points that this costs, by notebook. Not stored.
    """

    student: str
    digest: str
    rows: tuple[Row, ...]
    problem: str = ""
    stopped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    untouched: tuple[int, ...] = ()
    examples: tuple[Example, ...] = ()
    seconds: float = 0.0
    marked_before: tuple[int, ...] = ()
    handed_in: float = 0.0
    late: float = 0.0
    penalties: Mapping[str, float] = field(default_factory=dict)

    def is_of(self, digest: str) -> bool:
        """Whether it is what became of a submission with this fingerprint, which could be read."""
        return not self.problem and self.digest == digest

    @property
    def penalty(self) -> float:
        """Points that lateness costs."""
        return sum(self.penalties.values())

    @property
    def score(self) -> float:
        """Points in all, of the exercises that are graded, less what lateness costs."""
        earned = sum(row.score for row in self.rows if row.score is not None)
        return max(0.0, earned - self.penalty) if self.penalty else earned

    @property
    def graded(self) -> bool:
        """Whether every exercise has a score, be it one that was entered by hand."""
        return bool(self.rows) and all(row.score is not None for row in self.rows)

    @property
    def has_scores(self) -> bool:
        """Whether some exercise has a score."""
        return any(row.score is not None for row in self.rows)

    @property
    def why_not_graded(self) -> str:
        """Why there is no grade, in words; empty where there is one."""
        if self.graded:
            return ""
        reasons = (row.message for row in self.rows if row.score is None)
        return self.problem or "; ".join(dict.fromkeys(reasons))


def without_score(exercise: int, max_score: float, reason: str) -> Row:
    """The row of an exercise that is not graded."""
    return Row(exercise, None, max_score, NOT_GRADED, reason)
