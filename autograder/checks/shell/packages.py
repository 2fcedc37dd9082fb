"""Installing packages: what is there already needs nothing."""

import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from autograder.checks import texts

_PIP = re.compile(r"pip[\d.]*")
_PYTHON = re.compile(r"python[\d.]*")
CONDA = ("conda", "mamba", "micromamba")
"""Programs that install packages of conda, and IPython's magics of the same names."""

_WITH_VALUE = frozenset(
    [
        *("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--trusted-host"),
        *("-c", "--constraint", "--channel", "-n", "--name", "-p", "--prefix"),
        *("--timeout", "--retries", "--progress-bar"),
    ]
)
"""Options that are followed by a word of their own."""

_QUIET = re.compile(r"-q+|--quiet")

TOOLS = frozenset(["pip", "setuptools", "wheel", "python"])
"""What installs and runs packages: there, in whatever form."""


def wanted(words: Sequence[str]) -> list[str] | None:
    """The packages that a command installs; None where it installs none by their names."""
    rest = _after_install(list(words))
    if rest is None:
        return None
    named: list[str] = []
    while rest:
        word = rest.pop(0)
        if word in ("-r", "--requirement", "--file") and rest:
            named += _listed(Path(rest.pop(0)))
        elif word in _WITH_VALUE:
            del rest[:1]
        elif not word.startswith("-"):
            named.append(word)
    return named or None


def _after_install(words: list[str]) -> list[str] | None:
    """The words after ``pip install``, in whatever way that is called."""
    match [Path(words[0]).name, *words[1:]]:
        case [python, "-m", "pip", "install", *rest] if _PYTHON.fullmatch(python):
            return rest
        case [_, "-m", "pip", "install", *rest] if words[0] == sys.executable:
            return rest
        case [_, "-m", "uv", "pip", "install", *rest] | ["uv", "pip", "install", *rest]:
            return rest
        case [name, "install", *rest] if _PIP.fullmatch(name):
            return rest
        case [name, "install", *rest] if name in CONDA:
            # Its versions: name=1.2
            return [re.sub(r"^([\w.-]+)=([\d.*]+)$", r"\1==\2.*", word) for word in rest]
    return None


def _listed(file: Path) -> Iterator[str]:
    """What a file of requirements names."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = [str(file)]
    for line in lines:
        if required := line.partition("#")[0].strip():
            yield required


def found(wish: str) -> str | None:
    """The version of a package that is there and does for a wish; None where none does."""
    try:
        required = Requirement(wish)
        there = version(required.name)
    except (InvalidRequirement, PackageNotFoundError):
        return "" if re.split(r"[\[<>=!~ ]", wish)[0].lower() in TOOLS else None
    return there if required.specifier.contains(there, prereleases=True) else None


def is_quiet(words: Sequence[str]) -> bool:
    """Whether the command is to say nothing."""
    return any(_QUIET.fullmatch(word) for word in words)


def there(wish: str) -> str:
    """A sentence: the package is there."""
    try:
        name = Requirement(wish).name
    except InvalidRequirement:
        name = wish
    return texts.card("package-there", name=name, version=found(wish) or "").replace("  ", " ")
