"""One submission to grade, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.course import SourceNotebook
from autograder.grading.limits import Limits
from autograder.grading.results.harmless import Harmless
from autograder.grading.results.record import Record


@dataclass(frozen=True)
class Task:
    """One submission to grade.

    Attributes:
        student: Name of the student's folder, safe to print.
        digest: Fingerprint of the submission.
        notebooks: Content of the submitted files, by name without ``.ipynb``.
        problems: Why a notebook is missing or cannot be read, by name.
        notes: What was found while reading.
        course: The released notebooks, in order.
        world: Folder of the world to grade in.
        scratch: Folder for temporary files.
        limits: What the submission may use.
        preface: Cells to put on top of each graded notebook.
        confined: Whether it is shut in.
        not_handed_in: Of `problems`, the notebooks that are surely not there: these count as 0.
        handed_in: When, in Unix time; 0 where that is not known.
    """

    student: str
    digest: str
    notebooks: Mapping[str, bytes]
    problems: Mapping[str, str]
    notes: tuple[str, ...]
    course: tuple[SourceNotebook, ...]
    world: Path
    scratch: Path
    limits: Limits
    preface: tuple[Mapping[str, Any], ...] = ()
    confined: bool = True
    not_handed_in: frozenset[str] = frozenset()
    handed_in: float = 0.0


@dataclass(frozen=True)
class Graded:
    """A graded submission.

    Attributes:
        record: What became of it.
        notebooks: Its notebooks with the verdicts, by name.
        doubt: What its process says that the machine lacked; empty where it says nothing.
    """

    record: Record
    notebooks: Mapping[str, Harmless]
    doubt: str = ""
