"""Exercise 10: where files and objects lie."""

import re

from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import Transfer
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import LABEL_KEY, LABEL_YEARS, PATCH_KEY

LONGEST = 150
"""Characters of a path that are shown."""

TOP = LABEL_KEY.partition("/")[0]
"""First folder of both layouts, behind the bucket."""

LAYOUT = re.compile(
    re.escape(LABEL_KEY)
    .replace(r"\{nuts\}", "(?P<nuts>[^/]+)")
    .replace(r"\{year\}", "(?P<year>[^/]+)")
    .replace(r"\{size\}", "(?P<size>[^/]+)")
    .replace(r"\{patch\}", "(?P<patch>[^/]+)")
)


def _written(name: str, evidence: Evidence) -> str:
    """A path as the learner wrote it.

    Raises:
        ValueError: There is none.
    """
    words = facts.joined(evidence[name])
    if not words.strip():
        raise ValueError(f"no {name}")
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _parts(evidence: Evidence) -> str:
    """How many parts the learner's destination has."""
    _written("s3_path", evidence)
    path = facts.joined(evidence["s3_path"]).removeprefix("s3://")
    return f"{len([part for part in path.split('/') if part])}"


def _pixels(evidence: Evidence) -> str:
    """How many codes the learner's `img_array` holds."""
    return f"{evidence['img_array']['array'].size:,}"


def _image_of_another_year(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a path is that of the image of the later year: key of the answer."""
    said = facts.joined(answer)
    if not said.strip():
        return "no-path"
    match = LAYOUT.search(facts.joined(evidence["uploaded"]))
    if match is None:
        raise ValueError("not the layout")
    own, later = match.groupdict(), match.groupdict() | {"year": str(max(LABEL_YEARS))}
    _, folder, rest = said.partition(f"{TOP}/")
    known = {
        PATCH_KEY.format(**later): "right",
        LABEL_KEY.format(**later): "label",
        LABEL_KEY.format(**own): "label",
        PATCH_KEY.format(**own): "own-year",
        PATCH_KEY.format(**later).replace(".tif", ".npy"): "ending",
        LABEL_KEY.format(**later).replace(".npy", ".tif"): "folder",
    }
    return known.get(folder + rest, "other-part") if folder else "without-folders"


FIGURES = {
    "local": lambda evidence: _written("path", evidence),
    "destination": lambda evidence: _written("s3_path", evidence),
    "parts": _parts,
    "pixels": _pixels,
}
TRANSFER = Transfer(
    facts.path,
    _image_of_another_year,
    ("ending", "folder", "label", "no-path", "other-part", "own-year", "without-folders"),
)
