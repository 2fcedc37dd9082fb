"""The record of one submission: the rows of ``grades.csv``, and what else reports say."""

from dataclasses import dataclass

from autograder.checks.judging.unexplained import Unexplained

NOT_GRADED = "not-graded"
"""Name of the mistake where nothing could be judged; the message says why."""

MAX_EXAMPLE = 5_000


@dataclass(frozen=True)
class Row:
    """One line of ``grades.csv``.

    Attributes:
        aspects: The points by aspect in words, such as ``values 3/3; display 0/2``.
    """

    exercise: int
    score: float
    max_score: float
    mistake: str = ""
    message: str = ""
    aspects: str = ""


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
        problem: Why there is no grade; empty where there is one.
        stopped: Why cells were stopped, and where, e.g. ``memory limit of 2 GB reached in
            exercise-4``.
        notes: What was found about the notebooks: missing, copied, renamed cells.
        untouched: Exercises whose answer is as it was handed out.
        examples: Wrong answers without a name.
        seconds: Time that running and judging took.
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

    @property
    def score(self) -> float:
        """Points in all."""
        return sum(row.score for row in self.rows)
