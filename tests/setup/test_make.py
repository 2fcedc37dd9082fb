"""What the Makefile and the README promise, without installing anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from autograder.root import ROOT

README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
OF_RESULTS = {"grade", "regrade", "gradebook", "export", "similar", "appeal", "forget", "drafts"}
TARGETS = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
SET_UP_FILES = ("Makefile", "pyproject.toml", "constraints.txt", ".ci/environment.sh")


def make(
    folder: Path, *arguments: str, cwd: Path | None = None, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``make -C folder``, or in `folder` itself, with nothing inherited from another make."""
    inherited = {} if path is None else {"PATH": str(path)}
    if cwd is None:
        return make_in(folder, *arguments, **inherited)
    return make_in(cwd, "-C", str(folder), *arguments, PWD=str(cwd), **inherited)


def make_in(cwd: Path, *arguments: str, **inherited: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder, with nothing inherited from another make but what is ``inherited``."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    environment.pop("MFLAGS", None)
    return subprocess.run(
        [shutil.which("make") or "make", *arguments],
        cwd=cwd,
        env=environment | inherited,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with spaces in its name that looks set up; its Python prints its arguments."""
    folder = tmp_path / "my own copy"
    for name in SET_UP_FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    program(python, 'for argument in "$@"; do echo "$argument"; done')
    (folder / ".venv/.installed").write_text(f"{folder}\n")
    return folder


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def path_with(tmp_path: Path, **programs: str) -> Path:
    """A folder for PATH with the usual tools, no Python and no uv but those given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "dirname", "grep", "id", "sed", "tail", "tr"):
        (folder / name).symlink_to(shutil.which(name) or "")
    for name, text in programs.items():
        program(folder / name.replace("_", "."), text)
    return folder


class TestHelp:
    def test_it_is_the_default_and_lists_every_target_in_a_line(self) -> None:
        shown = make(ROOT)
        assert shown.stdout == make(ROOT, "help").stdout
        lines = shown.stdout.splitlines()
        assert {line.split()[1] for line in lines} == TARGETS
        assert len(lines) == len(TARGETS)
        assert max(map(len, lines)) <= 100

    def test_every_phony_target_is_described(self) -> None:
        (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
        assert set(phony.split()) - {"moved"} == TARGETS


class TestReadme:
    def test_its_commands_are_targets(self) -> None:
        named = set(re.findall(r"\bmake ([a-z][a-z-]*)", README))
        assert {"lab", "test"} <= named <= TARGETS

    def test_its_files_exist(self) -> None:
        files = re.findall(r"\]\(([^):]+)\)|`((?:docs|tools)/[\w./-]+|\w+\.(?:toml|txt))`", README)
        assert files
        assert [
            name for pair in files for name in pair if name and not (ROOT / name).exists()
        ] == []

    def test_it_says_that_the_patch_is_simulated(self) -> None:
        assert "simulated" in README


class TestTargets:
    @pytest.mark.parametrize("target", sorted(TARGETS - OF_RESULTS))
    def test_each_can_be_planned(self, clone: Path, target: str) -> None:
        plan = make(clone, "-n", target)
        assert plan.returncode == 0, plan.stderr
        assert plan.stderr == ""
        assert plan.stdout

    def test_the_environment_is_not_made_twice(self, clone: Path) -> None:
        plan = make(clone, "-n", "lab")
        assert plan.stdout.split() == [".venv/bin/python", "-m", "autograder.lab"]

    @pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
    def test_it_is_made_again_when_a_package_changes(self, clone: Path, name: str) -> None:
        later = time.time() + 5
        os.utime(clone / name, (later, later))
        assert "environment.sh" in make(clone, "-n", "lab").stdout

    def test_it_is_made_again_when_the_folder_has_moved(self, clone: Path) -> None:
        moved = clone.rename(clone.with_name("elsewhere"))
        assert "environment.sh" in make(moved, "-n", "lab").stdout

    def test_options_reach_jupyterlab(self, clone: Path) -> None:
        run = make(clone, "lab", "LAB=--no-browser --port 8899")
        assert run.stdout.split() == ["-m", "autograder.lab", "--no-browser", "--port", "8899"]


def grade(submitted: str) -> list[str]:
    return ["grade", f"SUBMITTED={submitted}", "RESULTS=r"]


def folders(run: subprocess.CompletedProcess[str]) -> list[str]:
    """The folders that the grader gets, which come last."""
    assert run.returncode == 0, run.stderr
    return [line for line in run.stdout.splitlines() if not line.startswith("make")][-2:]


class TestGrade:
    @pytest.mark.parametrize("arguments", [[], ["SUBMITTED=x"], ["RESULTS=x"]])
    def test_it_says_what_it_needs_in_one_line(self, clone: Path, arguments: list[str]) -> None:
        run = make(clone, "grade", *arguments)
        assert run.returncode == 2
        (line,) = run.stderr.splitlines()
        assert "Usage: make grade SUBMITTED=folder RESULTS=folder" in line

    def test_folders_count_from_where_make_is_called(self, clone: Path, tmp_path: Path) -> None:
        run = make(clone, "grade", "SUBMITTED=hand ins", "RESULTS=./it's out", cwd=tmp_path)
        assert folders(run) == [f"{tmp_path}/hand ins", f"{tmp_path}/./it's out"]

    def test_without_c_they_count_from_the_project(self, clone: Path) -> None:
        run = make(clone, "grade", "SUBMITTED=hand ins", "RESULTS=/out here")
        assert run.stdout.splitlines()[-2:] == [f"{clone}/hand ins", "/out here"]

    @pytest.mark.parametrize(
        "way",
        [
            *("-C {}", "-C{}", "-sC {}", "-swC {}", "-w -C {}", "-j2 -C {}", "-k -C {}"),
            *("--no-print-directory -C {}", "--directory {}", "--directory={}", "-C / -C .{}"),
        ],
    )
    @pytest.mark.parametrize("name", ["w", "own", "-w", "C"])
    def test_so_they_do_however_c_is_given(
        self, clone: Path, tmp_path: Path, way: str, name: str
    ) -> None:
        options = [word.format(clone) for word in way.split()]
        run = make_in(tmp_path, *options, *grade(name), PWD=str(tmp_path))
        assert folders(run) == [f"{tmp_path}/{name}", f"{tmp_path}/r"]

    @pytest.mark.parametrize("way", ["", "-w", "-s", "-j2", "--no-print-directory", "-f Makefile"])
    @pytest.mark.parametrize("flags", ["", "w", "sw", "w -j2 -- X=C", " --no-print-directory"])
    def test_without_c_they_do_not_count_from_where_a_program_stands(
        self, clone: Path, way: str, flags: str
    ) -> None:
        """One that calls make in another folder leaves PWD as it was."""
        run = make_in(clone, *way.split(), *grade("w"), PWD="/elsewhere", MAKEFLAGS=flags)
        assert folders(run) == [f"{clone}/w", f"{clone}/r"]

    @pytest.mark.parametrize(
        ("recipe", "base"),
        [
            ("$(MAKE) -C '../my own copy' {}", "outer"),
            ("true && $(MAKE) -sC '../my own copy' {}", "outer"),
            ("cd '../my own copy' && $(MAKE) {}", "my own copy"),
        ],
    )
    def test_another_makefile_may_call_it(
        self, clone: Path, tmp_path: Path, recipe: str, base: str
    ) -> None:
        outer = tmp_path / "outer"
        outer.mkdir()
        (outer / "Makefile").write_text(f"all:\n\t@{recipe.format(' '.join(grade('w')))}\n")
        run = make_in(outer, PWD=str(outer))
        assert folders(run) == [f"{tmp_path / base}/w", f"{tmp_path / base}/r"]

    def test_one_student_is_graded_again(self, clone: Path) -> None:
        folders = ("SUBMITTED=/hand ins", "RESULTS=/out")
        run = make(clone, "regrade", "STUDENT=zoë and co", *folders)
        assert run.stdout.splitlines()[-4:] == ["/hand ins", "/out", "--student", "zoë and co"]
        assert "Usage" in make(clone, "regrade", *folders).stderr

    @pytest.mark.parametrize("yes", [[], ["--yes"]])
    def test_all_are_graded_again_with_a_changed_course(self, clone: Path, yes: list[str]) -> None:
        folders = ("SUBMITTED=/hand ins", "RESULTS=/out", "ALL=1")
        run = make(clone, "regrade", *folders, *(["YES=1"] if yes else []))
        words = ["/hand ins", "/out", "--regrade", *yes]
        assert run.stdout.splitlines()[-len(words) :] == words
        assert "Usage" in make(clone, "forget", *folders).stderr

    def test_the_gradebook_opens_with_this_environment_in_its_own_folder(
        self, clone: Path, tmp_path: Path
    ) -> None:
        results = tmp_path / "my results"
        results.mkdir()
        refused = make(clone, "gradebook", f"RESULTS={results}")
        assert refused.returncode == 2
        assert f"{results} holds no gradebook" in refused.stderr
        (results / "gradebook.db").touch()
        program(clone / ".venv/bin/python", 'pwd; command -v alembic; echo "$@"')
        program(clone / ".venv/bin/alembic", "")
        run = make(clone, "gradebook", "RESULTS=my results", cwd=tmp_path)
        assert run.stdout.splitlines()[1:-1] == [
            str(results),
            str(clone / ".venv/bin/alembic"),
            "-m jupyterlab --LabApp.default_url=/formgrader",
        ]
        assert "Usage" in make(clone, "gradebook").stderr

    def test_a_cluster_can_do_the_work(self, clone: Path) -> None:
        run = make(clone, "grade", "SUBMITTED=/a", "RESULTS=/b", "SCHEDULER=tcp://c:8786")
        assert run.stdout.splitlines()[-4:] == ["--scheduler", "tcp://c:8786", "/a", "/b"]

    def test_a_class_list_counts_from_where_make_is_called_too(
        self, clone: Path, tmp_path: Path
    ) -> None:
        run = make(clone, "grade", *grade("w")[1:], "NAMES=my class.csv", cwd=tmp_path)
        lines = run.stdout.splitlines()
        assert lines[lines.index("--names") + 1] == f"{tmp_path}/my class.csv"

    def test_own_notebooks_are_rehearsed(self, clone: Path) -> None:
        run = make(clone, "rehearse", "NOTEBOOKS='my own' b.ipynb", "REHEARSE=--help")
        assert run.stdout.splitlines()[-3:] == ["--help", "my own", "b.ipynb"]


class TestDebian:
    @pytest.mark.parametrize("target", ["test-debian", "test-datalab"])
    def test_it_says_what_it_needs_in_one_line(
        self, clone: Path, tmp_path: Path, target: str
    ) -> None:
        for script in (ROOT / ".ci").glob("d*.sh"):
            shutil.copy(script, clone / ".ci")
        run = make(clone, target, path=path_with(tmp_path))
        assert run.returncode == 2
        assert run.stderr.splitlines()[0] == (
            f"make {target} needs root and debootstrap (apt install debootstrap)."
        )


class TestPythonsThatCannot:
    """Each failure is one line that says what to install."""

    OLD = 'case "$*" in *%d.%d*) echo 3.8;; *) exit 1;; esac'
    WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1;; *%d.%d*) echo 3.12;; esac'
    BROKEN_SHIM = "echo not installed >&2; exit 127"

    @pytest.fixture
    def fresh(self, clone: Path) -> Path:
        shutil.rmtree(clone / ".venv")
        return clone

    def one_line(self, fresh: Path, path: Path) -> str:
        run = make(fresh, "lab", path=path)
        assert run.returncode == 2
        assert run.stdout == ""
        (line,) = run.stderr.splitlines()
        assert not (fresh / ".venv").exists()
        return line

    def test_too_old(self, fresh: Path, tmp_path: Path) -> None:
        path = path_with(tmp_path, python3=self.OLD, python3_12=self.BROKEN_SHIM)
        line = self.one_line(fresh, path)
        assert "needs Python 3.11 or newer (found: 3.8)" in line
        assert "apt install python3 python3-venv" in line

    def test_none_at_all(self, fresh: Path, tmp_path: Path) -> None:
        assert "(found: none)" in self.one_line(fresh, path_with(tmp_path))

    def test_without_venv(self, fresh: Path, tmp_path: Path) -> None:
        path = path_with(tmp_path, python3=self.WITHOUT_VENV)
        assert "apt install python3.12-venv" in self.one_line(fresh, path)
