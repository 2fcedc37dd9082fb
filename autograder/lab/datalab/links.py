"""Addresses that open the course on the SSP Cloud, and its entry in the catalogue of trainings."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

from autograder.root import ROOT

SCRIPT = Path(__file__).with_name("init.sh")
"""What a service runs before it starts."""

LANGUAGES = ("en", "fr")

SERVICES = {"jupyter": "jupyter-python", "vscode": "vscode-python"}
"""The datalab's names of the services in which the course works, by the names of our links."""

_LAUNCHER = "https://datalab.sspcloud.fr/launcher/ide"
_RAW = "https://raw.githubusercontent.com"


def repository() -> str:
    """The address of the course's repository, which ``pyproject.toml`` tells."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Repository"])


def launch(service: str, language: str, version: str = "main") -> str:
    """The address that opens a service with the course.

    The datalab takes texts in «», and passes ``init.personalInitArgs`` on as words.

    Args:
        service: One of `SERVICES`.
        language: One of `LANGUAGES`.
        version: A branch or tag of the repository.
    """
    script = f"{_RAW}{urlsplit(repository()).path}/{version}/{SCRIPT.relative_to(ROOT).as_posix()}"
    settings = {
        "autoLaunch": "true",
        "name": "satellite-course",
        "init.personalInit": f"«{script}»",
        "init.personalInitArgs": f"«{version} {language}»",
    }
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in settings.items())
    return f"{_LAUNCHER}/{SERVICES[service]}?{query}"


def catalogue() -> dict[str, Any]:
    """The course's entry in the datalab's catalogue of trainings.

    Its form is that of ``EducationalResource`` in the source of the datalab's website: texts by
    language, the time in minutes, addresses by front-end and language.
    """
    entry: dict[str, Any] = yaml.safe_load(SCRIPT.with_name("catalogue.yaml").read_text("utf-8"))
    return entry | {
        "articleUrl": repository(),
        "deploymentUrl": {
            name: {language: launch(service, language) for language in LANGUAGES}
            for name, service in (("Jupyter", "jupyter"), ("VSCode", "vscode"))
        },
    }
