"""nbgrader's settings, all in one place."""

from pathlib import Path

from traitlets.config import Config

from autograder.grading.course import ASSIGNMENT

DATABASE_WAIT = 120
"""Seconds that a process waits while another one writes to the gradebook."""

KERNEL_START = 180
"""Seconds that a kernel may take to start on a machine with much else to do."""


def database_url(results: Path) -> str:
    """SQLAlchemy's address of the gradebook in a folder of results."""
    return f"sqlite:///{results}/gradebook.db?timeout={DATABASE_WAIT}"


def course_config(results: Path, timeout: int = 120, student: str = "*") -> Config:
    """Settings for a course folder in `results`.

    Args:
        results: Folder that holds the gradebook and all folders that nbgrader works in.
        timeout: Seconds that a cell may run.
        student: Student id, where only one submission is meant.
    """
    config = Config()
    course = config.CourseDirectory
    course.root = str(results)
    course.db_url = database_url(results)
    course.assignment_id = ASSIGNMENT
    course.student_id = student
    # Grade again what has been graded before.
    config.BaseConverter.force = True
    config.OverwriteCells.add_missing_cells = True

    run = config.ExecutePreprocessor
    run.kernel_name = "python3"
    run.timeout = timeout
    run.error_on_timeout = {
        "ename": "CellTimeoutError",
        "evalue": f"a cell ran longer than {timeout} s",
        "traceback": [f"Stopped: this cell ran longer than {timeout} s."],
    }
    run.startup_timeout = KERNEL_START
    # After a reply or an interrupt, seconds to wait for the rest of the output.
    run.iopub_timeout = 10
    run.shutdown_kernel = "immediate"

    config.HTMLExporter.template_name = "feedback"
    return config
