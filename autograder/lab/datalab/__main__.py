"""``make links``: write the links to the datalab, and the entry for its catalogue of trainings."""

import json
import re
from pathlib import Path

from autograder.lab.datalab.links import LANGUAGES, SERVICES, catalogue, launch
from autograder.root import ROOT

CATALOGUE = ROOT / "docs" / "datalab.json"
LINKED = (ROOT / "README.md", ROOT / "solutions" / "start.md")


def with_links(text: str) -> str:
    """A Markdown text with the targets of its links to the datalab, such as ``[jupyter-en]: …``."""
    for service in SERVICES:
        for language in LANGUAGES:
            name = f"[{service}-{language}]:"
            target = f"{name} {launch(service, language)}"
            text = re.sub(rf"^{re.escape(name)}.*$", target, text, flags=re.MULTILINE)
    return text


def written() -> dict[Path, str]:
    """What each file holds then."""
    entry = json.dumps(catalogue(), ensure_ascii=False, indent=2) + "\n"
    linked = {path: with_links(path.read_text(encoding="utf-8")) for path in LINKED}
    return {CATALOGUE: entry, **linked}


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
        print(path)
