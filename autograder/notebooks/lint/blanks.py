"""Whether a learner can know the functions that the blanks of an exercise ask for."""

import ast
import re
from collections.abc import Iterator

from autograder.notebooks.source import Manifest, Notebook
from utils.errors import CourseError


def findings(notebook: Notebook, exercise: Manifest) -> Iterator[CourseError]:
    """Each function in a blank is named above it in the notebook, or in a hint."""
    known = " ".join([*_above(notebook, exercise), exercise.starter, *exercise.texts.hints])
    for name in sorted(functions(exercise.code)):
        if not re.search(rf"\b{name}\b", known):
            yield CourseError(
                f"Its blanks call {name!r}, which no text above and no hint names",
                "functions that a beginner can find",
                "Name it in the text or in a hint",
            )


def functions(code: str) -> set[str]:
    """Names of the functions and methods that are called inside of ``«blanks»``."""
    found = set()
    for blank in re.findall(r"«(.*?)»", code, re.DOTALL):
        for node in ast.walk(_parsed(blank)):
            if isinstance(node, ast.Call):
                called = node.func
                found.add(called.attr if isinstance(called, ast.Attribute) else ast.unparse(called))
    return found


def _parsed(blank: str) -> ast.Module:
    """A blank as Python; one that is a part of a statement is left out."""
    for code in (blank, f"[{blank}]"):  # the latter for "x for x in …"
        try:
            return ast.parse(code)
        except SyntaxError:
            continue
    return ast.Module([], [])


def _above(notebook: Notebook, exercise: Manifest) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.exercise and cell.exercise.number == exercise.number:
            return
        if cell.exercise:
            yield cell.exercise.starter
        elif not cell.alt:  # the code of a figure is folded away
            yield cell.source
