"""Judge every known answer: the solution, the starter, accepted answers and mistakes."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.checks.check import check_workspace
from autograder.notebooks.outcome import ACCEPTED, MISTAKE, SOLUTION, STARTER, Outcome
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import Manifest, read_all
from autograder.patches import PRACTICE


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
        with player.replaying(manifest.number):
            verdict = check_workspace(player.workspace(code, manifest.number))
        yield Outcome(manifest.number, kind, name, verdict)


def print_table(results: Iterable[Outcome]) -> bool:
    """Print a line for each known answer, then a line for each exercise.

    Returns:
        Whether all answers are judged as their author meant them.
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
