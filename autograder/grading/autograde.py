"""nbgrader's conversions of one submission: autograde and feedback."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets import List
from traitlets.config import Config

from autograder.grading.course import Course
from autograder.grading.execute import ExecuteSubmission, KeepVerdicts, OverwriteCourseCells
from autograder.grading.student_names import printable
from autograder.grading.verdicts import NOT_GRADED, TIMED_OUT, Verdict, read_verdict

MAX_REASON = 160
"""Longest part of an exception's text that is shown, in characters."""


class AutogradeSubmission(Autograde):
    """Stock autograding, in which a notebook that nbgrader cannot take costs itself only.

    Args:
        problems: For notebooks that are not to be run: why.
        scratch: Folder in which the code runs.
        release: Folder of the notebooks as handed out; they stand in for what fails.
    """

    sanitize_preprocessors = List(
        [
            ClearOutput,
            DeduplicateIds,
            OverwriteKernelspec,
            OverwriteCourseCells,
            CheckCellMetadata,
        ]
    )
    autograde_preprocessors = List(
        [
            ExecuteSubmission,
            IgnorePattern,
            ClearMetadataPreprocessor,
            LimitOutput,
            KeepVerdicts,
            SaveAutoGrades,
            CheckCellMetadata,
        ]
    )

    def __init__(
        self, *, problems: dict[str, str], scratch: Path, release: Path, **options: Any
    ) -> None:
        super().__init__(**options)
        self.problems = problems
        self.scratch = scratch
        self.release = release

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Tell `ExecuteSubmission` where to run the notebook, or why not to."""
        resources: dict[str, Any] = super().init_single_notebook_resources(notebook_filename)
        about = resources["nbgrader"]
        about["problem"] = self.problems.get(about["notebook"], "")
        about["scratch"] = str(self.scratch)
        return resources

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Convert one notebook, or if that fails the released one with the reason in it."""
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            notebook = Path(notebook_filename).stem
            self.log.exception("%s cannot be graded", notebook)
            lines = printable(str(error).strip().partition("\n")[0])[:MAX_REASON]
            self.problems[notebook] = (
                f"notebook {notebook} cannot be graded, its cells or what Jupyter keeps about "
                f"them were changed ({type(error).__name__}: {lines})"
            )
            submitted = Path(notebook_filename)
            submitted.write_bytes((self.release / submitted.name).read_bytes())
            super().convert_single_notebook(notebook_filename)


def autograde(config: Config, problems: dict[str, str], scratch: Path, release: Path) -> None:
    """Run and score the submission that `config` names, in this process."""
    AutogradeSubmission(
        coursedir=CourseDirectory(config=config),
        config=config,
        problems=problems,
        scratch=scratch,
        release=release,
    ).start()


def write_feedback(config: Config) -> None:
    """Write the feedback of the submission that `config` names."""
    GenerateFeedback(
        coursedir=CourseDirectory(config=config), config=config, exporter_class=HTMLExporter
    ).start()


def read_verdicts(autograded: Path, course: Course) -> dict[int, Verdict]:
    """Read what the check cells of an autograded submission say, by exercise."""
    verdicts = {}
    for notebook in course.notebooks:
        cells = json.loads((autograded / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
        points = {f"check-{e.number}": e for e in course.exercises_in(notebook)}
        note = ""
        for cell in cells:
            outputs = cell.get("outputs", [])
            errors = {out["ename"]: out for out in outputs if out["output_type"] == "error"}
            exercise = points.get(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
            if exercise is None:
                if TIMED_OUT in errors:
                    note = errors[TIMED_OUT]["evalue"]
                continue
            if NOT_GRADED in errors:
                verdict = Verdict(0.0, "", errors[NOT_GRADED]["evalue"])
            else:
                verdict = read_verdict(outputs[0], exercise.number, exercise.points)
            if note:
                where = f"stopped in exercise {exercise.number}: {note}"
                verdict = replace(verdict, message=f"{where}. {verdict.message}".strip())
            verdicts[exercise.number] = verdict
            note = ""
    return verdicts
