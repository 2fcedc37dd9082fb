"""Write whole worlds: the practice world, and fresh ones from another seed."""

import json
import shutil
from pathlib import Path

import numpy as np

from autograder.patches.bulgaria import write_bulgaria
from autograder.patches.landscape.scene import BOCAGE, VALLEY, fresh
from autograder.patches.landscape.simulate import Bounds, Patch, simulate_patch
from autograder.patches.nuts import write_nuts
from autograder.patches.stac_items import write_catalogue
from autograder.patches.world import MANIFEST, PRACTICE, World
from utils.reference import LABEL_YEARS, PRACTICE_PATCH_URL, patch_url

PRACTICE_SEED = 2018
"""Seed of the practice world, chosen for a landscape that looks like the real place."""

PRACTICE_BOUNDS: Bounds = (3649890, 2331750, 3652390, 2334250)
"""Footprint of the practice patch (EPSG:3035): Saint-Sulpice-la-Pointe, Tarn."""

SECOND_PATCH_URL = patch_url("FRJ22", 2018, 250, "3737390_2381750_0_412")
"""Another patch to try, in Aveyron, with another landscape."""

SECOND_BOUNDS: Bounds = (3737390, 2381750, 3739890, 2384250)
"""Footprint of the second patch (EPSG:3035)."""


def write_practice_world(folder: Path = PRACTICE) -> World:
    """Write the practice world.

    Args:
        folder: Folder to write to; recorded expectations in it stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_nuts(folder / "nuts.geojson")
    write_catalogue(folder / "catalogue.json", PRACTICE_SEED)
    write_bulgaria(folder / "bulgaria.tif", PRACTICE_SEED)
    patches = {
        PRACTICE_PATCH_URL: simulate_patch(PRACTICE_SEED, PRACTICE_BOUNDS, VALLEY),
        SECOND_PATCH_URL: simulate_patch(PRACTICE_SEED + 1, SECOND_BOUNDS, BOCAGE),
    }
    return _write_world(folder, "practice", PRACTICE_SEED, patches, effort=9, on_demand=True)


def simulate_world(
    folder: Path,
    seed: int,
    bounds: Bounds | None = None,
    second_bounds: Bounds = SECOND_BOUNDS,
) -> World:
    """Write a fresh world: other landscapes under the URLs of the practice world.

    The catalogue, the outlines and the image of Bulgaria are those of the practice world.

    Args:
        folder: Folder to write to.
        seed: Any integer from 0.
        bounds: Footprint of the patch that is served under `PRACTICE_PATCH_URL`, EPSG:3035, on the
            10 m grid; that of the practice patch if not given. Labels cover that of the practice
            patch too, because the exercise on labels names it.
        second_bounds: Footprint of the patch that is served under `SECOND_PATCH_URL`.

    Raises:
        CourseError: The footprint is off the grid, upside down or too small.
    """
    bounds = bounds or PRACTICE_BOUNDS
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    practice = World.load(PRACTICE)
    for path in (practice.nuts, practice.catalogue, practice.bulgaria):
        shutil.copyfile(path, folder / path.name)
    bocage = fresh(np.random.default_rng([seed, 3]), BOCAGE)
    patches = {
        PRACTICE_PATCH_URL: simulate_patch(seed, bounds),
        SECOND_PATCH_URL: simulate_patch(seed + 1, second_bounds, bocage),
    }
    named = {}
    if not _contains(bounds, PRACTICE_BOUNDS):
        named["practice-place"] = simulate_patch(seed + 2, PRACTICE_BOUNDS, seen=False)
    return _write_world(folder, "fresh", seed, patches, named)


def _write_world(
    folder: Path,
    name: str,
    seed: int,
    patches: dict[str, Patch],
    labelled: dict[str, Patch] | None = None,
    effort: int = 1,
    on_demand: bool = False,
) -> World:
    """Write patches, labels and the manifest.

    Args:
        folder: Folder to write to.
        name: Name of the world.
        seed: Seed of the world.
        patches: Patches by the URL they are served under.
        labelled: Further patches, by file name, of which only the labels are served.
        effort: How hard to compress the patches, from 1 to 9; 9 takes a second.
        on_demand: Whether the tiles of the index are served too.
    """
    paths = {url: f"patches/{url.rsplit('/', 1)[1]}" for url in patches}
    for url, patch in patches.items():
        patch.write_bands(folder / paths[url], effort)
    labels: dict[str, list[str]] = {str(year): [] for year in LABEL_YEARS}
    stems = {Path(paths[url]).stem: patch for url, patch in patches.items()}
    for stem, patch in (stems | (labelled or {})).items():
        for year in LABEL_YEARS:
            path = f"labels/{year}/{stem}.tif"
            patch.write_label(folder / path, year)
            labels[str(year)].append(path)
    manifest = {
        "name": name,
        "seed": seed,
        "patches": paths,
        "labels": labels,
        "nuts": "nuts.geojson",
        "catalogue": "catalogue.json",
        "bulgaria": "bulgaria.tif",
        "on_demand": on_demand,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return World.load(folder)


def _contains(outer: Bounds, inner: Bounds) -> bool:
    left, bottom, right, top = outer
    return left <= inner[0] and bottom <= inner[1] and right >= inner[2] and top >= inner[3]
