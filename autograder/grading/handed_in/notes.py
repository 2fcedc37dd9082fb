"""What was odd about a submitted notebook, in plain sentences; none holds text of the learner."""

from collections.abc import Collection, Iterator, Sequence

from autograder.grading.course import SourceCell, SourceNotebook
from autograder.grading.handed_in.alignment import Alignment, same_text
from autograder.grading.handed_in.sent_cells import SentCell, has_conflict


def notes_about(
    sent: Sequence[SentCell],
    source: SourceNotebook,
    found: Alignment,
    left_out: int,
    unanswered: Collection[int],
) -> list[str]:
    """All findings, each a sentence.

    Args:
        sent: The submitted cells.
        source: The course's notebook.
        found: Which submitted cell is which of the course's.
        left_out: Number of entries that are no cells.
        unanswered: Exercises for which no code of the learner is run.
    """
    notes = [*_about_cells(sent, source, found)]
    notes += _about_exercises(sent, source, found, unanswered)
    if left_out:
        notes.append(f"{_count(left_out, 'entry', 'entries')} without a kind or text left out")
    return [f"notebook {source.name}: {note}" for note in notes]


def why_not_run(cell: SentCell | None) -> str:
    """Why the learner's cell for an exercise is no answer; empty where it is one."""
    if cell is None:
        return "is missing"
    if cell.kind != "code":
        return "is text, not code, and was not run"
    return "" if cell.source.strip() else "is empty"


def _about_exercises(
    sent: Sequence[SentCell],
    source: SourceNotebook,
    found: Alignment,
    unanswered: Collection[int],
) -> Iterator[str]:
    """Findings about answers and checks; exercises with the same finding share a sentence."""
    findings: dict[str, list[int]] = {}
    for key, course in enumerate(source.cells):
        place, number = found.places.get(key), course.exercise
        cell = None if place is None else sent[place]
        times = 1 + len(found.copies.get(key, []))
        words: list[str] = []
        if course.kind == "check":
            words += _about_check(cell, course, times)
        elif number in found.together:
            words.append("answered in the cell of another exercise")
        elif course.kind == "exercise":
            words += _about_answer(cell, times, number in found.refound, number in unanswered)
            if number in found.elsewhere:
                words.append(
                    "its cell was left as handed out; a cell elsewhere that answers it counts"
                )
        for finding in words:
            findings.setdefault(finding, []).append(number)
    for finding, numbers in findings.items():
        yield f"{_listed(numbers)}: {finding}"


def _about_answer(
    cell: SentCell | None, times: int, refound: bool, unanswered: bool
) -> Iterator[str]:
    if reason := why_not_run(cell):
        others = "" if unanswered else ", but other cells before its check count"
        yield f"the cell {reason}{others}"
    elif refound:
        yield "the cell had lost its name and was found by its place or its lines"
    if cell is not None and has_conflict(cell.source):
        yield "the cell holds the marks of a merge conflict (<<<<<<<), which is no code"
    if times > 1:
        yield f"the cell was there {_times(times)}, what stands before the check counts"


def _about_check(cell: SentCell | None, course: SourceCell, times: int) -> Iterator[str]:
    if cell is None:
        yield "the check was not in its place and was put back"
        return
    if not same_text(cell, course):
        yield "the check was changed, the course's own one is used"
    if times > 1:
        yield f"the check was there {_times(times)}, the last one in its place counts"


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number:,} times"


def _listed(numbers: Sequence[int]) -> str:
    """Such as ``exercise 3`` or ``exercises 3, 4 and 5``."""
    if len(numbers) == 1:
        return f"exercise {numbers[0]}"
    return f"exercises {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _about_cells(
    sent: Sequence[SentCell], source: SourceNotebook, found: Alignment
) -> Iterator[str]:
    if found.displaced:
        yield "cells of exercises were out of order; they were run in the course's order"
    given = [(key, cell) for key, cell in enumerate(source.cells) if cell.kind == "given"]
    places = found.places
    lost = sum(course.locked and key not in places for key, course in given)
    if lost:
        yield f"{_count(lost, 'locked cell')} missing in place and put back"
    changed = sum(
        course.locked and key in places and not same_text(sent[places[key]], course)
        for key, course in given
    )
    if changed:
        yield f"{_count(changed, 'locked cell')} changed; the course's own code was run"
    as_text = sum(
        not course.locked and key in places and sent[places[key]].kind != "code"
        for key, course in given
    )
    if as_text:
        yield f"{_count(as_text, 'example cell')} turned into text and not run"
    checks = {key for key, cell in enumerate(source.cells) if cell.kind == "check"}
    known = {places[key] for key in checks & places.keys()}
    known.update(*(found.copies.get(key, []) for key in checks))
    claiming = sum(cell.claims_points and place not in known for place, cell in enumerate(sent))
    if claiming:
        yield f"{_count(claiming, 'cell')} marked as worth points that the course does not give"


def _count(number: int, one: str, many: str = "") -> str:
    """Such as ``1 cell was`` or ``3 cells were``."""
    return f"1 {one} was" if number == 1 else f"{number:,} {many or one + 's'} were"
