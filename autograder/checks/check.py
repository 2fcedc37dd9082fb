"""``check(N)``: what a learner calls."""

from collections import defaultdict

from autograder.checks import expectation as expectations
from autograder.checks import facts
from autograder.checks.exercise import Exercise
from autograder.checks.exercises import exercise as find
from autograder.checks.expectation import Expectation
from autograder.checks.facts import Evidence
from autograder.checks.guard import quiet, time_limit
from autograder.checks.judge import judge
from autograder.checks.session import Session
from autograder.checks.verdict import Verdict
from autograder.checks.workspace import Workspace
from utils.reference import PRACTICE_PATCH_URL

MAX_URL = 220
"""Longest address of a patch: a longer one cannot be the name of a file."""


def check_workspace(workspace: Workspace) -> Verdict:
    """Judge one exercise on a workspace.

    Whatever the learner's objects do, nothing is raised, printed or warned about.
    """
    exercise = find(workspace.exercise)
    with quiet():
        expectation = expectation_for(workspace)
        return judge(exercise, evidence_of(exercise, workspace), expectation)


def expectation_for(workspace: Workspace) -> Expectation:
    """The expectation on the patch that the learner opened."""
    url = workspace.names.get("tile_url")
    if type(url) is not str or not url.isascii() or len(url) > MAX_URL:
        url = PRACTICE_PATCH_URL
    return expectations.load(workspace.exercise, url)


def evidence_of(exercise: Exercise, workspace: Workspace) -> Evidence:
    """The evidence; where reading fails as a whole, every fact is missing and says so."""
    try:
        with time_limit():
            return exercise.collect(workspace)
    except Exception as problem:  # a learner's object may raise anything when it is looked at
        why = facts.missing(f"could not be read ({type(problem).__name__})")
        return defaultdict(lambda: why, facts.of_run(workspace))


class Checker:
    """Checks in one kernel.

    Args:
        session: Watches the kernel's cells.
        client: Client of the offline services, or ``None`` where none run.
    """

    def __init__(self, session: Session, client: object = None) -> None:
        self.session = session
        self.client = client

    def check(self, number: int) -> Verdict:
        """Judge exercise ``number`` on what the notebook holds now."""
        exercise = find(number)
        client = self.client if exercise.reads_services else None
        return check_workspace(self.session.workspace(number, client))
