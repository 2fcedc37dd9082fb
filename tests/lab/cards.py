"""Take the pictures of ``docs/cards``: one typical mistake of each exercise, in JupyterLab.

Run ``python -m tests.lab.cards``; it needs Chromium.
"""

import tempfile
from pathlib import Path

from autograder.notebooks.build_notebooks import make, write
from autograder.notebooks.source import Manifest, Notebook, read_all
from autograder.root import ROOT
from tests.lab.browser import Browser, Lab, until

FOLDER = ROOT / "docs" / "cards"
TYPICAL = {
    2: "picture-not-geotiff",
    3: "rows-and-columns-swapped",
    5: "sign-reversed",
    9: "no-data-left-in",
    10: "among-the-images",
    11: "limits-left-out",
}
"""The mistake that each picture shows, where it is not the first one."""

DARK = 3
"""The exercise that is shown in the dark theme as well."""


def notebook_with_mistake(notebook: Notebook, exercise: Manifest, folder: Path) -> Path:
    """A solved notebook in which one exercise is answered wrongly."""
    solved = make(notebook, solved=True)
    name = TYPICAL.get(exercise.number, exercise.mistakes[0].name)
    mistake = next(item for item in exercise.mistakes if item.name == name)
    for cell in solved.cells:
        if cell.id == f"exercise-{exercise.number}":
            cell.source = mistake.apply(exercise.solution)
    last = next(
        place for place, cell in enumerate(solved.cells) if cell.id == f"check-{exercise.number}"
    )
    solved.cells = solved.cells[: last + 1]
    return write(solved, folder, f"exercise-{exercise.number:02d}")


def take(lab: Lab, file: Path, number: int, picture: str) -> None:
    """Run a notebook in the browser and keep the picture of its last card."""
    check = f"check({number})"
    with Browser(lab, file.name) as browser:
        browser.run_all()
        until(lambda: "Exercise" in browser.output(check).text, "the card")
        card = browser.output(check).find_element("css selector", "[role=group]")
        card.screenshot(str(FOLDER / picture))
    print(FOLDER / picture, flush=True)


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pairs = [(notebook, item) for notebook in read_all() for item in notebook.exercises]
    for dark in (True, False):
        with tempfile.TemporaryDirectory() as temporary, Lab(Path(temporary), dark) as lab:
            for notebook, exercise in pairs:
                if not dark or exercise.number == DARK:
                    file = notebook_with_mistake(notebook, exercise, lab.folder)
                    picture = "dark.png" if dark else f"{file.stem}.png"
                    take(lab, file, exercise.number, picture)


if __name__ == "__main__":
    main()
