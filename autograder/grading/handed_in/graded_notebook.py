"""The notebook that is left after grading, in the form in which ``nbgrader autograde`` leaves it.

nbgrader reads no scores here: `results.book` enters them in the gradebook, and ``autograde`` would
clear the outputs and run the cells anew. Its `determine_grade` finds the same scores all the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.grading.handed_in.submitted_notebook import Placed, Submitted

NOT_GRADED = "NotGraded"
"""Name of the error that stands in a check cell without a verdict; its text says why."""

Output = dict[str, Any]


def graded_notebook(
    submitted: Submitted,
    outputs: Mapping[int, Sequence[Output]],
    verdicts: Mapping[int, Output],
    preface: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Make the notebook with its outputs and the verdicts.

    Args:
        submitted: The cells.
        outputs: Their outputs by `Cell.index`, valid in nbformat 4.
        verdicts: The one output of each check cell, by `Cell.index`.
        preface: Cells to put on top.

    Returns:
        A notebook of nbformat 4.5, not yet `harmless`.
    """
    cells = [{"metadata": {}, **cell, "id": f"preface-{n}"} for n, cell in enumerate(preface, 1)]
    for index, cell in enumerate(submitted.placed):
        shown = outputs.get(index, ())
        if cell.kind == "check":
            # Never without an output: `determine_grade` gives such a check cell full marks.
            shown = [verdicts.get(index) or not_graded("this exercise was not judged")]
        cells.append(_written(cell, shown))
    return {
        "cells": cells,
        "metadata": submitted.source.metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def not_graded(reason: str) -> Output:
    """An error, for which `determine_grade` gives 0 points; it tells the learner why."""
    return {
        "output_type": "error",
        "ename": NOT_GRADED,
        "evalue": reason,
        "traceback": [f"Not graded: {reason}."],
    }


def _written(cell: Placed, outputs: Sequence[Output]) -> dict[str, Any]:
    written = {"cell_type": cell.cell_type, "id": cell.id, "metadata": cell.metadata}
    if cell.cell_type == "code":
        shown = [_complete(output) for output in outputs]
        return {**written, "source": cell.source, "execution_count": None, "outputs": shown}
    return {**written, "source": cell.source}


def _complete(output: Output) -> Output:
    """An output with the parts that nbformat requires and that are empty here."""
    kind = output["output_type"]
    if kind in ("execute_result", "display_data"):
        output = {"metadata": {}, **output}
    return {"execution_count": None, **output} if kind == "execute_result" else output
