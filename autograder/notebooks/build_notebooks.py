"""Make the notebooks: with blanks for learners, solved and run for teachers."""

import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from PIL import Image

from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.errors.origins import ORIGINS
from autograder.checks.notebook.cells import (
    GIVEN_CELLS,
    check_id,
    digest,
    exercise_id,
    given_id,
    number_in,
    own_lines,
)
from autograder.checks.notebook.names import names_in
from autograder.notebooks.source import (
    PAGES,
    Cell,
    Manifest,
    Notebook,
    filled,
    read,
    read_all,
    with_blanks,
)
from autograder.root import RELEASED, ROOT, SOLVED

CREDITS = ROOT / "solutions/credits.md"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build_course(folder: Path = RELEASED) -> list[Path]:
    """Write the learners' notebooks, and what checks know of them.

    That is the fingerprints of the cells that the course gives, and which cell makes which name.
    """
    notebooks = read_all()
    lines = _own_lines(notebooks)
    contents = {book.name: {**_contents(book), "lines": lines[book.name]} for book in notebooks}
    GIVEN_CELLS.write_text(json.dumps(contents, indent=0) + "\n", encoding="utf-8")
    origins = [_origin(notebook) for notebook in notebooks]
    ORIGINS.write_text(json.dumps(origins, indent=1) + "\n", encoding="utf-8")
    pages = map(read, PAGES)
    return [
        *(write(make(page, solved=False), folder.parent, page.name) for page in pages),
        *(write(make(notebook, solved=False), folder, notebook.name) for notebook in notebooks),
    ]


def _origin(notebook: Notebook) -> dict[str, Any]:
    """Which names a notebook's cells make: see `explaining.errors.origins`."""
    given = [names_in(cell.source).bound for cell in notebook.cells if cell.kind == "given"]
    return {
        "given": sorted(frozenset().union(*given)),
        "exercises": {
            str(exercise.number): sorted(names_in(exercise.solution).bound)
            for exercise in notebook.exercises
        },
        "results": {
            str(exercise.number): find(exercise.number).results for exercise in notebook.exercises
        },
    }


def _contents(notebook: Notebook) -> dict[str, Any]:
    """The numbers of a notebook's exercises, and the fingerprints of its given cells."""
    codes = [cell.source for cell in notebook.cells if cell.kind == "given"]
    codes += [check_code(exercise) for exercise in notebook.exercises]
    numbers = [exercise.number for exercise in notebook.exercises]
    return {"exercises": numbers, "given": sorted({digest(code) for code in codes})}


def _own_lines(notebooks: list[Notebook]) -> dict[str, dict[str, list[str]]]:
    """By notebook and id of a code cell: fingerprints of the lines that no other cell has."""
    cells = [
        (book.name, cell.id, cell.source)
        for book in notebooks
        for cell in make(book, solved=False).cells
        if cell.cell_type == "code"
    ]
    found: dict[str, dict[str, list[str]]] = {book.name: {} for book in notebooks}
    for (name, cell, _), lines in zip(cells, own_lines([code for *_, code in cells]), strict=True):
        if lines and not number_in(cell, "check"):
            found[name][cell] = sorted(map(digest, lines))
    return found


def write(notebook: Any, folder: Path, name: str) -> Path:
    """Write a notebook as ``folder/name.ipynb``."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.ipynb"
    nbformat.validate(notebook)
    file.write_text(as_text(notebook), encoding="utf-8")
    return file


def as_text(notebook: Any) -> str:
    """What the file of a notebook holds."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def make(notebook: Notebook, solved: bool) -> Any:
    """A notebook that has not been run.

    Args:
        notebook: The source.
        solved: Fill the blanks.
    """
    cells: list[Any] = []
    for place, cell in enumerate(notebook.cells):
        cells += _make_cells(cell, f"{notebook.name[:2]}-{place:02d}", solved)
    cells.append(new_markdown_cell(CREDITS.read_text("utf-8").rstrip(), id="credits"))
    return new_notebook(cells=cells, metadata={**KERNEL, "title": notebook.title})


def _make_cells(cell: Cell, place: str, solved: bool) -> list[Any]:
    if cell.kind == "text":
        return [new_markdown_cell(cell.source, id=f"text-{place}")]
    if cell.exercise:
        return _exercise_cells(cell.exercise, solved)
    identity = given_id(place)
    source = filled(cell.source) if solved else with_blanks(cell.source)
    code = new_code_cell(source if "«" in cell.source else cell.source, id=identity)
    if "«" in cell.source:
        code.metadata["tags"] = ["raises-exception"]  # "Run All" goes on behind a blank
    if cell.locked:
        code.metadata = _locked(identity)
    if not cell.alt:
        return [code]
    code.metadata["alt"] = cell.alt  # nbconvert gives it to the picture
    code.metadata["jupyter"] = {"source_hidden": True}  # the figure matters, not its code
    words = f"<details><summary>The figure in words</summary>\n\n{cell.alt}\n\n</details>"
    return [code, new_markdown_cell(words, id=f"words-{place}")]


def _nbgrader(identity: str, **values: Any) -> dict[str, Any]:
    """Nbgrader's metadata of a code cell."""
    plain = {"grade": False, "locked": False, "solution": False, "task": False}
    return {"nbgrader": {"grade_id": identity, "schema_version": 3, **plain, **values}}


def _locked(identity: str, **values: Any) -> dict[str, Any]:
    """Metadata of a cell that learners do not edit; the grader replaces it by the course's own."""
    return {**_nbgrader(identity, locked=True, **values), "deletable": False, "editable": False}


def check_code(exercise: Manifest) -> str:
    """Code of the check cell."""
    return f"check({exercise.number})"


def _exercise_cells(exercise: Manifest, solved: bool) -> list[Any]:
    """The learner's cell, the hints and the check cell."""
    number = exercise.number
    learner = new_code_cell(
        exercise.solution if solved else exercise.starter, id=exercise_id(number)
    )
    learner.metadata = _nbgrader(learner.id, solution=True)
    learner.metadata["tags"] = ["raises-exception"]  # "Run All" goes on behind a blank
    if exercise.alt:
        learner.metadata["alt"] = exercise.alt
    check = new_code_cell(check_code(exercise), id=check_id(number))
    check.metadata = _locked(check.id, grade=True, points=exercise.points)
    return [learner, new_markdown_cell(_hints(exercise), id=f"hints-{number}"), check]


def _hints(exercise: Manifest) -> str:
    """Hints that unfold one after the other: each is nested in the one before."""
    words = ""
    for place, hint in reversed(list(enumerate(exercise.texts.hints, start=1))):
        words = f"<details><summary>Hint {place}</summary>\n\n{hint}\n\n{words}</details>\n"
    return words.rstrip("\n")


# --- solved and run ---------------------------------------------------------------------------


def build_solutions(folder: Path = SOLVED) -> list[Path]:
    """Run the solved notebooks on the offline services, and write them with their outputs.

    Raises:
        CourseError: A cell failed.
    """
    from autograder.notebooks.run import run_notebook
    from autograder.services import Services

    files = []
    for notebook in read_all():
        with Services() as services:
            solved = run_notebook(make(notebook, solved=True), services.environment)
        _finish_pictures(solved)
        files.append(write(steady(solved), folder, notebook.name))
    return files


def _finish_pictures(solved: Any) -> None:
    """Give each picture its alternative text, and reduce it to a third of its size."""
    for cell in solved.cells:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                output.metadata["image/png"] = {"alt": cell.metadata["alt"]}
                output.data["image/png"] = _smaller(output.data["image/png"])


def _smaller(png: str) -> str:
    """A picture (PNG in base 64) with at most 256 colours."""
    with Image.open(io.BytesIO(base64.b64decode(png))) as picture:
        reduced = picture.convert("RGB").quantize(256, dither=Image.Dither.FLOYDSTEINBERG)
    buffer = io.BytesIO()
    reduced.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


_RANDOM_ID = re.compile(r"\b([a-z_]*)([0-9a-f]{32})\b")
_FOLIUM_DATA = re.compile(r"(data:text/html;charset=utf-8;base64,)([\w+/=]+)")


def steady(notebook: Any) -> Any:
    """Outputs without what changes from run to run: folium's random ids, addresses in memory."""
    text = re.sub(r" at 0x[0-9a-f]{6,}>", " at 0x0>", nbformat.writes(notebook))
    known: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        identity = known.setdefault(match.group(2), f"{len(known) + 1:032x}")
        return match.group(1) + identity

    def inner(match: re.Match[str]) -> str:
        html = base64.b64decode(match.group(2)).decode()
        return match.group(1) + base64.b64encode(_RANDOM_ID.sub(number, html).encode()).decode()

    text = _RANDOM_ID.sub(number, _FOLIUM_DATA.sub(inner, text))
    return nbformat.reads(text, as_version=4)
