"""`init.sh`, with which the datalab sets the course up: again and again, and it loses no work."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.lab.small_course import (
    COMMIT,
    OPENED,
    OWN_CONFIG,
    PAGE,
    SCRIPT,
    START,
    Service,
    cells,
    git,
    notebook,
)


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Time and content of each file, git's own ones left out."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and not {".git", ".venv"} & set(path.parts)
    }


class TestStart:
    def test_the_start_page_is_opened_with_the_courses_own_kernel(self, service: Service) -> None:
        assert "Ready after" in service.start("main", "fr")
        assert service.opened() == OPENED
        settings = service.settings()
        assert settings.ServerApp.root_dir == str(service.work)
        assert not service.page.exists()
        kernels = service.work / ".satellite-course/jupyter/kernels"
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("JUPYTER_PATH", str(kernels.parent))
            from jupyter_client.kernelspec import get_kernel_spec

            kernel = get_kernel_spec("python3")
        assert kernel.display_name == "Satellite course"
        assert kernel.argv[0] == str(service.course / ".venv/bin/python")
        assert kernel.env["COURSE_LANGUAGE"] == "fr"
        assert kernel.env["JUPYTER_DATA_DIR"].startswith(str(service.work))  # progress is kept
        assert (service.home / ".local/share/jupyter/kernels/satellite-course").is_dir()  # VS Code

    def test_a_second_one_changes_nothing(self, service: Service) -> None:
        service.start()
        before = snapshot(service.course)
        service.start()
        assert snapshot(service.course) == before
        assert git(service.course, "status", "--porcelain", "--untracked-files=no") == ""

    def test_the_users_own_configuration_stays(self, service: Service) -> None:
        own = service.home / ".jupyter/jupyter_server_config.py"
        own.parent.mkdir()
        own.write_text(OWN_CONFIG)
        for _ in range(2):
            service.start()
        lines = [line for line in own.read_text().splitlines() if line]
        assert lines[0] == OWN_CONFIG
        assert len(lines) == 2
        assert service.settings().ServerApp.answer_yes
        assert service.opened() == OPENED

    def test_a_tag_or_a_commit_may_be_asked_for(self, service: Service) -> None:
        git(service.repository.folder, "tag", "v1")
        commit = git(service.repository.folder, "rev-parse", "HEAD").strip()
        service.repository.publish({START: notebook("later")})
        for version, text in (("v1", "start"), ("main", "later"), (commit, "start")):
            service.start(version)
            assert (service.course / START).read_text() == notebook(text)
        assert service.opened() == OPENED

    def test_help_says_how_it_is_used_and_does_nothing(self, service: Service) -> None:
        assert service.start("--help").startswith("Usage: init.sh [VERSION [LANGUAGE]]")
        assert list(service.work.iterdir()) == []

    @pytest.mark.parametrize("part", range(1, 10))
    def test_half_a_script_does_nothing(self, service: Service, part: int) -> None:
        script = SCRIPT.read_bytes()
        half = script[: len(script) * part // 10].decode(errors="ignore").encode()
        service.start(script=half)
        assert list(service.work.iterdir()) == []


MINE, NEW, OLD = notebook("mine"), notebook("new"), notebook("old")
RUN = notebook("old", output="mine", opened=True)
WAYS = {
    # what was published before, what the learner has, what is published now: what is there then
    "left alone": (OLD, OLD, NEW, {"": NEW}),
    "changed": (OLD, MINE, NEW, {"": MINE, "new": NEW}),
    "only opened": (OLD, notebook("old", opened=True), NEW, {"": NEW}),
    "run": (OLD, RUN, NEW, {"": RUN, "new": NEW}),
    "not a notebook any more": (OLD, "[]", NEW, {"": "[]", "new": NEW}),
    "empty": (OLD, "", NEW, {"": "", "new": NEW}),
    "only opened, and taken from the course": (OLD, notebook("old", opened=True), None, {}),
    "changed, and there is no newer one": (OLD, MINE, OLD, {"": MINE}),
    "changed into the new one": (OLD, NEW, NEW, {"": NEW}),
    "deleted or renamed": (OLD, None, NEW, {"": NEW}),
    "deleted, and there is no newer one": (OLD, None, OLD, {"": OLD}),
    "taken from the course": (OLD, OLD, None, {}),
    "taken from the course, and changed": (OLD, MINE, None, {"": MINE}),
    "new in the course": (None, None, NEW, {"": NEW}),
    "new in the course, where a file has its name": (None, MINE, NEW, {"": MINE, "new": NEW}),
}
FOLDERS = ("course/data-acquisition", "un dossier à moi")


def name(way: str, folder: str) -> str:
    return f"{folder}/{way}.ipynb"


class TestUpdate:
    def test_no_notebook_of_a_learner_is_overwritten(self, service: Service) -> None:
        everywhere = [(name(way, folder), WAYS[way]) for way in WAYS for folder in FOLDERS]
        service.repository.publish({path: old for path, (old, *_) in everywhere if old})
        service.start()
        for path, (_, mine, _, _) in everywhere:
            if mine is None:
                (service.course / path).unlink(missing_ok=True)
            else:
                (service.course / path).write_text(mine)
        changes = {path: new for path, (old, _, new, _) in everywhere if new != old}
        service.repository.publish(changes)
        service.start()
        short = git(service.repository.folder, "rev-parse", "--short=7", "HEAD").strip()
        for path, (*_, expected) in everywhere:
            there = {
                key: (service.course / beside).read_text()
                for key, beside in (
                    ("", path),
                    ("new", path.replace(".ipynb", f" (new {short}).ipynb")),
                )
                if (service.course / beside).exists()
            }
            assert there == expected, path
        assert service.opened() == PAGE
        (told,) = cells(service.page)
        assert told.source.startswith("# The course has a new version")
        for path, (*_, expected) in everywhere:
            link = quote(f"satellite-course/{path}").replace(
                ".ipynb", f"%20%28new%20{short}%29.ipynb"
            )
            assert (f"]({link})" in told.source) == ("new" in expected), path

        before = snapshot(service.course)
        service.start()  # the same again: nothing new, and nothing is told twice
        assert snapshot(service.course) == before
        assert service.opened() == OPENED
        assert service.page.exists()

    def test_the_new_one_may_be_changed_as_well(self, service: Service) -> None:
        service.start()
        mine = service.course / START
        mine.write_text(MINE)
        for text in ("second", "third"):
            service.repository.publish({START: notebook(text)})
            service.start()
            for beside in mine.parent.glob("start (new *).ipynb"):
                beside.write_text(beside.read_text() + " ")
        assert mine.read_text() == MINE
        assert sorted(path.read_text() for path in mine.parent.glob("start (new *).ipynb")) == [
            notebook("second") + "  ",
            notebook("third") + " ",
        ]

    def test_other_files_are_renewed_and_the_learners_lie_beside(self, service: Service) -> None:
        service.repository.publish({"utils/reference.py": "old", "Makefile": "old"})
        service.start()
        for file in ("utils/reference.py", "Makefile"):
            (service.course / file).write_text("mine")
        service.repository.publish({"utils/reference.py": "new", "Makefile": "new"})
        service.start()
        (module,) = service.course.glob("utils/reference (yours before *).py")
        (makefile,) = service.course.glob("Makefile (yours before *)")
        assert module.read_text() == makefile.read_text() == "mine"
        assert (service.course / "utils/reference.py").read_text() == "new"
        assert module.name in cells(service.page)[0].source

    def test_commits_of_a_learner_stay_on_a_branch(self, service: Service) -> None:
        service.start()
        (service.course / START).write_text(MINE)
        git(service.course, *COMMIT, "mine")
        service.repository.publish({START: NEW})
        service.start()
        (branch,) = git(
            service.course, "branch", "--list", "--format=%(refname:short)", "yours*"
        ).split()
        assert git(service.course, "show", f"{branch}:{START}") == MINE
        assert (service.course / START).read_text() == MINE
        assert branch in cells(service.page)[0].source

    def test_a_clone_made_by_hand_is_taken_over(self, service: Service) -> None:
        git(service.work, "clone", "-q", str(service.repository.folder), "satellite-course")
        (service.course / START).write_text(MINE)
        service.repository.publish({START: NEW})
        service.start()
        assert (service.course / START).read_text() == MINE
        assert len(list(service.course.glob("course/start (new *).ipynb"))) == 1

    def test_killed_at_any_moment_it_loses_nothing_and_goes_on(self, service: Service) -> None:
        started = time.monotonic()
        service.start()
        whole = time.monotonic() - started
        (service.course / START).write_text(MINE)
        for turn in range(8):
            many = {f"course/{turn} {number}.ipynb": NEW for number in range(20)}
            service.repository.publish({START: notebook(str(turn)), **many})
            service.cut(whole * turn / 8)
        assert (service.course / START).read_text() == MINE
        assert "Ready" in service.start()
        assert (service.course / START).read_text() == MINE
        assert (service.course / "course/7 19.ipynb").read_text() == NEW
        assert git(service.course, "diff", "--name-only").splitlines() == [START]
