"""A world made of a learner's patch, in which it has the place of the practice patch.

So the solutions run on it as they stand, as they do on the patch of a grading world. The worlds of
the last patches are kept in the user's cache.
"""

import atexit
import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from autograder.careful_files import write_file
from autograder.checks.judging import expectation
from autograder.checks.own_patch.opened import OwnPatch
from autograder.patches import PRACTICE, World
from autograder.patches.world import MANIFEST
from autograder.root import ROOT
from utils.errors import CourseError
from utils.reference import LABEL_YEARS, LAND_COVER, NUTS_URL, PRACTICE_PATCH_URL

KEPT = 20
"""How many patches are kept: 2 MB each."""

OUTLINES = "nuts.geojson"
EXPECTATIONS = "expectations"

LABELS = 9
"""The exercise whose labels are those of the practice patch wherever they are drawn."""

COMPLETE = "complete"
"""File that is there once everything is recorded."""

PATIENCE = 30
"""Seconds that a service may take for an answer."""


def world_of(patch: OwnPatch) -> Path:
    """The folder of the world of a patch, made where there is none yet."""
    folder = _cache() / f"{patch.digest}-{_course()}"
    if not (folder / MANIFEST).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        _forget_old(folder.parent)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            draft = Path(temporary) / "world"
            _write(draft, patch)
            with contextlib.suppress(OSError):  # another kernel was quicker
                draft.rename(folder)
    (folder / MANIFEST).touch()
    return folder


@cache
def _cache() -> Path:
    """Where worlds are kept; a folder for this kernel alone where the cache cannot be written."""
    folder = user_cache_path("satellite-course") / "patches"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        spare = tempfile.mkdtemp(prefix="course-patches-")
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        return Path(spare)


@cache
def _course() -> str:
    """A digest of the exercises and of what is recorded: of another course nothing is taken."""
    digest = hashlib.sha256()
    recorded = (PRACTICE / EXPECTATIONS).glob("*.json")
    for file in sorted([*(ROOT / "solutions").glob("*.md"), *recorded]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _forget_old(folder: Path) -> None:
    """Remove all but the patches that were used last."""
    worlds = sorted(folder.glob(f"*/{MANIFEST}"), key=lambda file: -file.stat().st_mtime)
    for file in worlds[KEPT - 1 :]:
        shutil.rmtree(file.parent, ignore_errors=True)


def _write(folder: Path, patch: OwnPatch) -> None:
    import rasterio

    file = folder / "patches" / "patch.tif"
    file.parent.mkdir(parents=True)
    labels = expectation.path(PRACTICE / EXPECTATIONS, LABELS)
    (folder / EXPECTATIONS).mkdir()
    shutil.copy(labels, folder / EXPECTATIONS)
    stored = patch.profile | {"driver": "GTiff", "compress": "deflate", "zlevel": 1}
    for key in ("blockxsize", "blockysize", "tiled", "interleave"):
        stored.pop(key, None)
    with rasterio.open(file, "w", **stored) as target:
        target.write(patch.bands)
    _write_manifest(folder, {})


def _write_manifest(folder: Path, labels: dict[int, Path]) -> None:
    """Name the files of the world; what the patch does not bring is the practice world's."""
    practice = World.load(PRACTICE)
    own = {year: [labels[year]] if year in labels else [] for year in LABEL_YEARS}
    outlines = folder / OUTLINES
    manifest = {
        "name": "own patch",
        "seed": 0,
        "patches": {PRACTICE_PATCH_URL: "patches/patch.tif"},
        "labels": {
            str(year): [str(file) for file in (*own[year], *practice.labels[year])] for year in own
        },
        "nuts": str(outlines if outlines.is_file() else practice.nuts),
        "catalogue": str(practice.catalogue),
        "bulgaria": str(practice.bulgaria),
    }
    write_file(folder / MANIFEST, json.dumps(manifest, indent=1).encode())


def fetch_surroundings(folder: Path) -> None:
    """Fetch the outlines of regions and the labels of the patch, as the learner's own code does.

    What the services do not have stays the practice world's.
    """
    import rasterio
    import requests

    with contextlib.suppress(requests.RequestException, OSError):
        answer = requests.get(NUTS_URL, timeout=PATIENCE)
        answer.raise_for_status()
        write_file(folder / OUTLINES, answer.content)
    with rasterio.open(World.load(folder).patches[PRACTICE_PATCH_URL]) as source:
        bounds = list(source.bounds)
    _write_manifest(folder, dict(_labels(folder, bounds)))


def _labels(folder: Path, bounds: list[float]) -> Iterator[tuple[int, Path]]:
    """The labels of a box by year, where the service has some."""
    import rasterio

    from utils import download_clcpluslabel

    for year in LABEL_YEARS:
        file = folder / "labels" / str(year) / "patch.tif"
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            download_clcpluslabel(str(file), bounds, year)
            with rasterio.open(file) as source:
                classes = np.isin(source.read(1), [cover.code for cover in LAND_COVER])
        except (CourseError, OSError, ValueError):
            continue
        if classes.any():
            yield year, file
