"""Submissions that share lines which hardly anybody else wrote: a hint to look, no verdict.

Most right answers are alike, so what was handed out, what the solution says, and what many wrote
count for nothing. Order counts for nothing either.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from autograder.careful_files import write_file
from autograder.grading.afterwards.opened import answer_in, cells_of, without_marks
from autograder.grading.reports.rendering import page
from autograder.notebooks.source import read_all
from utils.errors import CourseError

FEW = 5
"""Lines that more learners than this wrote (or a tenth of the class) tell nothing."""

LEAST_LINES = 4
"""Fewest such lines that two submissions must share."""

LEAST_SHARE = 0.5
"""Least share of their unusual lines that they must have in common, weighed by how rare each is."""

MOST_PAIRS = 100
"""Most pairs that are listed."""

SIMILAR = "similar.html"

Lines = Mapping[int, tuple[str, ...]]
"""The lines of each exercise, as written."""


@dataclass(frozen=True)
class Pair:
    """Two learners, and what they share.

    Attributes:
        first: One learner.
        second: The other one.
        share: Weighed share of their unusual lines that both have, 0 to 1.
        shared: How many such lines.
        sides: For each exercise in which they share some: the lines of either, and whether each
            line is shared.
    """

    first: str
    second: str
    share: float
    shared: int
    sides: Mapping[int, tuple[list[tuple[str, bool]], list[tuple[str, bool]]]]


def plain(line: str) -> str:
    """A line without what an editor changes by itself: blanks, kind of quotation mark."""
    return re.sub(r"\s+", "", line).replace("'", '"')


def given_lines() -> dict[int, set[str]]:
    """By exercise, the plain lines of what was handed out and of the solution."""
    return {
        item.number: {
            plain(line) for code in (item.starter, item.solution) for line in code.splitlines()
        }
        for notebook in read_all()
        for item in notebook.exercises
    }


def similar(class_lines: Mapping[str, Lines], given: Mapping[int, set[str]]) -> list[Pair]:
    """The pairs that share many unusual lines, the most alike first.

    Args:
        class_lines: What each learner wrote.
        given: By exercise, plain lines that say nothing.
    """
    own = {
        student: {
            (number, plain(line))
            for number, written in lines.items()
            for line in written
            if plain(line) and plain(line) not in given.get(number, set())
        }
        for student, lines in class_lines.items()
    }
    counts = Counter(line for lines in own.values() for line in lines)
    many = max(FEW, len(own) // 10)
    rare = {student: {k for k in lines if counts[k] <= many} for student, lines in own.items()}
    holders: dict[tuple[int, str], list[str]] = defaultdict(list)
    for student, lines in sorted(rare.items()):
        for line in lines:
            holders[line].append(student)
    together = Counter(pair for names in holders.values() for pair in combinations(names, 2))

    def weight(lines: set[tuple[int, str]]) -> float:
        return sum(math.log((len(own) + 2) / counts[line]) for line in lines)

    pairs = []
    for (first, second), shared in together.items():
        share = weight(rare[first] & rare[second]) / weight(rare[first] | rare[second])
        if shared >= LEAST_LINES and share >= LEAST_SHARE:
            sides = _sides(class_lines, first, second, rare[first] & rare[second])
            pairs.append(Pair(first, second, share, shared, sides))
    return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))[:MOST_PAIRS]


def _sides(
    class_lines: Mapping[str, Lines], first: str, second: str, common: set[tuple[int, str]]
) -> dict[int, tuple[list[tuple[str, bool]], list[tuple[str, bool]]]]:
    def side(student: str, number: int) -> list[tuple[str, bool]]:
        lines = class_lines[student].get(number, ())
        return [(line, (number, plain(line)) in common) for line in lines]

    return {
        number: (side(first, number), side(second, number))
        for number in sorted({number for number, _ in common})
    }


def write(results: Path) -> list[Pair]:
    """Write the page of similar submissions into a folder of results; returns the pairs.

    Raises:
        CourseError: The folder holds no results.
    """
    lines = {}
    for student, record in without_marks(results).items():
        if not record.problem:
            cells = cells_of(results, student)
            lines[student] = {
                number: tuple(answer_in(own).splitlines()) for number, own in cells.items()
            }
    pairs = similar(lines, given_lines())
    try:
        write_file(results / SIMILAR, page(SIMILAR, pairs=pairs, count=len(lines)))
    except OSError as error:
        raise CourseError(
            f"{results / SIMILAR} cannot be written: {error.strerror}", "a folder to write to", ""
        ) from error
    return pairs
