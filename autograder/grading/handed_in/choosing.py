"""Which of several files that are the same notebook counts.

One that can be read counts before one that cannot, one with work in it before one as it was handed
out, and of two with different work the one that was changed last, as far as the files tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from autograder.grading.course import SourceNotebook
from autograder.grading.handed_in.sent_cells import SentCell, read_cells
from autograder.grading.handed_in.student_names import shown_name
from autograder.grading.handed_in.trees import UnusableNotebook
from autograder.root import SOLVED

APART = 2.0
"""Seconds by which the times of two files differ at least; a zip counts in twos."""


@dataclass(frozen=True)
class Version:
    """A file that is a notebook of the course.

    Attributes:
        where: Its path in the submission.
        content: What it holds.
        changed: When it was changed, in Unix time; 0 where that is not known.
        canonical: Whether it lies where the course asks for it.
        sent: When it was handed in, in Unix time, as far as a file tells that the learner did not
            pack: its own, or that of the archive it lies in; 0 where that is not known.
        given_in: Name of the student's folder, archive or file that it is in.
    """

    where: str
    content: bytes
    changed: float
    canonical: bool
    sent: float = 0.0
    given_in: str = ""


def choose(versions: Sequence[Version], source: SourceNotebook) -> tuple[Version, str]:
    """The version that counts, and what to note of the others or of its name.

    Raises:
        LookupError: There is none.
        UnusableNotebook: There are two with different work, and nothing tells which is the later.
    """
    if not versions:
        raise LookupError
    own = [version for version in versions if not _is_of_course(version)] or list(versions)
    in_place = [version for version in own if version.canonical] or own
    work = [_work_in(version, source) if len(in_place) > 1 else None for version in in_place]
    worked = [n for n, found in enumerate(work) if found] or [
        n for n, found in enumerate(work) if found is not None
    ]
    if not worked:
        return in_place[0], _about_name(in_place[0], source.name)
    listed = " and ".join(_shown(version, in_place) for version in in_place)
    last, why = in_place[worked[0]], "the only one with work in it"
    if len({work[n] for n in worked}) > 1:
        last, why = _latest([in_place[n] for n in worked], listed)
    elif len(worked) == len(in_place):
        why = "the same work is in all"
    chosen = _shown(last, in_place)
    return last, f"was there more than once ({listed}); graded: {chosen}, {why}"


def _is_of_course(version: Version) -> bool:
    """Whether a file lies among the course's solutions: many hand in the course as a whole."""
    return SOLVED.parent.name in version.where.split("/")[:-1]


def _shown(version: Version, among: Sequence[Version]) -> str:
    """The path of a version, with what it was handed in with where another has the same path."""
    same = sum(other.where == version.where for other in among) > 1
    own_name = version.where in (version.given_in, "")
    return shown_name(
        f"{version.given_in}/{version.where}" if same and not own_name else version.where
    )


def _latest(versions: Sequence[Version], listed: str) -> tuple[Version, str]:
    """The version that was changed last, and how that is known."""
    *_, before, last = sorted(versions, key=lambda version: version.changed)
    if all(version.changed for version in versions) and last.changed - before.changed >= APART:
        day = datetime.fromtimestamp(last.changed, UTC)
        return last, f"changed last, on {day:%Y-%m-%d at %H:%M} UTC"
    *_, before, last = sorted(versions, key=lambda version: _number(version.where))
    if _number(last.where) > _number(before.where):
        return last, "it has the higher number"
    *_, before, last = sorted(versions, key=lambda version: _numbers(version.where))
    alike = {re.sub(r"\d+", "", version.where) for version in versions}
    if len(alike) == 1 and _numbers(last.where) > _numbers(before.where):
        return last, "it has the higher number"
    raise UnusableNotebook(f"is there more than once ({listed}); remove all but one")


def _about_name(version: Version, name: str) -> str:
    file = version.where.rpartition("/")[2]
    return "" if file == f"{name}.ipynb" else f"was handed in as {shown_name(version.where)}"


def _work_in(version: Version, source: SourceNotebook) -> tuple[SentCell, ...] | None:
    """The cells that are not the course's; ``None`` where the file cannot be read."""
    given = {cell.source.strip() for cell in source.cells}
    try:
        cells, _ = read_cells(version.content, source.name)
    except UnusableNotebook:
        return None
    return tuple(
        SentCell(cell.kind, cell.source)
        for cell in cells
        if cell.kind == "code" and cell.source.strip() and cell.source.strip() not in given
    )


def _numbers(where: str) -> list[int]:
    """All numbers of a path, as in ``Version 2/…`` or ``20261101120000_…``."""
    return [int(digits) for digits in re.findall(r"\d{1,20}", where)]


def _number(where: str) -> int:
    """The number that a browser or a system gives to a later file of the same name."""
    stem = re.sub(r"\.ipynb.*", "", where.rpartition("/")[2], flags=re.IGNORECASE)
    match = re.search(r"(?:\(|-)(\d{1,4})\)?$", stem)
    return int(match[1]) if match else 0
