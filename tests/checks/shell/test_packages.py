"""What a command installs, and whether it is there."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder.checks.shell import packages


@pytest.mark.parametrize(
    "command",
    [
        *(
            "pip install numpy pandas>=2",
            "pip3 install -q numpy pandas>=2",
            "uv pip install -r r.txt",
        ),
        "pip3.12 install --upgrade --no-cache-dir numpy pandas>=2",
        *("python -m pip install numpy pandas>=2", "python3 -m pip install -U numpy pandas>=2"),
        f"{sys.executable} -m pip install -i https://example.org numpy pandas>=2",
        *(
            "pip install -r r.txt",
            "pip install numpy --requirement s.txt",
            "python -m uv pip install -r r.txt",
        ),
        "pip install --extra-index-url https://example.org -c constraints.txt numpy pandas>=2",
        "conda install -y -c conda-forge numpy pandas>=2",
    ],
)
def test_what_is_installed_is_found_in_any_way_to_say_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text("# wanted\nnumpy\n\npandas>=2  # and this\n")
    Path("s.txt").write_text("pandas>=2\n")
    assert packages.wanted(command.split()) == ["numpy", "pandas>=2"]


@pytest.mark.parametrize(
    "command",
    [
        "pip list",
        "pip",
        "python -m pip show numpy",
        "pip install",
        "conda list",
        "ls install",
        "uv sync",
        "pip uninstall numpy",
    ],
)
def test_nothing_is_installed_by_other_commands(command: str) -> None:
    assert packages.wanted(command.split()) is None


@pytest.mark.parametrize(
    "wish",
    [
        "numpy",
        "NumPy>=1",
        "matplotlib[extra]",
        "dask [complete]>=1",
        "pip",
        "pip>=20",
        "setuptools",
    ],
)
def test_a_package_is_there(wish: str) -> None:
    assert packages.found(wish) is not None


@pytest.mark.parametrize(
    "wish",
    ["numpy<1", "no-such-package", "git+https://example.org/x.git", "./folder", "numpy==1.*"],
)
def test_a_package_is_not_there(wish: str) -> None:
    assert packages.found(wish) is None


def test_it_says_which_version_is_there() -> None:
    assert packages.there("numpy>=1") == f"`numpy` {version('numpy')} is there already."


def test_the_versions_of_conda_are_understood() -> None:
    own = ".".join(version("numpy").split(".")[:2])
    (wish,) = packages.wanted(["conda", "install", f"numpy={own}"]) or []
    assert packages.found(wish) == version("numpy")
