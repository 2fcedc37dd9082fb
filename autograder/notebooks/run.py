"""Run a notebook in a kernel of its own, as Jupyter would."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from utils.errors import CourseError

TIMEOUT = 120
"""Seconds that one cell may take."""


def run_notebook(notebook: Any, environment: Mapping[str, str], folder: Path | None = None) -> Any:
    """Run every cell and return the notebook with its outputs.

    Args:
        notebook: The notebook; it is changed in place.
        environment: Variables of the offline services.
        folder: Working folder of the kernel (default: a temporary one).

    Raises:
        CourseError: A cell failed, or wrote to standard error.
    """
    with tempfile.TemporaryDirectory() as temporary:
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            coalesce_streams=True,  # a busy machine may hand over one text in pieces
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],  # the kernel would warn that it uses TCP
            record_timing=False,
            resources={"metadata": {"path": str(folder or temporary)}},
        )
        own = {
            # A kernel of the same name that the user installed for another Python is not meant.
            "JUPYTER_PREFER_ENV_PATH": "1",
            # What is solved here is not the user's own progress.
            "JUPYTER_DATA_DIR": temporary,
        }
        with mock.patch.dict(os.environ, {**environment, **own}):
            try:
                client.execute()
            except CellExecutionError as problem:
                raise CourseError(f"A cell failed: {problem}", "a notebook that runs", "") from None
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise CourseError(
                    f"Cell {cell.id} wrote to standard error: {output.text[:500]}", "no warning", ""
                )
    return notebook
