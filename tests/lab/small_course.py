"""A course of a few files in a git repository, and `init.sh` run on it as the datalab runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.root import ROOT

SCRIPT = ROOT / "autograder/lab/datalab/init.sh"
START = "course/start.ipynb"
COMMIT = ("-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "--all", "--message")
OWN_CONFIG = "c.ServerApp.answer_yes = True  # mine, with no line end"

SET_UP = f"""\
mkdir -p .venv/bin && printf '#!/bin/sh\\nexec "{sys.executable}" "$@"\\n' >.venv/bin/python || exit
chmod +x .venv/bin/python
[ "${{1:-}}" = obstacle ] || pwd -P >.venv/.installed
"""
"""What `.ci/environment.sh` does in the small course."""


def notebook(text: str, output: str = "", opened: bool = False) -> str:
    """A notebook of one cell, as it is published or as JupyterLab writes it when it is opened."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
    cell = {
        **{"cell_type": "code", "id": "one", "metadata": {"trusted": True} if opened else {}},
        **{"execution_count": None, "source": [f"{text}\n", "é"], "outputs": outputs},
    }
    metadata = {"language_info": {"name": "python"}} if opened else {}
    whole = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1 if opened else None)


FILES = {
    START: notebook("start"),
    "course/data-acquisition/01 premières données.ipynb": notebook("one"),
    "pyproject.toml": "",
    "constraints.txt": "",
    ".ci/environment.sh": SET_UP,
}


@dataclass
class Repository:
    """The course as it is published."""

    folder: Path
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))

    def publish(self, changed: Mapping[str, str | None] = {}) -> None:
        """Commit files on ``main``; ``None`` removes one."""
        for name, text in (self.files if not self.folder.exists() else changed).items():
            path = self.folder / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for command in (
            "init --quiet --initial-branch main",
            "add --all --force",
            "-c user.name=x -c user.email=x@x commit --quiet --message x",
        ):
            git(self.folder, *command.split())


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@dataclass
class Service:
    """A service of the datalab: a home folder, in it the folder that is kept."""

    home: Path
    repository: Repository
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def work(self) -> Path:
        return self.home / "work"

    @property
    def course(self) -> Path:
        return self.work / "satellite-course"

    @property
    def page(self) -> Path:
        """The page on what failed, or has changed."""
        return self.work / "satellite-course.ipynb"

    def begin(self, *arguments: str, script: bytes | None = None) -> subprocess.Popen[str]:
        """Start the script, which comes through a pipe."""
        kept = ("PATH", "LANG", "LC_ALL", "TMPDIR")
        process = subprocess.Popen(
            ["bash", "-s", "--", *arguments],
            env={name: os.environ[name] for name in kept if name in os.environ}
            | {"HOME": str(self.home), "COURSE_REPOSITORY": f"file://{self.repository.folder}"}
            | self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert process.stdin
        process.stdin.write((script or SCRIPT.read_bytes()).decode())
        process.stdin.close()
        process.stdin = None
        return process

    def start(self, *arguments: str, script: bytes | None = None) -> str:
        """Run the script to its end.

        Returns:
            What it printed, with the exit status where that is not 0.
        """
        process = self.begin(*arguments, script=script)
        said, _ = process.communicate(timeout=60)
        return said + (f"[{process.returncode}]" if process.returncode else "")

    def cut(self, seconds: float) -> None:
        """Run the script, and kill all of it after a time."""
        process = self.begin()
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def settings(self) -> Config:
        """What Jupyter reads from the user's configuration."""
        return PyFileConfigLoader(
            "jupyter_server_config.py", str(self.home / ".jupyter")
        ).load_config()

    def opened(self) -> str:
        """The path of what JupyterLab opens, below the folder that it shows."""
        return str(self.settings().LabApp.default_url).removeprefix("/lab/tree/")


OPENED = f"satellite-course/{START}"
"""The start page, from the folder that JupyterLab shows."""

PAGE = "satellite-course.ipynb"
"""The page on what failed, or has changed."""


def cells(page: Path) -> list[Any]:
    """The cells of a page, which is a valid notebook."""
    read = nbformat.read(page, as_version=4)
    nbformat.validate(read)
    return list(read.cells)


def program(service: Service, name: str, text: str) -> None:
    """Put a program of this name before all others."""
    folder = service.home / "programs"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)
    service.variables["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
