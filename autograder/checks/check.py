"""``check(N)`` in a learner's kernel, and its steps, which recording and grading use as well."""

from collections import defaultdict
from dataclasses import replace
from functools import cache, partial

from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.served import Served
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import Exercise, of_exception
from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.session import Session
from autograder.checks.patch_was_read import judge_on_patch
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence
from autograder.checks.reading.guard import quiet, time_limit
from autograder.checks.reading.workspace import Workspace
from autograder.checks.showing.card import Card
from autograder.checks.showing.hints import Hints
from autograder.checks.showing.panel import exercise_number, listing
from autograder.checks.showing.progress import Progress
from utils.reference import PRACTICE_PATCH_URL

MAX_URL = 220
"""Longest address of a patch, in characters: a longer one cannot become the name of a file."""


def check_workspace(workspace: Workspace) -> Verdict:
    """Judge one exercise on a workspace.

    Whatever the learner's objects do, nothing is raised, printed or warned about.
    """
    exercise = find(workspace.exercise)
    with quiet():
        url, folder = opened_patch(workspace), expectations.current_folder()
        load = partial(expectations.load, tile_url=url, folder=folder)
        evidence = evidence_of(exercise, workspace)
        verdict = judge_on_patch(exercise, evidence, load, Served(folder.parent, url))
    remarks = (*verdict.remarks, *remarks_on(exercise, workspace))
    return replace(verdict, remarks=remarks)


def remarks_on(exercise: Exercise, workspace: Workspace) -> list[str]:
    """Remarks on results that `catch_up` gave, and on cells that changed or changed order."""
    remarks = []
    given = tuple(name for name in exercise.names if name in workspace.given)
    if given:
        remarks.append(
            f"{listing(given)} came from `catch_up({exercise.number})` and {_earn(given)} no "
            "points. Solve the exercise yourself, and it counts."
        )
    return [*remarks, workspace.warning] if workspace.warning else remarks


def _earn(names: tuple[str, ...]) -> str:
    return "earn" if len(names) > 1 else "earns"


def opened_patch(workspace: Workspace) -> str:
    """Address of the patch that the learner opened; where unusable, that of the practice patch."""
    url = workspace.names.get("tile_url")
    usable = type(url) is str and url.isascii() and url.isprintable() and len(url) <= MAX_URL
    return str(url) if usable else PRACTICE_PATCH_URL


def evidence_of(exercise: Exercise, workspace: Workspace) -> Evidence:
    """The evidence, read in bounded time; where reading fails, every fact is missing."""
    with time_limit():
        return concluded(exercise, claims_of(exercise, workspace), workspace)


def claims_of(exercise: Exercise, workspace: Workspace) -> Evidence:
    """The facts read in the process of the learner's code; nothing is raised, no name missing."""
    try:
        return exercise.claims(workspace)
    except BaseException as problem:  # a learner's object may raise anything when it is looked at
        unread = dict.fromkeys(claimed_names(exercise), _unread(problem))
        return unread | of_exception(workspace)


@cache
def claimed_names(exercise: Exercise) -> tuple[str, ...]:
    """Names of the facts in `claims_of`."""
    return tuple(exercise.claims(Workspace({}, exercise.number)))


def concluded(exercise: Exercise, claims: Evidence, workspace: Workspace) -> Evidence:
    """All evidence: the claims, and what follows from them and from the rest of a workspace."""
    try:
        return exercise.evidence(claims, workspace)
    except Exception as problem:  # a request may hold anything
        why = _unread(problem)
        return defaultdict(lambda: why, {**facts.of_code(workspace.source), **claims})


def _unread(problem: BaseException) -> facts.Fact:
    return facts.missing(f"could not be read ({facts.type_name(problem)})")


class Checker:
    """Checks in one kernel.

    Args:
        session: Watches the kernel's cells.
        client: Client of the offline services, or ``None`` where none run.

    Attributes:
        hints: The hints that are open.
        progress: The best points so far.
    """

    def __init__(self, session: Session, client: object = None) -> None:
        self.session = session
        self.client = client
        self.hints = Hints()
        self.progress = Progress()

    def check(self, number: int) -> Card:
        """Judge exercise ``number`` on what the notebook holds now.

        Raises:
            CourseError: There is no such exercise.
        """
        exercise = find(exercise_number(number, "check"))
        client = self.client if exercise.reads_services else None
        verdict = Card.of(check_workspace(self.session.workspace(exercise.number, client)))
        with quiet():
            self.progress.note(verdict, keep=self.session.has_a_learner())
        return verdict
