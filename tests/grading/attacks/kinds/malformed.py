"""Attacks with notebooks, files and folders that are not what they should be."""

import copy
import json
import os
import shutil
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.grading.attacks.attack import Attack, Json, find

FIRST = "01-sentinel2-and-cdse"
SECOND = "02-patches-with-rasterio"

Dress = Callable[[Path, Mapping[str, Any]], None]


def instead(content: bytes) -> Dress:
    """Put other content in place of the second notebook."""

    def dress(folder: Path, places: Mapping[str, Any]) -> None:
        (folder / f"{SECOND}.ipynb").write_bytes(content)

    return dress


def with_json(change: Callable[[Json], None]) -> Callable[[dict[str, Json]], None]:
    """Change the second notebook."""

    def changed(notebooks: dict[str, Json]) -> None:
        change(notebooks[SECOND])

    return changed


def code_cell(source: Any, **more: Any) -> Json:
    """A cell that the course does not have."""
    cell: Json = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    return {**cell, "execution_count": None, **more}


def old_format(notebook: Json) -> None:
    cells = notebook.pop("cells")
    for cell in cells:
        cell["input"] = cell.pop("source")
        cell["prompt_number"] = 1
    notebook.update(worksheets=[{"cells": cells}], nbformat=3, nbformat_minor=0)


def many_cells(notebook: Json) -> None:
    notebook["cells"] += [code_cell("x = 1", id=f"many-{n}") for n in range(50_000)]


def wrong_types(notebook: Json) -> None:
    notebook["cells"] = [
        *(None, 5, "cell", [], {}, {"cell_type": 3}, {"cell_type": "code"}),
        {"cell_type": "code", "source": {"a": 1}, "metadata": [], "outputs": {}, "id": 7},
        {"cell_type": "code", "source": [None, 1], "metadata": {"nbgrader": []}, "id": None},
        {"cell_type": ["code"], "source": "1", "metadata": None, "id": "exercise-3"},
        *notebook["cells"],
    ]
    notebook["metadata"] = {"kernelspec": 3, "widgets": [], "language_info": None}


def rich_checks(notebook: Json) -> None:
    """Add check cells worth more, and make the others worth more."""
    check = find(notebook, "check-3")
    about = {**check["metadata"]["nbgrader"], "grade_id": "check-99", "points": 1000.0}
    verdict = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {
            "text/plain": "5.0",
            "application/vnd.course.verdict+json": {"exercise": 3, "score": 5.0, "max_score": 5.0},
        },
    }
    added = code_cell("1000.0", id="check-99", metadata={"nbgrader": about})
    twin = {**copy.deepcopy(check), "source": "5.0", "outputs": [verdict]}
    for cell in notebook["cells"]:
        if cell["id"].startswith("check"):
            cell["metadata"]["nbgrader"].update(points=1000.0, locked=False, solution=True)
            cell["source"] = "check = lambda *a: 1000.0\ncheck()"
            cell["outputs"] = [verdict]
    notebook["cells"] = [twin, *notebook["cells"], added, twin, {**twin, "id": "check-4"}]


def swapped_roles(notebook: Json) -> None:
    """Give answers the names of checks, and the other way round."""
    for cell in notebook["cells"]:
        about = cell["metadata"]["nbgrader"]
        kind, _, number = about["grade_id"].rpartition("-")
        other = {"check": "exercise", "exercise": "check"}.get(kind)
        if other:
            cell["id"] = about["grade_id"] = f"{other}-{number}"
            about.update(grade=other == "check", points=5.0, locked=True, solution=True)


def no_given_cells(notebook: Json) -> None:
    """Leave out what is locked, and bring another start."""
    notebook["cells"] = [
        code_cell(
            "from types import SimpleNamespace\ncheck = lambda number: 5.0", id="given-02-01"
        ),
        *[cell for cell in notebook["cells"] if cell["id"].startswith("exercise")],
        code_cell("check(3)"),
        code_cell("5.0", id="check-5"),
    ]


def scripts(notebook: Json) -> None:
    """Html and scripts wherever text may stand."""
    evil = "<script>fetch('/secret')</script><img src=x onerror=alert(1)>"
    notebook["cells"] += [
        {"cell_type": "markdown", "source": evil, "metadata": {}, "id": "evil"},
        {"cell_type": "raw", "source": evil, "metadata": {"format": "text/html"}, "id": evil},
        code_cell(f"from IPython.display import HTML\nHTML({evil!r})", id='"><script>x</script>'),
        code_cell(f"raise ValueError({evil!r})", metadata={"tags": [evil], "name": evil}),
    ]
    notebook["metadata"]["title"] = evil
    notebook["metadata"]["language_info"] = {"name": evil, "pygments_lexer": "../../x"}


def nan(folder: Path, places: Mapping[str, Any]) -> None:
    path = folder / f"{SECOND}.ipynb"
    notebook = json.loads(path.read_bytes())
    notebook["metadata"] = {"a": float("nan"), "b": float("inf")}
    notebook["cells"][0]["execution_count"] = float("nan")
    path.write_text(json.dumps(notebook).replace('"b"', '"a"'))


def neighbours_by_link(folder: Path, places: Mapping[str, Any]) -> None:
    """Hand in the notebooks of somebody who solved them."""
    for path in sorted(folder.glob("*.ipynb")):
        path.unlink()
        path.symlink_to(f"../../aaa-honest/data-acquisition/{path.name}")


def solutions_by_link(folder: Path, places: Mapping[str, Any]) -> None:
    """Hand in the folder of solutions."""
    shutil.rmtree(folder)
    folder.symlink_to(f"{places['root']}/solutions/data-acquisition")


def whole_folder_by_link(folder: Path, places: Mapping[str, Any]) -> None:
    """Be somebody else."""
    shutil.rmtree(folder.parent)
    folder.parent.symlink_to("aaa-honest")


def odd_files(folder: Path, places: Mapping[str, Any]) -> None:
    """A pipe, a socket, a folder, a device in place of notebooks."""
    for path in folder.glob("*.ipynb"):
        path.unlink()
    os.mkfifo(folder / f"{SECOND}.ipynb")
    (folder / f"{FIRST}.ipynb").mkdir()
    (folder / "03-geopandas.ipynb").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as door:
        here = os.open(folder, os.O_RDONLY)
        door.bind(f"/proc/self/fd/{here}/04-maps.ipynb")
        os.close(here)


def large(folder: Path, places: Mapping[str, Any]) -> None:
    """A notebook of 60 MB, and one of 10 GB without content."""
    with open(folder / f"{SECOND}.ipynb", "wb") as file:
        file.truncate(60_000_000)
    with open(folder / f"{FIRST}.ipynb", "wb") as file:
        file.truncate(10**10)


def more_files(folder: Path, places: Mapping[str, Any]) -> None:
    """Files that the grader, Python or nbgrader might pick up."""
    code = f"raise SystemExit({places['mark']!r})"
    for name in ("autograder.py", "numpy.py", "sitecustomize.py", "conftest.py", "json.py"):
        (folder / name).write_text(code)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.Exchange.root = '/tmp'\n")
    (folder / ".ipython" / "profile_default" / "startup").mkdir(parents=True)
    (folder / ".ipython" / "profile_default" / "startup" / "00.py").write_text(code)
    (folder / "gradebook.db").write_text(code)
    (folder / f"{SECOND.upper()}.ipynb").write_text("{")
    (folder / "<script>alert(1)<script>.ipynb").write_text("{")
    (folder / ".ipynb").write_text("{")
    (folder.parent / "timestamp.txt").write_text("=1+1")


ATTACKS = (
    [
        Attack(
            "malformed",
            name,
            aim,
            honest=(6,),
            code={3: "x = 1"},
            tries=False,
            dress=instead(content),
            stopped=f"notebook {SECOND}",
        )
        for name, aim, content in [
            ("no json", "A notebook that is no json.", b'{"cells": ['),
            ("no utf 8", "A notebook in no known encoding.", b'{"cells": "\xff\xfe\xc3\x28"}'),
            ("empty", "An empty file.", b""),
            ("deep json", "Brackets a million deep.", b"[" * 1_000_000 + b"]" * 1_000_000),
            ("list", "Json that is no notebook.", b"[1, 2, 3]"),
            (
                "large number",
                "A number of a million digits.",
                b'{"nbformat": ' + b"9" * 10**6 + b"}",
            ),
        ]
    ]
    + [
        Attack(
            "malformed",
            "old format",
            "A notebook of format 3.",
            {3: "x = 1"},
            honest=(6,),
            tries=False,
            change=with_json(old_format),
            stopped="notebook 02-patches-with-rasterio",
        ),
        Attack(
            "malformed",
            "50,000 cells",
            "A notebook with 50,000 cells.",
            {3: "x = 1"},
            honest=(6,),
            tries=False,
            change=with_json(many_cells),
            stopped="notebook 02-patches-with-rasterio",
        ),
        Attack(
            "malformed",
            "wrong types",
            "Cells that are numbers, texts that are lists.",
            {3: "x = 1"},
            honest=(6,),
            tries=False,
            change=with_json(wrong_types),
        ),
        Attack(
            "malformed",
            "not a number",
            "NaN, and the same key twice.",
            {3: "x = 1"},
            honest=(6,),
            tries=False,
            dress=nan,
        ),
        Attack(
            "malformed",
            "rich checks",
            "Check cells of our own with 1,000 points, and stored verdicts.",
            {3: "x = 1"},
            honest=(6,),
            tries=False,
            change=with_json(rich_checks),
        ),
        Attack(
            "malformed",
            "swapped roles",
            "Answers are called checks, and checks answers.",
            {3: "5.0"},
            honest=(6,),
            tries=False,
            change=with_json(swapped_roles),
        ),
        Attack(
            "malformed",
            "no locked cells",
            "Locked cells are deleted, and replaced by our own.",
            {3: "5.0"},
            honest=(6,),
            tries=False,
            change=with_json(no_given_cells),
        ),
        Attack(
            "malformed",
            "scripts",
            "Scripts in text, names and outputs, for the browser of whoever looks.",
            {3: "x = 1"},
            honest=(6,),
            tries=False,
            change=with_json(scripts),
        ),
        Attack(
            "malformed",
            "linked notebooks",
            "Links to the notebooks of a neighbour.",
            honest=(),
            tries=False,
            dress=neighbours_by_link,
            stopped="notebook 01-sentinel2-and-cdse is a link",
        ),
        Attack(
            "malformed",
            "linked folder",
            "A link to the folder of solutions.",
            tries=False,
            dress=solutions_by_link,
            stopped="is a link",
        ),
        Attack(
            "malformed",
            "linked student",
            "A link to the folder of a neighbour.",
            tries=False,
            dress=whole_folder_by_link,
            stopped="the student's folder is a link",
        ),
        Attack(
            "malformed",
            "odd files",
            "A pipe, a folder, a device and a socket as notebooks.",
            tries=False,
            dress=odd_files,
            stopped="notebook 01-sentinel2-and-cdse is not a regular file",
        ),
        Attack(
            "malformed",
            "large notebooks",
            "Notebooks of 60 MB and 10 GB.",
            {1: "x = 1", 3: "x = 1"},
            honest=(6,),
            tries=False,
            dress=large,
            stopped="notebook 02-patches-with-rasterio has 60 MB",
        ),
        Attack(
            "malformed",
            "more files",
            "Modules, settings and more notebooks beside ours.",
            {3: "x = 1"},
            honest=(5, 6),
            tries=False,
            dress=more_files,
            stopped="notebooks that are not the course's were not graded",
        ),
    ]
    + [
        Attack(
            "malformed",
            name,
            aim,
            {3: "x = 1"},
            honest=honest,
            tries=False,
            folder=folder,
            stopped=reason,
        )
        for name, aim, folder, honest, reason in [
            ("name like a path", "A name that leads upwards.", "..honest", (), "folder name"),
            ("name with a line", "A name of two lines.", "new\nline,5,5", (), "folder name"),
            (
                "name with colours",
                "A name that clears the screen.",
                "esc\x1b[2J",
                (),
                "folder name",
            ),
            ("name as a formula", "A name that a spreadsheet runs.", "=cmd|' C'!A0", (6,), ""),
            (
                "name of a neighbour",
                "A name that looks like another.",
                "h\u043enest",
                (6,),
                "looks like",
            ),
            ("name as a pattern", "A name that means others too.", "*[a-z]", (), "folder name"),
            (
                "name with html",
                "A name that is a script.",
                "<script>alert(1)<script>",
                (),
                "folder name",
            ),
            ("long name", "A name of 200 letters.", "n" * 200, (), "folder name"),
            ("name in no encoding", "A name that is no text.", "\udcff\udcfe", (), "folder name"),
            (
                "name backwards",
                "A name that is shown backwards.",
                "\u202egpj.tsenoh",
                (),
                "folder name",
            ),
            ("name as an option", "A name that programs take for an option.", "--help", (6,), ""),
        ]
    ]
)
