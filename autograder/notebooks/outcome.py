"""How a known answer was judged: the solution, the starter, an accepted answer or a mistake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.checks import texts
from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.served import Served
from autograder.checks.judging.expectation import Expectation
from autograder.checks.judging.judge import judge
from autograder.checks.judging.reasons import NOT_ATTEMPTED
from autograder.checks.judging.verdict import Verdict
from autograder.checks.reading.facts import Evidence

SOLUTION, STARTER, ACCEPTED, MISTAKE = "solution", "starter", "accepted", "mistake"


@dataclass(frozen=True)
class Outcome:
    """How one known answer was judged.

    Attributes:
        exercise: Number of the exercise.
        kind: `SOLUTION`, `STARTER`, `ACCEPTED` or `MISTAKE`.
        name: Name of the accepted answer or mistake.
        verdict: What the judge said.
    """

    exercise: int
    kind: str
    name: str
    verdict: Verdict

    @property
    def as_hoped(self) -> bool:
        """Right answers pass and show their remark, the starter is no attempt, mistakes are named.

        Each mistake is named as itself.
        """
        if self.kind == MISTAKE:
            return not self.verdict.passed and self.verdict.mistake == self.name
        if self.kind == STARTER:
            return self.verdict.score == 0 and self.verdict.mistake == NOT_ATTEMPTED
        remark = texts.of_exercise(self.exercise).remarks.get(self.name)
        return self.verdict.passed and (remark is None or remark in self.verdict.remarks)

    def __str__(self) -> str:
        verdict = self.verdict
        points = f"{verdict.score:g}/{verdict.max_score:g}"
        said = f" ({verdict.mistake})" if verdict.mistake else ""
        return f"exercise {self.exercise}, {self.kind} {self.name}: {points}{said}"


def judged(
    expectation: Expectation,
    served: Served,
    solution: Evidence,
    starter: Evidence,
    others: Sequence[Evidence],
) -> Iterator[Outcome]:
    """Judge what the known answers of an exercise left behind.

    Args:
        expectation: What was recorded from them.
        served: What was served to them.
        solution: Evidence of the solution.
        starter: Evidence of the code with blanks.
        others: Evidence of the accepted answers, then of the mistakes, in order.
    """
    answers = [(SOLUTION, ""), (STARTER, "")]
    answers += [(ACCEPTED, variant.name) for variant in expectation.accepted]
    answers += [(MISTAKE, variant.name) for variant in expectation.mistakes]
    for (kind, name), evidence in zip(answers, (solution, starter, *others), strict=True):
        verdict = judge(find(expectation.exercise), evidence, expectation, served)
        yield Outcome(expectation.exercise, kind, name, verdict)
