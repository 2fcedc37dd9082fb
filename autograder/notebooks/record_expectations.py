"""Record expectations: run each solution and each known mistake, and keep what they leave."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.served import Served
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.compare import reduce, sample_positions
from autograder.checks.judging.exercise import Exercise
from autograder.checks.judging.expectation import Expectation, Variant
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.showing.catch_up import values_file, write_values
from autograder.notebooks.outcome import Outcome, judged
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import Change, Manifest, Notebook, read_all
from autograder.notebooks.workers import ForkedServices, in_parallel
from autograder.patches import PRACTICE, World
from utils.reference import PRACTICE_PATCH_URL


@dataclass(frozen=True)
class Rehearsed:
    """What running all known answers of one exercise showed.

    Attributes:
        url: Address of the patch that they opened.
        expectation: What they left behind.
        outcomes: How each of them is judged by that.
        values: Results that `catch_up` gives; empty where it gives none.
    """

    url: str
    expectation: Expectation
    outcomes: tuple[Outcome, ...]
    values: Mapping[str, Any]


def record(world: Path = PRACTICE, only: Iterable[int] = (), workers: int = 1) -> list[Path]:
    """Record the expectations of a world into its ``expectations`` folder.

    Args:
        world: Folder of the world.
        only: Numbers of the exercises to record (default: all).
        workers: Processes at a time; see `rehearse`.
    """
    return write(rehearse(world, only, workers), world / "expectations")


def write(rehearsed: Iterable[Rehearsed], folder: Path) -> list[Path]:
    """Write expectations and values into a folder; returns the files."""
    files = []
    for item in rehearsed:
        number = item.expectation.exercise
        files.append(expectations.path(folder, number, item.url))
        expectations.write(files[-1], item.expectation)
        if item.values:
            files.append(values_file(folder, number))
            write_values(files[-1], number, item.values)
    return files


def rehearse(world: Path, only: Iterable[int] = (), workers: int = 1) -> list[Rehearsed]:
    """Run and judge all known answers of the exercises of a world; nothing is written to it.

    Args:
        world: Folder of the world.
        only: Numbers of the exercises (default: all).
        workers: Processes at a time; with more than one, this process is forked, so it should
            have a single thread.

    Raises:
        CourseError: A solution or a given cell fails.
    """
    notebooks, urls = read_all(), list(World.load(world).patches)
    wanted = set(only) or {item.number for notebook in notebooks for item in notebook.exercises}
    if workers == 1:
        with recorder(world) as player:
            every = (rehearsed_in(player, notebook, wanted, urls) for notebook in notebooks)
            return list(chain.from_iterable(every))

    def work(task: tuple[Notebook, set[int]]) -> list[Rehearsed]:
        with recorder(world, ForkedServices) as player:
            return list(rehearsed_in(player, *task, urls))

    done: list[list[Rehearsed]] = in_parallel(work, _tasks(notebooks, wanted, workers), workers)
    return sorted(
        chain.from_iterable(done),
        key=lambda item: (item.expectation.exercise, item.url != PRACTICE_PATCH_URL),
    )


def _tasks(
    notebooks: list[Notebook], wanted: set[int], workers: int
) -> list[tuple[Notebook, set[int]]]:
    """Notebooks and exercises to do together, long ones first.

    What is done apart runs the cells before it again: few processes share less.
    """
    tasks = []
    for notebook in notebooks:
        numbers = {item.number for item in notebook.exercises} & wanted
        groups = [{number} for number in numbers] if workers > 2 else [numbers]
        tasks += [(notebook, group) for group in groups if group]

    def answers(task: tuple[Notebook, set[int]]) -> int:
        return sum(
            len(item.mistakes) * (2 if find(item.number).any_patch else 1)
            for item in task[0].exercises
            if item.number in task[1]
        )

    return sorted(tasks, key=answers, reverse=True)


def rehearsed_in(
    player: Recorder,
    notebook: Notebook,
    wanted: set[int],
    urls: list[str],
    *,
    mistakes: bool = True,
    examples: bool = True,
) -> Iterator[Rehearsed]:
    """Rehearse the wanted exercises of a notebook.

    Args:
        player: Runs them.
        notebook: The notebook.
        wanted: Numbers of the exercises, also ones that are not in it.
        urls: The patches for exercises that may be done on any of them.
        mistakes: Whether mistakes are run as well: without them it takes half the time.
        examples: See `exercises_in_place`.

    Raises:
        CourseError: A solution or a given cell fails.
    """
    left = wanted & {item.number for item in notebook.exercises}
    if not left:
        return
    for manifest in exercises_in_place(player, notebook, examples=examples):
        if manifest.number in left:
            run = manifest if mistakes else replace(manifest, mistakes=())
            for url in urls if find(manifest.number).any_patch else [PRACTICE_PATCH_URL]:
                yield rehearse_exercise(player, run, url)
        left.discard(manifest.number)
        if not left:
            return


def rehearse_exercise(player: Recorder, manifest: Manifest, url: str) -> Rehearsed:
    """Run the solution, the starter, the accepted answers and the mistakes of one exercise."""
    number, manifest = manifest.number, on_patch(manifest, url)
    changes = (*manifest.accepted, *manifest.mistakes)
    answers = [manifest.solution, *(change.apply(manifest.solution) for change in changes)]
    solution, *others = (player.evidence(code, number) for code in answers)
    starter = player.evidence(manifest.starter, number)
    expectation = expectation_of(manifest, solution, starter, others)
    values = {}
    recorded = find(number).recorded
    if recorded and url == PRACTICE_PATCH_URL:
        with player.replaying(number):
            player.solved(manifest)
            values = {result.name: player.shell.user_ns[result.name] for result in recorded}
    served = Served(player.world, url)
    outcomes = judged(expectation, served, solution, starter, others)
    return Rehearsed(url, expectation, tuple(outcomes), values)


def on_patch(manifest: Manifest, url: str) -> Manifest:
    """The exercise with another patch's address in its code."""
    old, new = (address.rsplit("SENTINEL2/", 1)[-1] for address in (PRACTICE_PATCH_URL, url))
    return replace(manifest, code=manifest.code.replace(old, new))


def expectation_of(
    manifest: Manifest, solution: Evidence, starter: Evidence, others: list[Evidence]
) -> Expectation:
    """Reduce what was left behind to an expectation."""
    exercise = find(manifest.number)
    kept = {
        spec.name: _kept(solution[spec.name], [other[spec.name] for other in others])
        for spec in exercise.facts
    }
    variants = [
        _variant(exercise, change, evidence, kept)
        for change, evidence in zip((*manifest.accepted, *manifest.mistakes), others, strict=True)
    ]
    return Expectation(
        manifest.number,
        manifest.title,
        manifest.aspects,
        kept,
        tuple(variants[: len(manifest.accepted)]),
        tuple(variants[len(manifest.accepted) :]),
        manifest.see,
        int(starter["blanks"]["values"][0]),
    )


def _kept(fact: Fact, others: list[Fact]) -> Fact:
    """The solution's fact, sampled also where the other answers differ from it."""
    if fact["kind"] != "array":
        return fact
    arrays = [other["array"] for other in others if other["kind"] == "array"]
    return reduce(fact, sample_positions(fact["array"], arrays))


def _variant(
    exercise: Exercise, change: Change, evidence: Evidence, kept: dict[str, Fact]
) -> Variant:
    """The facts in which an answer differs from the solution."""
    facts = {}
    for spec in exercise.facts:
        fact = evidence[spec.name]
        if spec.right(evidence, kept[spec.name]):
            continue
        same_shape = fact["kind"] == "array" and fact["shape"] == kept[spec.name].get("shape")
        positions = np.array(kept[spec.name]["positions"]) if same_shape else None
        facts[spec.name] = reduce(fact, positions)
    return Variant(change.name, facts, change.claims or {})
