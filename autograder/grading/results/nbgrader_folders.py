"""The folders in which nbgrader finds a class: release, gradebook, graded notebooks, feedback."""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from autograder.careful_files import write_file
from autograder.grading.course import Course
from autograder.grading.results.atomic import UNFINISHED, remove_folder, replace_folder
from autograder.grading.results.harmless import Harmless
from autograder.grading.results.trouble import is_machines
from autograder.root import ASSIGNMENT
from utils.errors import CourseError

DATABASE_WAIT = 120
"""Seconds to wait while the formgrader writes to the gradebook."""

PROBE = 1_000_000
"""Bytes that are written to learn whether there is room: more than a gradebook takes at first."""

CONFIG = '''\
"""Settings for nbgrader in this folder: `make gradebook RESULTS=...` opens it."""

from pathlib import Path

c = get_config()

# This folder, whatever other settings of nbgrader say that are found on this computer.
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).resolve().parent}/gradebook.db"
c.CourseDirectory.course_id = ""

# The folders in submitted/ are empty on purpose. nbgrader's own "autograde" would run what
# strangers wrote, as you; `make regrade STUDENT=...` runs it shut in.

# "nbgrader export" writes its own table beside ours, which is grades.csv.
c.ExportPlugin.to = "nbgrader-grades.csv"
'''


def prepare(results: Path, course: Course) -> None:
    """Make nbgrader's folders, release and gradebook, unless they are there for this course.

    Raises:
        CourseError: The gradebook there belongs to other notebooks.
    """
    config = results / "nbgrader_config.py"
    if not config.exists():
        write_file(config, CONFIG.encode())
    ready = results / "source" / ".ready"
    paths = [course.folder / f"{notebook}.ipynb" for notebook in course.notebooks]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    complete = (results / "gradebook.db").exists() and (results / "release" / ASSIGNMENT).exists()
    if complete and ready.exists() and ready.read_text() == digest.hexdigest():
        return
    ready.unlink(missing_ok=True)
    source = results / "source" / ASSIGNMENT
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    for path in paths:
        shutil.copyfile(path, source / path.name)
    _generate(results)
    write_file(ready, digest.hexdigest().encode())


def _generate(results: Path) -> None:
    """Let nbgrader make the release and enter the assignment in the gradebook."""
    # Imported here because it takes seconds, and a run that is resumed does not need it.
    from alembic.script import ScriptDirectory
    from nbgrader import dbutil
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    database = results / "gradebook.db"
    # A new one is made elsewhere and moved: half a gradebook would stay unusable.
    draft = database if database.exists() else results / UNFINISHED / database.name
    (results / UNFINISHED).mkdir(exist_ok=True)
    (results / UNFINISHED / database.name).unlink(missing_ok=True)
    config = Config()
    config.CourseDirectory.root = str(results)
    config.CourseDirectory.db_url = database_url(draft)
    config.CourseDirectory.assignment_id = ASSIGNMENT
    config.BaseConverter.force = True
    assign = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    try:
        # nbgrader starts the program alembic to ask for this, which takes longer than all the rest.
        newest = ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head
        with mock.patch("nbgrader.api.get_alembic_version", newest):
            assign.start()
    except NbGraderException as error:
        if is_machines(error):
            raise
        write_file(results / UNFINISHED / "probe", bytes(PROBE))  # nbgrader hides a full disk
        raise CourseError(
            f"The gradebook in {results} does not fit the notebooks of the course",
            "A gradebook of the same exercises, or none",
            f"Choose another RESULTS, or see {results}/grading.log",
        ) from error
    if draft != database:
        os.rename(draft, database)


def database_url(database: Path) -> str:
    """SQLAlchemy's address of a gradebook."""
    return f"sqlite:///{database}?timeout={DATABASE_WAIT}"


def autograded_folder(results: Path, student: str) -> Path:
    """Folder of a student's graded notebooks."""
    return results / "autograded" / student / ASSIGNMENT


def feedback_folder(results: Path, student: str) -> Path:
    """Folder of a student's feedback."""
    return results / "feedback" / student / ASSIGNMENT


def write_notebooks(results: Path, student: str, notebooks: Mapping[str, Harmless]) -> None:
    """Put a student's graded notebooks where the formgrader looks, and remove old feedback.

    Args:
        results: Folder of results.
        student: Student id.
        notebooks: Each by its name, without ``.ipynb``.
    """
    remove_folder(results, feedback_folder(results, student))
    files = {
        # A lone surrogate, which UTF-8 cannot hold, becomes a question mark.
        f"{name}.ipynb": json.dumps(content, ensure_ascii=False).encode(errors="replace")
        for name, content in notebooks.items()
    }
    replace_folder(results, autograded_folder(results, student), files)
    # The formgrader counts these folders, and needs nothing in them.
    (results / "submitted" / student / ASSIGNMENT).mkdir(parents=True, exist_ok=True)
