"""Folders in the results that are there as a whole or not at all, even after a kill."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

UNFINISHED = ".unfinished"
"""Folder in the folder of results for drafts, and for what is being removed."""


def replace_folder(results: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with these files in place of what is there.

    A kill leaves the old folder, the new one, or none; never a mixture.

    Args:
        results: Folder of results, in which ``folder`` lies.
        folder: The folder to be replaced.
        files: Content by name.
    """
    waste = results / UNFINISHED
    waste.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=waste))
    draft.chmod(0o755)
    for name, content in files.items():
        (draft / name).write_bytes(content)
    remove_folder(results, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    os.rename(draft, folder)


def remove_folder(results: Path, folder: Path) -> None:
    """Remove a folder in the folder of results, if it is there; a kill leaves it whole or gone."""
    waste = results / UNFINISHED
    waste.mkdir(exist_ok=True)
    away = Path(tempfile.mkdtemp(dir=waste))
    try:
        os.rename(folder, away / "old")
    except FileNotFoundError:
        pass
    finally:
        shutil.rmtree(away)


def remove_unfinished(results: Path) -> None:
    """Remove the drafts of a killed run. The caller must hold the lock (`store.locked`)."""
    shutil.rmtree(results / UNFINISHED, ignore_errors=True)
    for folder in (results, results / "records"):
        for draft in folder.glob(".*.part"):
            draft.unlink(missing_ok=True)
