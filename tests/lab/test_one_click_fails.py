"""However `init.sh` fails, JupyterLab opens on a page that says what to do, and begins again."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.lab.small_course import (
    FILES,
    OPENED,
    PAGE,
    SCRIPT,
    START,
    Service,
    cells,
    program,
)


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a service, or with the link that opened it."""

    title: str
    arguments: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    programs: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    in_the_way: str = ""


GIT = f'exec {shutil.which("git")} "$@"'
FULL = "echo 'error: unable to write file: No space left on device' >&2; exit 128"
BROKEN = "mkdir -p .venv/bin && printf '#!/bin/sh\\nexit 1' >.venv/bin/python"
TROUBLES = [
    Trouble("The link that opened this service is not complete", ("main", "en", "more")),
    Trouble("The link that opened this service is not complete", ("--branch",)),
    Trouble("The course has no version of that name", ("v9",)),
    Trouble(
        "Nothing can be written in the folder of your work",
        variables={"WORKSPACE_DIR": "/dev/null/work"},
    ),
    Trouble("The disk is full", programs={"df": r"printf 'x\nx 1 1 4096 1 /\n'"}),
    Trouble("The disk is full", programs={"head": "exit 1"}),
    Trouble("The disk is full", programs={"git": FULL}),
    Trouble("The disk is full", published={".ci/environment.sh": FULL}),
    Trouble(
        "The course could not be fetched",
        variables={"COURSE_REPOSITORY": "https://me:s3cret@127.0.0.1:9/course.git"},
    ),
    Trouble(
        "The course could not be fetched",
        programs={"git": f'case "$*" in *fetch*) kill -9 $$;; esac; {GIT}'},
    ),
    Trouble("Something else lies where the course goes", in_the_way="satellite-course"),
    Trouble(
        "The files of the course could not be put in place",
        in_the_way="satellite-course/course",
    ),
    Trouble("The course is being set up already", programs={"flock": "exit 1"}),
    Trouble(
        "This service has no Python that the course can use",
        published={".ci/environment.sh": '[ "$1" = obstacle ] && echo too old; exit 1'},
    ),
    Trouble(
        "The Python packages of the course could not be installed",
        published={".ci/environment.sh": '[ "$1" = obstacle ] || exit 1'},
    ),
    Trouble(
        "The course is installed, but does not start",
        published={".ci/environment.sh": f"{BROKEN}; chmod +x .venv/bin/python"},
    ),
]


class TestFailure:
    @pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.title)
    def test_a_page_says_so_and_its_cell_begins_again(
        self, service: Service, trouble: Trouble
    ) -> None:
        service.variables |= trouble.variables
        for name, text in trouble.programs.items():
            program(service, name, text)
        if trouble.published:
            service.repository.publish(trouble.published)
        obstacle = service.work / trouble.in_the_way
        if trouble.in_the_way:
            obstacle.parent.mkdir(exist_ok=True)
            obstacle.write_text("mine")

        said = service.start(*trouble.arguments)
        assert said.endswith("[1]")
        assert "s3cret" not in said
        page = Path(str(service.settings().ServerApp.root_dir)) / service.opened()
        what, again, *log = cells(page)
        assert what.source.startswith(f"# {trouble.title}\n")
        assert "Your files are as you left them." in what.source
        (start,) = re.findall(r"\[the start page\]\((.*?)\)", what.source)
        assert "WORKSPACE_DIR" in trouble.variables or page.parent / unquote(start) == (
            service.course / START
        )
        assert "s3cret" not in page.read_text()
        assert log

        # What was wrong is mended, and the learner runs the cell.
        shutil.rmtree(service.home / "programs", ignore_errors=True)
        if trouble.published:
            service.repository.publish({name: FILES[name] for name in trouble.published})
        if trouble.in_the_way:
            assert obstacle.read_text() == "mine"
            obstacle.rename(obstacle.with_name("renamed"))
        magic, _, script = again.source.partition("\n")
        assert magic == "%%bash"
        if not trouble.arguments:
            service.variables = {}
            assert "Ready after" in service.start(script=script.encode())
            assert service.opened() == OPENED

    def test_without_git_it_says_where_there_is_one(self, service: Service) -> None:
        for folder in os.environ["PATH"].split(os.pathsep):
            for path in Path(folder).glob("*"):
                beside = service.home / "programs" / path.name
                beside.parent.mkdir(exist_ok=True)
                if path.name != "git" and not beside.exists():
                    beside.symlink_to(path)
        service.variables["PATH"] = str(service.home / "programs")
        service.start("main", "fr")
        assert cells(service.page)[0].source.startswith("# Le programme git manque ici")

    def test_stopped_it_leaves_a_page(self, service: Service) -> None:
        program(service, "git", 'kill -TERM "$PPID"; sleep 0.1')
        service.start()
        assert service.opened() == PAGE
        assert cells(service.page)[0].source.startswith("# Setting up the course did not finish")

    def test_without_a_network_the_course_of_before_is_a_click_away(self, service: Service) -> None:
        service.start()
        service.repository.folder.rename(service.repository.folder.with_name("gone"))
        assert service.start().endswith("[1]")
        assert service.opened() == PAGE
        assert f"]({OPENED})" in cells(service.page)[0].source

    def test_every_page_is_there_in_both_languages(self) -> None:
        pages = re.findall(r"^ +(en|fr)/([a-z-]+)\)", SCRIPT.read_text(), re.MULTILINE)
        english, french = (
            {page for code, page in pages if code == language} for language in ("en", "fr")
        )
        assert english == french
        assert len(pages) == 2 * len(english)
        asked = set(re.findall(r"fail ([a-z-]+)|problem=([a-z-]+)", SCRIPT.read_text()))
        assert {one or other for one, other in asked} <= english
