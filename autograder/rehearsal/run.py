"""Grade one's own notebooks as `autograder.grading` grades a submission."""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from autograder.checks.showing.typed_secrets import in_notebook, told
from autograder.checks.texts import card as say
from autograder.grading.course import SourceNotebook, source_notebook
from autograder.grading.handing_over.messages import GradingFailedError
from autograder.grading.limits import Limits
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.task import Graded, Task
from autograder.grading.sandbox import missing
from autograder.grading.worlds.world_picture import Description, describe
from autograder.notebooks.build_notebooks import as_text, make
from autograder.notebooks.source import read_all
from autograder.patches import World
from autograder.rehearsal.outcome import Outcome, outcome
from autograder.rehearsal.own_notebooks import own_notebooks
from autograder.rehearsal.public_world import public_world
from autograder.services.cleanup import CleanupProcess
from utils.errors import CourseError

OWN = "you"
"""In place of a student's name."""


def rehearse(places: Collection[Path], tell: Callable[[str], None]) -> Outcome:
    """Grade notebooks on the landscape of rehearsals.

    Args:
        places: Folders of notebooks, and notebooks.
        tell: Is told how far it is.

    Raises:
        CourseError: There are no notebooks, or they cannot be graded here.
    """
    released = _released()
    own = own_notebooks(places, released)
    names = {notebook.name for notebook in own}
    course = tuple(source for source in released if source.name in names)
    with contextlib.ExitStack() as stack:
        scratch = Path(tempfile.mkdtemp(prefix="rehearsal-"))
        stack.callback(CleanupProcess(folder=scratch).close)  # also after a kill
        world = public_world(scratch, tell)
        server = ForkServer(World.load(world), scratch / "log")
        stack.callback(server.close)
        lacks = missing()
        tell(say("rehearsal-running", count=len(own)))
        task = Task(
            student=OWN,
            digest=hashlib.sha256(b"".join(item.content for item in own)).hexdigest(),
            notebooks={item.name: item.content for item in own},
            problems={},
            notes=(),
            course=course,
            world=world,
            scratch=scratch,
            limits=Limits(),
            confined=not lacks,
        )
        graded, patch = _graded(server, task, scratch / "log"), describe(world)
    secrets = {secret: kind for item in own for secret, kind in in_notebook(item.path).items()}
    return outcome(graded, own, course, [*told(secrets), *_about(patch, lacks)])


def _released() -> tuple[SourceNotebook, ...]:
    """The notebooks as the course hands them out; those in ``course/`` are the learner's by now."""
    return tuple(
        source_notebook(notebook.name, json.loads(as_text(make(notebook, solved=False))))
        for notebook in read_all()
    )


def _graded(server: ForkServer, task: Task, log: Path) -> Graded:
    try:
        return server.grade(task)
    except GradingFailedError as problem:
        last = log.read_text(errors="replace").strip().splitlines()[-1:]
        raise CourseError(
            f"The rehearsal failed: {problem}",
            "A system on which notebooks can be graded",
            f"Run `make rehearse` again, and show these words to your instructor {last}",
        ) from None


def _about(patch: Description, lacks: list[str]) -> list[str]:
    """What was different from the learner's own run."""
    words = [say("rehearsal-patch", width=patch.width, height=patch.height, place=patch.place)]
    return [*words, say("rehearsal-not-shut-in", lacks="; ".join(lacks))] if lacks else words
