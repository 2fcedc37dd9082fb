"""What stands about the project in several files is the same in all."""

import re
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text())
(JOB,) = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"].values()
README = (ROOT / "README.md").read_text()
CREDITS = (ROOT / "solutions/credits.md").read_text().strip()


def test_integration_runs_every_python_that_the_package_names_and_no_other() -> None:
    named = [text.rpartition(" ")[2] for text in PROJECT["classifiers"] if "Python ::" in text]
    assert JOB["strategy"]["matrix"]["python"] == named
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert all(SpecifierSet(PROJECT["requires-python"]).contains(version) for version in named)


def test_integration_runs_the_projects_own_script_with_that_python() -> None:
    assert JOB["steps"][-1] == {"run": ".ci/run", "env": {"PYTHON": "python"}}
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_the_citation_names_the_version_and_the_licence() -> None:
    assert CITATION["version"] == PROJECT["version"]
    assert CITATION["license"] in PROJECT["license"]
    assert [author["name"] for author in CITATION["authors"]] == [
        author["name"] for author in PROJECT["authors"]
    ]


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## \[(.*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert first
    assert first[1] == PROJECT["version"]


def test_licences_are_there_and_the_readme_names_them() -> None:
    assert PROJECT["license-files"] == sorted(path.name for path in ROOT.glob("LICENSE*"))
    for name in PROJECT["license-files"]:
        assert "the authors of the satellite course" in (ROOT / name).read_text()
        assert f"]({name})" in README


def test_the_readme_gives_the_credits_of_the_notebooks() -> None:
    assert "© EuroGeographics for the administrative boundaries" in CREDITS
    assert CREDITS.removeprefix("## Credits\n\n") in README


@pytest.mark.parametrize("path", sorted(ROOT.glob("course/*/*.ipynb")), ids=lambda path: path.stem)
def test_every_notebook_ends_with_the_credits(path: Path) -> None:
    notebook: Any = nbformat.read(path, as_version=4)
    assert notebook.cells[-1].source == CREDITS
