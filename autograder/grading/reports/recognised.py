"""What was recognised of a class, as a dry run tells it before anything is graded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from autograder.grading.course import SourceNotebook
from autograder.grading.handed_in.choosing import Version
from autograder.grading.handed_in.sent_cells import read_cells
from autograder.grading.handed_in.student_names import shown_name
from autograder.grading.handed_in.submission_files import HandedIn, read_submission
from autograder.grading.handed_in.submissions import Submission
from autograder.grading.handed_in.trees import UnusableNotebook
from autograder.grading.reports.rendering import duration
from autograder.grading.reports.sentences import local_time
from autograder.grading.results.lateness import seconds_late
from autograder.grading.results.record import Record

State = Literal["new", "changed", "again", "kept", "unread"]
"""What a run would do with a submission; it could not read one that is ``unread``."""

WORDS: Mapping[State, str] = {
    "new": "to be graded",
    "changed": "changed since it was graded, to be graded again",
    "again": "to be graded again",
    "kept": "graded already, kept",
    "unread": "cannot be graded",
}


class Recognised:
    """Goes through the submissions of a class and tells of each.

    Args:
        sources: The course's notebooks.
        records: What an earlier run has graded, by student.
        again: Whether what is graded already would be graded again.
        due: When submissions were due: ISO 8601, in UTC; empty for at no time.

    Attributes:
        states: How many submissions are in which state.
        in_part: How many would be graded but for some notebooks that cannot be read.
    """

    def __init__(
        self,
        sources: Sequence[SourceNotebook],
        records: Mapping[str, Record],
        again: bool,
        due: str,
    ) -> None:
        self.states: Counter[State] = Counter()
        self.in_part = 0
        self._sources = sources
        self._records = records
        self._again = again
        self._due = datetime.fromisoformat(due) if due else None

    def tell(self, submission: Submission) -> Iterator[str]:
        """Lines on a submission: what would become of it, and which notebooks were found where."""
        if submission.problem:
            yield self._nothing_of(submission, submission.problem)
            return
        handed_in = read_submission(submission, self._sources)
        if handed_in.nothing:
            yield self._nothing_of(submission, handed_in.nothing)
            return
        state = self._state(self._records.get(submission.student), handed_in.digest)
        self.states[state] += 1
        when = f"; collected {local_time(submission.sent)}" if submission.sent else ""
        late = seconds_late(handed_in.sent, self._due, None)
        when += f"; late by {duration(late)}" if late else ""
        yield f"{submission.student}: {WORDS[state]}{when}"
        unread = {source.name: _unread(handed_in, source.name) for source in self._sources}
        self.in_part += any(unread.values())
        for name, problem in unread.items():
            yield f"  {name}: {problem or _found(handed_in, name)}"
        for note in handed_in.notes:
            yield f"  note: {note}"

    def _nothing_of(self, submission: Submission, reason: str) -> str:
        self.states["unread"] += 1
        return f"{submission.student}: {WORDS['unread']}: {reason}"

    def _state(self, record: Record | None, digest: str) -> State:
        if record is None:
            return "new"
        if record.is_of(digest):
            return "again" if self._again else "kept"
        return "again" if record.problem else "changed"

    def in_all(self) -> str:
        """How many would be graded, are kept, and cannot be graded."""
        count = self.states
        graded = count["new"] + count["changed"] + count["again"]
        return (
            f"{graded} to be graded ({count['changed']} of them changed), {count['kept']} kept, "
            f"{count['unread']} cannot be graded, {self.in_part} only in part. "
            "This was a dry run: nothing was graded or written."
        )


def _unread(handed_in: HandedIn, name: str) -> str:
    """Why a notebook would not be graded; empty where it would, as 0 if it is surely missing."""
    version = handed_in.versions.get(name)
    if version is None:
        missing = name in handed_in.not_handed_in
        return "" if missing else f"{_without(name, handed_in.problems[name])}; not graded"
    try:
        read_cells(version.content, name)
    except UnusableNotebook as problem:
        return f"{_place(version)} {_without(name, str(problem))}; not graded"
    return ""


def _without(name: str, problem: str) -> str:
    return problem.removeprefix(f"notebook {name} ")


def _found(handed_in: HandedIn, name: str) -> str:
    version = handed_in.versions.get(name)
    if version is None:
        return "is missing; counts as 0"
    return f"{_place(version)}, {local_time(version.sent)}"


def _place(version: Version) -> str:
    """Where a file lies: in which folder or archive, and where in that."""
    inside = version.where == version.given_in
    return shown_name(version.where if inside else f"{version.given_in}/{version.where}")
