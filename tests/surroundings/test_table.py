"""Variable by variable: what of it each part of the course is started with."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.root import ROOT
from autograder.surroundings import (
    KEPT,
    ONE_THREAD,
    SETTLED,
    clean_environment,
    is_foreign,
    start_anew,
    unset_lines,
    without_foreign,
)
from tests.surroundings.traps import IN_FOLDERS, PLAIN, environment

OWN = ("TERM", "EDITOR", "DISPLAY", "VAULT_TOKEN", "GIT_USER_NAME", "COURSE_LANGUAGE", "TMPDIR")
"""What a user's terminal is to keep."""

HARMLESS = (
    *(*KEPT, "HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_PLATFORM_DIRS", "MPLCONFIGDIR"),
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_MAX_THREADS"),
)
"""Variables that a kernel keeps, since they change no result; the parts' own tests show it."""

NAMES = sorted({*PLAIN, *IN_FOLDERS})


@pytest.mark.parametrize("name", NAMES)
def test_a_process_of_ours_gets_no_inherited_value(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "inherited")
    kept = name in KEPT
    assert (clean_environment().get(name) == "inherited") is kept


@pytest.mark.parametrize("name", NAMES)
def test_a_command_begins_without_what_is_foreign(name: str) -> None:
    kept = name in HARMLESS
    assert (without_foreign({name: "inherited"}).get(name) == "inherited") is kept
    assert unset_lines([name]) == ([] if kept else [f"unset {name}"])


@pytest.mark.parametrize("name", [*OWN, *KEPT])
def test_what_is_the_user_s_own_stays(name: str) -> None:
    assert not is_foreign(name)
    assert without_foreign({name: "own"})[name] == "own"


COMMANDS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
    for path in (ROOT / "autograder").rglob("*.py")
    if re.search(r"^ +start_anew\(\)$", path.read_text("utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_begins_anew_once_only(command: str) -> None:
    """Also where a library sets variables itself while it is imported, as rasterio does."""
    done = subprocess.run(
        [sys.executable, "-m", command, "--help"],
        env={"PATH": os.environ["PATH"], "AWS_PROFILE": "other", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_what_has_begun_anew_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_BEGUN_ANEW", str(os.getpid()))
    start_anew()
    assert "COURSE_BEGUN_ANEW" not in os.environ


def test_libraries_are_kept_from_files_in_the_home_folder() -> None:
    assert SETTLED.items() <= clean_environment().items()
    assert ONE_THREAD.items() <= clean_environment().items()


KERNEL = """
import json, os, sys, warnings
from autograder.surroundings import settle
notes = settle()
print(json.dumps([dict(os.environ), sys.path, [entry[0] for entry in warnings.filters], notes]))
"""


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """Variables, path, filters and notes of a Python that others have started among all traps."""
    folder = tmp_path_factory.mktemp("traps")
    here = folder / "notebook"
    here.mkdir()
    (here / "matplotlibrc").write_text("image.origin: lower\n")
    said = subprocess.check_output(
        [sys.executable, "-c", KERNEL], env=environment(folder), cwd=here, text=True
    )
    return [environment(folder), *json.loads(said)]


@pytest.mark.parametrize("name", NAMES)
def test_a_kernel_of_others_lets_go_of_it(settled: list[dict[str, str]], name: str) -> None:
    before, after = settled[:2]
    assert (after.get(name) == before[name]) is (name in HARMLESS)


def test_in_a_kernel_modules_of_others_come_last(settled: list[list[str]]) -> None:
    *_, course, last = settled[2]
    assert (course, Path(last).name) == (str(ROOT), "modules")


def test_in_a_kernel_no_warning_is_an_error(settled: list[list[str]]) -> None:
    assert "error" not in settled[3]


def test_a_style_beside_the_notebook_is_named(settled: list[list[str]]) -> None:
    (note,) = settled[4]
    assert "notebook/matplotlibrc changes how figures look. Rename it" in note


@pytest.mark.parametrize("home", ["/proc", "/dev/null"])
def test_where_the_home_folder_is_closed_matplotlib_has_another_place(home: str) -> None:
    code = (
        "from autograder.surroundings import settle; settle()\n"
        "import matplotlib, os; place = matplotlib.get_configdir(); print(place, os.listdir(place))"
    )
    variables = {"PATH": os.environ["PATH"], "HOME": home}
    done = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True
    )
    assert not done.stderr
    place, listed = done.stdout.split(maxsplit=1)
    assert listed.strip() == "[]"
    assert "course-matplotlib-" in place
    assert not Path(place).exists()
