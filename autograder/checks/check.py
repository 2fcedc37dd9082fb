"""``check(N)`` in a learner's kernel, and its steps, which recording and grading use as well."""

from collections import defaultdict
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.served import Served
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import Exercise, of_exception
from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.session import Session
from autograder.checks.own_patch.ground import ground_of, judged_on
from autograder.checks.own_patch.recording import Recordings
from autograder.checks.patch_was_read import judge_on_patch
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence
from autograder.checks.reading.guard import quiet, time_limit
from autograder.checks.reading.workspace import Workspace
from autograder.checks.showing import typed_secrets
from autograder.checks.showing.card import Card
from autograder.checks.showing.hints import Hints
from autograder.checks.showing.not_later import not_later
from autograder.checks.showing.panel import Panel, exercise_number, listing
from autograder.checks.showing.progress import Progress
from autograder.checks.showing.questions import Questions
from autograder.checks.showing.situation import Situation
from autograder.checks.texts import card as say
from utils.reference import PRACTICE_PATCH_URL

MAX_URL = 220
"""Longest address of a patch, in characters: a longer one cannot become the name of a file."""


def check_workspace(workspace: Workspace) -> Verdict:
    """Judge one exercise on a workspace.

    Whatever the learner's objects do, nothing is raised, printed or warned about.
    """
    return examined(workspace)[0]


def examined(
    workspace: Workspace, own_patch: Path | None = None
) -> tuple[Verdict, Evidence, Served]:
    """The verdict on a workspace, with the evidence and what was served for it.

    Args:
        workspace: What the learner's code left behind.
        own_patch: World of a patch that is none of the course's, if it was done on one.
    """
    exercise = find(workspace.exercise)
    with quiet():
        url, folder = opened_patch(workspace), expectations.current_folder()
        load: expectations.Load = partial(expectations.load, tile_url=url, folder=folder)
        evidence, served = evidence_of(exercise, workspace), Served(folder.parent, url)
        asked, left_out = exercise, list[str]()
        if own_patch:
            served = Served(own_patch)
            asked, load, left_out = judged_on(own_patch, exercise, evidence, served)
        verdict = judge_on_patch(asked, evidence, load, served)
    remarks = (*verdict.remarks, *left_out, *remarks_on(exercise, workspace))
    return replace(verdict, remarks=remarks), evidence, served


def remarks_on(exercise: Exercise, workspace: Workspace) -> list[str]:
    """Remarks on results that `catch_up` gave, and on cells that changed or changed order."""
    remarks = []
    given = tuple(name for name in exercise.names if name in workspace.given)
    if given:
        key = "given-several" if len(given) > 1 else "given-one"
        remarks.append(say(key, names=listing(given), number=exercise.number))
    return [*remarks, workspace.warning] if workspace.warning else remarks


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
        progress: The points so far.
    """

    def __init__(self, session: Session, client: object = None) -> None:
        self.session = session
        self.client = client
        self.hints = Hints()
        self.progress = Progress()
        self._situation = Situation(session, self.hints)
        self._questions = Questions()
        self._recordings = Recordings()

    def check(self, number: int) -> Card:
        """Judge exercise ``number`` on what the notebook holds now.

        Raises:
            CourseError: There is no such exercise.
        """
        exercise = find(exercise_number(number, "check"))
        client = self.client if exercise.reads_services else None
        misplaced = self._situation.misplaced(exercise.number)
        workspace = self.session.workspace(exercise.number, client)
        with quiet():
            ground = ground_of(exercise, workspace, self._recordings)
        if ground and not ground.world:
            return self._not_judged(workspace, ground.says)
        own_patch = ground.world if ground else None
        verdict, evidence, served = examined(workspace, own_patch)
        said = ground.says if ground else ""
        if misplaced and not verdict.score:
            # Nothing was found wrong: the last check, maybe in another kernel, still stands.
            return Card.of(replace(verdict, message=misplaced, found="", expected="", see=""))
        secrets = typed_secrets.in_runs(self.session.runs)
        verdict = typed_secrets.hide(verdict, secrets)
        verdict = replace(verdict, remarks=(*typed_secrets.told(secrets), *verdict.remarks))
        with quiet():
            self.progress.note(verdict, keep=self.session.has_a_learner())
        if verdict.passed:
            verdict = replace(verdict, remarks=(*verdict.remarks, *not_later(workspace)))
            question = self._questions.ask(exercise, evidence, served)
            return Card.of(verdict, notice=said, question=question, **self._situation.note(verdict))
        more = self._situation.note(verdict)
        notice = " ".join(filter(None, [said, more["notice"]]))
        return Card.of(verdict, **{**more, "notice": notice})

    def _not_judged(self, workspace: Workspace, why: str) -> Card:
        """A card that only says why nothing is judged: it is no try, and changes no points."""
        verdict, _, _ = examined(workspace)
        none = tuple(replace(aspect, earned=0.0, reason="") for aspect in verdict.aspects)
        bare = Verdict(verdict.exercise, verdict.title, none, verdict.mistake, message=why)
        return Card.of(bare)

    def answer(self, number: int, value: object) -> Panel:
        """Tell whether an answer to the question behind an exercise is right.

        Raises:
            CourseError: There is no such exercise.
        """
        return self._questions.answer(find(exercise_number(number, "answer")), value)
