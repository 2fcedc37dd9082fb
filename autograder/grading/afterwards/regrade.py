"""Apply a changed course to results: a mended message or tolerance, other points.

All is graded anew beside what is there, on the same patch. Who changes is listed, and after a yes
the new takes the place of the old. What was entered by hand stays.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grading.afterwards.opened import records_in, without_marks
from autograder.grading.grade_class import (
    Finished,
    Options,
    grade_class,
    identified,
    read_class,
)
from autograder.grading.reports.sentences import said_of
from autograder.grading.reports.terminal import Terminal
from autograder.grading.results.atomic import accept, regraded_folder, remove_folder
from autograder.grading.results.record import Record
from autograder.grading.results.store import Store, locked, read_run
from autograder.grading.worlds.grading_world import course_digest
from utils.errors import CourseError


@dataclass(frozen=True)
class Outcome:
    """One submission, as graded and as it counts with what was entered by hand."""

    graded: Record
    counts: Record


def regrade(options: Options, terminal: Terminal, agreed: Callable[[], bool]) -> Finished:
    """Grade all anew, list who changes, and where that is agreed to, put it in place.

    Args:
        options: What the command line asks for.
        terminal: Is told how far the run is, and who changes.
        agreed: Asks whether the changes are to be applied.

    Raises:
        CourseError: There are no results, SUBMITTED lacks some of their submissions, the changes
            are not agreed to, or see `grade_class`.
        OSError: See `grade_class`.
    """
    results = options.results.resolve()
    run = read_run(results)
    if run is None:
        raise CourseError(f"{results} holds no results", "", "Run `make grade` first")
    if options.seed not in (None, run.seed):
        raise CourseError(f"The run in {results} was begun with another seed", "", "Leave it out")
    kept = replace(options, practice=run.practice, seed=run.seed, anonymous=run.anonymous)
    with locked(results):
        _demand_all(options, set(Store(results).all()))
        anew = replace(
            kept,
            results=regraded_folder(results),
            limits=options.limits or run.limits,
            due=run.due if options.due is None else options.due,
            late=options.late or run.late,
            begun=results,
        )
        _clear(results, anew)
        finished = grade_class(anew, terminal)
        before, after = _outcomes(results), _outcomes(anew.results)
        lines = list(changes(before, after))
        for line in lines or ["Nobody's points change, and nobody's messages."]:
            terminal.tell(line)
        if lines and not agreed():
            raise CourseError(
                f"Nothing was changed in {results}; {anew.results} holds what is new",
                "y as the answer, or make regrade with YES=1",
                "The same command asks again, and need not grade again",
            )
        accept(results)
    in_place = grade_class(replace(kept, limits=None, due=None, late=None), terminal)
    return replace(in_place, kept=finished.kept, seconds=finished.seconds + in_place.seconds)


def _demand_all(options: Options, students: set[str]) -> None:
    found = identified(read_class(options)[0], options)
    if gone := students - {item.student for item in found}:
        raise CourseError(
            f"RESULTS has {said_of(gone)}, whom SUBMITTED lacks",
            "All submissions, so that all are graded alike",
            "Add theirs, or remove who withdrew: make forget STUDENT=… RESULTS=…",
        )


def _clear(results: Path, anew: Options) -> None:
    """Remove what an earlier regrading left, unless this one can go on with it."""
    left = None
    with suppress(CourseError):  # it cannot be read
        left = read_run(anew.results)
    asked = course_digest(), anew.seed, anew.limits, anew.due, anew.late
    if left is None or (left.course, left.seed, left.limits, left.due, left.late) != asked:
        remove_folder(results, anew.results)


def _outcomes(results: Path) -> dict[str, Outcome]:
    """What became of each submission, by student."""
    counts = records_in(results)
    return {who: Outcome(record, counts[who]) for who, record in without_marks(results).items()}


# --- who changes ----------------------------------------------------------------------------------


def changes(before: dict[str, Outcome], after: dict[str, Outcome]) -> Iterator[str]:
    """A line on each change in points possible, in points, and in what is said.

    Args:
        before: What became of each submission, by student.
        after: The same, graded anew.
    """
    yield from _possible(before, after)
    points, words, by_hand = [], [], []
    for student, new in after.items():
        old = before.get(student)
        if old is None:
            points.append(f"  {student}: new, {_total(new.counts)}")
            continue
        moved, reworded, kept = _of_one(old, new)
        if old.counts.penalty != new.counts.penalty:
            lost = f"{old.counts.penalty:g} → {new.counts.penalty:g}"
            moved.append(f"points lost for lateness {lost}")
        if moved:
            totals = f"in all {_total(old.counts)} → {_total(new.counts)}"
            points.append(f"  {student}: {'; '.join(moved)}; {totals}")
        if reworded:
            words.append(f"  {student}: {_exercises(reworded)}")
        if kept:
            by_hand.append(f"  {student}: {_exercises(kept)}")
    if points:
        yield f"Points change for {len(points)} of {len(after)}:"
        yield from points
    if by_hand:
        yield "Entered by hand, and kept, though graded otherwise now:"
        yield from by_hand
    if words:
        yield f"Another message for {len(words)}:"
        yield from words


def _possible(before: dict[str, Outcome], after: dict[str, Outcome]) -> Iterator[str]:
    def best(outcomes: dict[str, Outcome]) -> dict[int, float]:
        return {row.exercise: row.max_score for o in outcomes.values() for row in o.graded.rows}

    old, new = best(before), best(after)
    for number in sorted(new):
        if number in old and old[number] != new[number]:
            yield f"Exercise {number} counts {new[number]:g} points, not {old[number]:g}."


def _of_one(old: Outcome, new: Outcome) -> tuple[list[str], list[int], list[int]]:
    """Changes in what counts, in messages, and in what was overruled by hand."""
    moved, reworded, kept = [], [], []
    counted = {row.exercise: row.score for row in old.counts.rows}
    graded = {row.exercise: row for row in old.graded.rows}
    counts = {row.exercise: row.score for row in new.counts.rows}
    for row in new.graded.rows:
        number = row.exercise
        if counted.get(number) != counts[number]:
            was, is_now = _score(counted.get(number)), _score(counts[number])
            moved.append(f"exercise {number} {was} → {is_now}")
        elif number in graded and graded[number].score != row.score:
            kept.append(number)
        if number in graded and graded[number].message != row.message:
            reworded.append(number)
    return moved, reworded, kept


def _score(score: float | None) -> str:
    return "not graded" if score is None else f"{score:g}"


def _total(record: Record) -> str:
    return _score(record.score if record.graded else None)


def _exercises(numbers: Sequence[int]) -> str:
    return f"exercise{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
