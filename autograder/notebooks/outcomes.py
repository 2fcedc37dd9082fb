"""Judge every known answer: the solution, the starter, accepted answers and mistakes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.checks.check import check_workspace
from autograder.checks.exercises import exercise as find
from autograder.checks.judge import judge
from autograder.checks.verdict import Verdict
from autograder.notebooks.record import (
    Recorder,
    exercises_in_place,
    expectation_of,
    recorder,
    rehearse,
)
from autograder.notebooks.source import Manifest, read_all
from autograder.patches import PRACTICE

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
        """Right answers pass, the starter earns nothing, each mistake is named as itself."""
        if self.kind == MISTAKE:
            return not self.verdict.passed and self.verdict.mistake == self.name
        return self.verdict.score == 0 if self.kind == STARTER else self.verdict.passed


def outcomes(world: Path = PRACTICE, only: Iterable[int] = ()) -> Iterator[Outcome]:
    """Run and judge the known answers on a world that has expectations.

    Args:
        world: Folder of the world.
        only: Numbers of the exercises (default: all).
    """
    wanted = set(only)
    with recorder(world) as player:
        for notebook in read_all():
            if wanted and wanted.isdisjoint(item.number for item in notebook.exercises):
                continue
            for manifest in exercises_in_place(player, notebook):
                if not wanted or manifest.number in wanted:
                    yield from _outcomes_of(player, manifest)


def _outcomes_of(player: Recorder, manifest: Manifest) -> Iterator[Outcome]:
    answers = [(SOLUTION, "", manifest.solution), (STARTER, "", manifest.starter)]
    for kind, changes in ((ACCEPTED, manifest.accepted), (MISTAKE, manifest.mistakes)):
        answers += [(kind, item.name, item.apply(manifest.solution)) for item in changes]
    for kind, name, code in answers:
        with player.replaying():
            verdict = check_workspace(player.workspace(code, manifest.number))
        yield Outcome(manifest.number, kind, name, verdict)


def outcomes_in_new_world(world: Path) -> Iterator[Outcome]:
    """Record a world that has no expectations, and judge what was recorded.

    Args:
        world: Folder of the world; nothing is written to it.
    """
    with recorder(world) as player:
        for notebook in read_all():
            for manifest in exercises_in_place(player, notebook):
                solution, others = rehearse(player, manifest)
                expectation = expectation_of(manifest, solution, others)
                answers = [
                    (SOLUTION, "", solution),
                    (STARTER, "", player.evidence(manifest.starter, manifest.number)),
                ]
                kinds = [ACCEPTED] * len(manifest.accepted) + [MISTAKE] * len(manifest.mistakes)
                changes = (*manifest.accepted, *manifest.mistakes)
                for kind, change, evidence in zip(kinds, changes, others, strict=True):
                    answers.append((kind, change.name, evidence))
                for kind, name, evidence in answers:
                    verdict = judge(find(manifest.number), evidence, expectation)
                    yield Outcome(manifest.number, kind, name, verdict)


def print_table(results: Iterable[Outcome]) -> bool:
    """Print a line for each known answer, then a line for each exercise.

    Returns:
        Whether all answers are judged as hoped.
    """
    judged = []
    for item in results:
        judged.append(item)
        verdict = item.verdict
        mark = "ok " if item.as_hoped else "NOT"
        points = f"{verdict.score:g}/{verdict.max_score:g}"
        said = f"{verdict.mistake}: {verdict.message}" if verdict.mistake else ""
        print(f"{mark} {item.exercise:2} {item.kind:8} {item.name:34} {points:>5}  {said}")
    print("\nexercise  mistakes  rejected  named as itself  accepted alternatives")
    for number in sorted({item.exercise for item in judged}):
        mistakes = [item for item in judged if (item.exercise, item.kind) == (number, MISTAKE)]
        others = [item for item in judged if (item.exercise, item.kind) == (number, ACCEPTED)]
        rejected = sum(not item.verdict.passed for item in mistakes)
        named, accepted = (sum(item.as_hoped for item in group) for group in (mistakes, others))
        print(f"{number:8}{len(mistakes):10}{rejected:10}{named:17}{accepted:23}")
    unexpected = sum(not item.as_hoped for item in judged)
    print(f"{len(judged)} known answers, {unexpected} not judged as hoped")
    return not unexpected
