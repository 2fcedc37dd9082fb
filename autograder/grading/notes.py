"""What was odd about a submitted notebook, in plain sentences; none holds text of the learner."""

from collections.abc import Collection, Iterator, Sequence

from autograder.grading.alignment import Alignment, same_text
from autograder.grading.sent_cells import SentCell
from autograder.grading.source_notebook import SourceNotebook

_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def notes_about(
    sent: Sequence[SentCell],
    source: SourceNotebook,
    found: Alignment,
    left_out: int,
    unanswered: Collection[int],
) -> list[str]:
    """All findings.

    Args:
        sent: The cells that were handed in.
        source: The course's notebook.
        found: Which of them is which.
        left_out: Number of entries that are no cells.
        unanswered: Exercises for which no code of the learner is run.
    """
    notes = [*_about_cells(sent, source, found)]
    notes += _about_exercises(sent, source, found, unanswered)
    if left_out:
        notes.append(f"{_count(left_out, 'entry', 'entries')} without a kind or text left out")
    return [f"notebook {source.name}: {note}" for note in notes]


def why_not_run(cell: SentCell | None, number: int) -> str:
    """Why there is no answer to an exercise, or an empty string.

    Args:
        cell: The learner's cell, if there is one.
        number: The exercise.
    """
    if cell is None:
        return f"the cell of exercise {number} is missing"
    if cell.kind != "code":
        return f"the cell of exercise {number} is text, not code, and was not run"
    if not cell.source.strip():
        return f"the cell of exercise {number} is empty"
    return ""


def _about_exercises(
    sent: Sequence[SentCell],
    source: SourceNotebook,
    found: Alignment,
    unanswered: Collection[int],
) -> Iterator[str]:
    for key, course in enumerate(source.cells):
        if not course.exercise:
            continue
        words = "check" if course.kind == "check" else "cell"
        what = f"the {words} of exercise {course.exercise}"
        place = found.places.get(key)
        copies = found.copies.get(key, [])
        if place is None and course.kind == "check":
            yield f"{what} was not in its place and was put back"
        elif place is not None and copies:
            rank = sorted([place, *copies]).index(place)
            which = _ORDINALS[rank] if rank < len(_ORDINALS) else "last"
            times = "twice" if len(copies) == 1 else f"{len(copies) + 1} times"
            yield f"{what} was there {times}; the {which} one counts, the rest is ordinary code"
        if course.kind == "exercise":
            reason = why_not_run(None if place is None else sent[place], course.exercise)
            if reason and course.exercise not in unanswered:
                yield f"{reason}; the other cells before its check count"
            elif reason:
                yield reason
            elif course.exercise in found.refound:
                yield f"{what} had lost its name and was found by its place and its lines"
        elif place is not None and not same_text(sent[place], course):
            yield f"{what} was changed; the course's own one is used"


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
