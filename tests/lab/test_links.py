"""The links that open the course on the SSP Cloud run what is there, with words that it takes."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from autograder.lab.datalab.__main__ import CATALOGUE, written
from autograder.lab.datalab.links import LANGUAGES, SERVICES, launch, repository
from autograder.root import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_a_link_names_the_script_and_its_words(service: str, language: str) -> None:
    link = urlsplit(launch(service, language))
    assert (link.scheme, link.netloc) == ("https", "datalab.sspcloud.fr")
    assert link.path == f"/launcher/ide/{service}-python"
    assert re.fullmatch(r"[!-~]*", link.query)  # nothing that a mail program or a browser mends
    asked = {key: value for key, (value,) in parse_qs(link.query, strict_parsing=True).items()}
    assert asked.pop("autoLaunch") == "true"  # a boolean is bare
    assert asked.pop("name") == "satellite-course"
    texts = {key: re.fullmatch("«(.*)»", value) for key, value in asked.items()}
    script, words = texts.pop("init.personalInit"), texts.pop("init.personalInitArgs")
    assert texts == {}
    assert script
    assert words
    address = repository().replace("https://github.com", "https://raw.githubusercontent.com")
    assert script[1].startswith(f"{address}/main/")
    assert (ROOT / script[1].removeprefix(f"{address}/main/")).is_file()
    assert words[1].split() == ["main", language]


def test_the_script_fetches_the_same_repository() -> None:
    script = (ROOT / "autograder/lab/datalab/init.sh").read_text()
    assert f"COURSE_REPOSITORY:-{repository()}}}" in script
    hub = (ROOT / "docs/hub.md").read_text()
    assert repository() in hub


def test_everything_that_shows_a_link_shows_it_as_it_is_now() -> None:
    for path, text in written().items():
        assert path.read_text(encoding="utf-8") == text, "run make links"
    start = json.loads((ROOT / "course/start.ipynb").read_text())
    assert launch("jupyter", "en") in "".join(str(cell["source"]) for cell in start["cells"])
    for service in SERVICES:
        for language in LANGUAGES:
            assert f"\n[{service}-{language}]: " in (ROOT / "README.md").read_text()


def test_the_catalogue_has_what_its_form_asks_for_in_both_languages() -> None:
    entry = json.loads(CATALOGUE.read_text())
    for text in (entry["name"], entry["abstract"], *entry["types"]):
        assert sorted(text) == ["en", "fr"]
        assert all(text.values())
    assert entry["timeRequired"] > 0  # minutes
    assert set(entry["tags"]) <= {"discover", "learn", "consolidate", "deepen"}
    assert entry["deploymentUrl"]["Jupyter"]["fr"] == launch("jupyter", "fr")
    assert entry["deploymentUrl"]["VSCode"]["en"] == launch("vscode", "en")
