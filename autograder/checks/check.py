"""``check(N)``: what a learner calls."""

import contextlib
import io
import warnings
from collections.abc import Iterator

from autograder.checks import expectation as expectations
from autograder.checks import facts
from autograder.checks.exercise import Exercise
from autograder.checks.exercises import exercise as find
from autograder.checks.expectation import Expectation
from autograder.checks.facts import Evidence
from autograder.checks.judge import judge
from autograder.checks.session import Session
from autograder.checks.verdict import Verdict
from autograder.checks.workspace import Workspace
from utils.reference import PRACTICE_PATCH_URL


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
    return expectations.load(workspace.exercise, url if type(url) is str else PRACTICE_PATCH_URL)


def evidence_of(exercise: Exercise, workspace: Workspace) -> Evidence:
    """The evidence; where reading fails as a whole, every fact is missing and says so."""
    try:
        return exercise.collect(workspace)
    except Exception as problem:  # a learner's object may raise anything when it is looked at
        why = facts.missing(f"could not be read ({type(problem).__name__})")
        names = [spec.name for spec in exercise.facts]
        return dict.fromkeys(names, why) | facts.of_run(workspace)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep standard error and standard output clean: nbgrader takes points for a warning."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        with contextlib.redirect_stdout(io.StringIO()):
            yield


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
