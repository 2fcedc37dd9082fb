"""All that is written of a class from its records: table, feedback, report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.checks.judging.expectation import load
from autograder.grading.reports.feedback import write_feedback
from autograder.grading.reports.pages import RunFacts, write_report
from autograder.grading.results.class_list import class_list, name_of
from autograder.grading.results.grades import write_grades
from autograder.grading.results.record import Record
from autograder.grading.results.store import Run, world_folder
from autograder.grading.worlds.world_picture import describe


def write_everything(
    results: Path,
    records: Sequence[Record],
    run: Run,
    *,
    workers: int = 1,
    kept: int = 0,
    seconds: float | None = None,
) -> dict[str, str]:
    """Write ``grades.csv``, the feedback and the report into a folder of results.

    Args:
        results: The folder of results.
        records: What became of each submission, with what people entered.
        run: What all were graded with.
        workers: Number of processes for the feedback.
        kept: Number of submissions that an earlier run had graded.
        seconds: Time that the run took; ``None`` where nothing was graded.

    Returns:
        By student with a grade, but without feedback: why.

    Raises:
        CourseError: The class list in the results cannot be read.
        OSError: The results can no longer be written.
    """
    titles = _titles(results, records)
    write_grades(results / "grades.csv", records)
    with_notebooks = [record for record in records if not record.problem]
    no_feedback = write_feedback(results, with_notebooks, titles, workers)
    facts = RunFacts(datetime.now(UTC), seconds, kept, limits=run.limits)
    if not run.practice:
        patch = describe(world_folder(results))
        facts = replace(
            facts,
            seed=run.seed,
            patch=patch.sentence,
            patch_for_instructors=patch.for_instructors,
            picture=patch.picture,
            alternative=patch.alternative,
        )
    people = class_list(results)
    names = {record.student: name_of(record.student, people) for record in records}
    write_report(results, records, titles, facts, names)
    return no_feedback


def _titles(results: Path, records: Sequence[Record]) -> Mapping[int, str]:
    """Title of each exercise."""
    numbers = [row.exercise for row in records[0].rows] if records else []
    folder = world_folder(results) / "expectations"
    return {number: load(number, folder=folder).title for number in numbers}
