"""Steps of nbgrader's autograding that differ from stock: running, and reading verdicts."""

from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, OverwriteCells
from nbgrader.utils import is_grade

from autograder.grading.course import CHECK_CELL
from autograder.grading.verdicts import NoVerdict, error_output, verdict_output

Resources = dict[str, Any]


def checked_exercise(cell: NotebookNode) -> int | None:
    """The number of the exercise of which this is the check cell, else None."""
    if not is_grade(cell):
        return None
    match = CHECK_CELL.fullmatch(cell.metadata.nbgrader.get("grade_id", ""))
    return int(match[1]) if match else None


class ExecuteSubmission(Execute):
    """Runs a notebook; where its Python process is lost, the checks before keep their output.

    Stock nbgrader gives up the whole submission then. Two entries of ``resources["nbgrader"]``
    are read: ``problem`` says why the notebook is not run at all, ``scratch`` is the folder in
    which the notebook's code runs.
    """

    def preprocess(
        self, nb: NotebookNode, resources: Resources, km: Any = None
    ) -> tuple[NotebookNode, Resources]:
        """Run the cells in order."""
        if problem := resources["nbgrader"]["problem"]:
            refuse(nb.cells, problem)
            return nb, resources
        resources["metadata"]["path"] = resources["nbgrader"]["scratch"]
        self.running = 0
        try:
            return super().preprocess(nb, resources, km)
        except DeadKernelError:
            reason = f"the Python process ended in exercise {self._exercise(nb)}"
        except CellTimeoutError:
            # The cell ignored the interrupt, so that the kernel had to be killed.
            reason = f"stopped in exercise {self._exercise(nb)}: {self.error_on_timeout['evalue']}"
        self.log.error("%s: %s", resources["nbgrader"]["notebook"], reason)
        nb.cells[self.running].outputs.append(NotebookNode(error_output(reason)))
        refuse(nb.cells[self.running :], reason)
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, index: int
    ) -> tuple[NotebookNode, Resources]:
        """Run one cell, and remember which, in case it does not end."""
        self.running = index
        return super().preprocess_cell(cell, resources, index)

    def _exercise(self, nb: NotebookNode) -> str:
        """The number of the exercise to which the running cell belongs."""
        following = (checked_exercise(cell) for cell in nb.cells[self.running :])
        return str(next((number for number in following if number), "the last cells"))


def refuse(cells: list[NotebookNode], reason: str) -> None:
    """Write into the check cells that they were not run, and why."""
    for cell in cells:
        if checked_exercise(cell):
            cell.outputs = [NotebookNode(error_output(reason))]


class OverwriteCourseCells(OverwriteCells):
    """Restores the course's cells; copies of them, and cells of another course, become ordinary.

    Stock nbgrader takes away their grade id, and then fails because they have none.
    """

    def add_missing_grade_cells(
        self, nb: NotebookNode, resources: Resources
    ) -> tuple[NotebookNode, Resources]:
        """Put check cells back that are missing."""
        for cell in nb.cells:
            if "grade_id" not in cell.metadata.get("nbgrader", {"grade_id"}):
                del cell.metadata["nbgrader"]
        added: tuple[NotebookNode, Resources] = super().add_missing_grade_cells(nb, resources)
        return added


class KeepVerdicts(NbGraderPreprocessor):
    """Leaves a check cell its verdict alone, or an error where it shows no valid one.

    So nbgrader, which reads the outputs next, finds a number or an error and nothing else.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, index: int
    ) -> tuple[NotebookNode, Resources]:
        """Look at one cell."""
        exercise = checked_exercise(cell)
        if exercise:
            try:
                points = float(cell.metadata.nbgrader["points"])
                cell.outputs = [verdict_output(cell.outputs, exercise, points)]
            except NoVerdict as reason:
                others = [out for out in cell.outputs if out.output_type != "execute_result"]
                cell.outputs = [NotebookNode(error_output(str(reason))), *others]
        return cell, resources
