"""Which submitted cell is which cell of the course.

A cell is known by its name, else by its text, else (an answer) by its place and by the lines that
the course wrote into it. Of several cells for the same one, the one in its place is taken.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from autograder.checks.notebook.cells import lines_of, own_lines
from autograder.grading.course import SourceCell, SourceNotebook
from autograder.grading.handed_in.sent_cells import SentCell

ALIKE = 0.5
"""An answer found elsewhere must hold more than this share of the course's own lines."""


@dataclass
class Alignment:
    """Which cell is which. A place is the index of a cell among all cells of its notebook.

    Attributes:
        places: Place of the submitted cell, by the place of the course's cell.
        copies: Places of further submitted cells for the same cell of the course.
        refound: Exercises whose cell had lost its name and was still found.
        elsewhere: Exercises whose cell was left as handed out, while another one answers it.
        together: Exercises without a cell whose lines stand in that of another.
        displaced: Whether exercises or checks stood in another order than the course's.
        astray: For example cells that the learner moved, and that stay where they are: their
            place in the course, by their submitted place.
    """

    places: dict[int, int] = field(default_factory=dict)
    copies: dict[int, list[int]] = field(default_factory=dict)
    refound: set[int] = field(default_factory=set)
    elsewhere: set[int] = field(default_factory=set)
    together: set[int] = field(default_factory=set)
    displaced: bool = False
    astray: dict[int, int] = field(default_factory=dict)


def align(sent: Sequence[SentCell], source: SourceNotebook) -> Alignment:
    """Tell which submitted cell is which cell of the course."""
    return _Aligner(sent, source).align()


class _Aligner:
    def __init__(self, sent: Sequence[SentCell], source: SourceNotebook) -> None:
        self.sent = sent
        self.cells = source.cells
        self.found = Alignment()

    def align(self) -> Alignment:
        claims = self._claims()
        self.found.places = {key: claim[0] for key, claim in claims.items() if len(claim) == 1}
        before, after = self._neighbours()
        for key, claim in claims.items():
            if len(claim) > 1:
                in_place = [place for place in claim if before[place] < key < after[place]]
                chosen = self._choose(key, in_place or claim)
                self.found.places[key] = chosen
                self.found.copies[key] = [place for place in claim if place != chosen]
        self._find_lost_answers()
        self._find_answers_elsewhere()
        self._find_answers_together()
        self._leave_astray()
        return self.found

    def _claims(self) -> dict[int, list[int]]:
        """Places of the submitted cells that match a cell of the course by name, else by text."""
        by_name = {cell.id: key for key, cell in enumerate(self.cells)}
        texts = Counter(map(_text_of, self.cells))
        by_text = {
            text: key for key, cell in enumerate(self.cells) if texts[text := _text_of(cell)] == 1
        }
        named: dict[int, list[int]] = {}
        alike: dict[int, list[int]] = {}
        for place, cell in enumerate(self.sent):
            key = next((by_name[name] for name in cell.names if name in by_name), None)
            if key is not None:
                named.setdefault(key, []).append(place)
            elif (key := by_text.get((cell.kind, cell.source.strip()))) is not None:
                alike.setdefault(key, []).append(place)
        return alike | named

    def _neighbours(self) -> tuple[list[int], list[int]]:
        """For each submitted cell: the cells of the course known so far before and after it."""
        keys = {place: key for key, place in self.found.places.items()}
        count = len(self.sent)
        before, after = [-1] * count, [len(self.cells)] * count
        for place in range(1, count):
            before[place] = keys.get(place - 1, before[place - 1])
        for place in reversed(range(count - 1)):
            after[place] = keys.get(place + 1, after[place + 1])
        return before, after

    def _choose(self, key: int, claim: list[int]) -> int:
        """Which of several submitted cells counts as a cell of the course."""
        course = self.cells[key]
        right = [place for place in claim if self.sent[place].kind == course.cell_type] or claim
        if course.kind == "check":
            return right[-1]  # what the learner saw last
        edited = [place for place in right if not same_text(self.sent[place], course)]
        return edited[0] if course.kind == "exercise" and edited else right[0]

    # --- answers without a name ---------------------------------------------------------------

    def _find_lost_answers(self) -> None:
        for key, course in enumerate(self.cells):
            if course.kind != "exercise" or key in self.found.places:
                continue
            place = self._only_one_between(key)
            place = self._alike_elsewhere(key) if place is None else place
            if place is not None:
                for other in [k for k, taken in self.found.places.items() if taken == place]:
                    del self.found.places[other]
                self.found.places[key] = place
                self.found.refound.add(course.exercise)

    def _find_answers_elsewhere(self) -> None:
        """For an untouched cell: one with its lines that would count for another check or none."""
        places = self.found.places
        given = {cell.source.strip() for cell in self.cells}
        for key, course in enumerate(self.cells):
            if course.kind != "exercise" or key not in places:
                continue
            if not same_text(self.sent[places[key]], course):
                continue
            free = [p for p in sorted(self._free()) if self.sent[p].source.strip() not in given]
            place = self._most_alike(key, [p for p in free if not self._in_use(p)], ALIKE)
            if place is not None:
                places[key] = place
                self.found.elsewhere.add(course.exercise)

    def _find_answers_together(self) -> None:
        """Of an exercise without a cell: whether the cell of another holds its lines."""
        answers = {
            place for key, place in self.found.places.items() if self.cells[key].kind == "exercise"
        }
        lines = [lines_of(self.sent[place].source) for place in answers]
        for key, course in enumerate(self.cells):
            if course.kind == "exercise" and key not in self.found.places:
                own = self._own_lines[key]
                if any(len(own & other) > ALIKE * len(own) for other in lines):
                    self.found.together.add(course.exercise)

    def _in_use(self, place: int) -> bool:
        """Whether a cell answers the exercise for which it counts: that of the next check."""
        places = self.found.places
        checks = {
            other: self.cells[key].exercise
            for key, other in places.items()
            if self.cells[key].kind == "check" and other > place
        }
        number = checks[min(checks)] if checks else 0
        for key, course in enumerate(self.cells):
            if number and course.kind == "exercise" and course.exercise == number:
                own = self._own_lines[key]
                alike = len(own & lines_of(self.sent[place].source)) > ALIKE * len(own)
                return alike and places.get(key, -1) < min(checks)
        return False

    def _only_one_between(self, key: int) -> int | None:
        """The code cell where the exercise belongs: the only one, or the one most alike."""
        places = self.found.places
        low = next((places[k] for k in reversed(range(key)) if k in places), -1)
        later = range(key + 1, len(self.cells))
        high = next((places[k] for k in later if k in places), len(self.sent))
        between = [place for place in sorted(self._free()) if low < place < high]
        return between[0] if len(between) == 1 else self._most_alike(key, between, 0.0)

    def _alike_elsewhere(self, key: int) -> int | None:
        """A cell elsewhere with more than `ALIKE` of the exercise's own lines."""
        edited = {
            place
            for k, place in self.found.places.items()
            if (course := self.cells[k]).kind == "given"
            and not course.locked
            and self.sent[place].kind == "code"
            and not same_text(self.sent[place], course)
        }
        return self._most_alike(key, sorted(self._free() | edited), ALIKE)

    def _most_alike(self, key: int, candidates: list[int], least: float) -> int | None:
        lines = self._own_lines[key]
        if not lines or not candidates:
            return None
        scores = [len(lines & lines_of(self.sent[p].source)) / len(lines) for p in candidates]
        best = max(scores)
        return candidates[scores.index(best)] if best > least and scores.count(best) == 1 else None

    def _free(self) -> set[int]:
        """Places of code cells that are not yet known as a cell of the course."""
        taken = set(self.found.places.values()).union(*self.found.copies.values())
        return {
            place
            for place, cell in enumerate(self.sent)
            if cell.kind == "code" and place not in taken and cell.source.strip()
        }

    @cached_property
    def _own_lines(self) -> list[set[str]]:
        """The lines of each cell of the course that no other one has."""
        return own_lines([cell.source for cell in self.cells])

    # --- cells out of order -------------------------------------------------------------------

    def _leave_astray(self) -> None:
        """Of the cells out of order, keep a run with an exercise in it; let go of the others.

        A moved example cell stays where the learner put it. A locked cell is put back in its place.
        """
        keys = sorted(self.found.places, key=self.found.places.__getitem__)
        ordered = set(_longest_rising(keys))
        for in_order, run in groupby(keys, key=ordered.__contains__):
            moved = list(run)
            if in_order:
                continue
            kinds = {self.cells[key].kind for key in moved}
            self.found.displaced |= bool(kinds & {"exercise", "check"})
            if "exercise" in kinds:
                continue
            for key in moved:
                place = self.found.places.pop(key)
                if self.cells[key].locked:
                    self.found.copies.setdefault(key, []).append(place)
                elif self.cells[key].kind == "given":
                    self.found.astray[place] = key


def same_text(cell: SentCell, course: SourceCell) -> bool:
    """Whether a cell reads as the course's does; space around it does not count."""
    return cell.source.strip() == course.source.strip()


def _text_of(cell: SourceCell) -> tuple[str, str]:
    return cell.cell_type, cell.source.strip()


def _longest_rising(keys: Sequence[int]) -> list[int]:
    """The longest rising subsequence."""
    ends: list[int] = []  # the lowest last number of a sequence of each length
    previous: dict[int, int | None] = {}
    for key in keys:
        length = bisect_left(ends, key)
        previous[key] = ends[length - 1] if length else None
        ends[length : length + 1] = [key]
    last = ends[-1] if ends else None
    rising = []
    while last is not None:
        rising.append(last)
        last = previous[last]
    return rising
