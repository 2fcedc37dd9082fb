"""Write whole worlds: the cached practice world, and fresh ones from another seed."""

import json
import shutil
from pathlib import Path

from autograder.patches.bulgaria import write_bulgaria
from autograder.patches.catalogue import write_catalogue
from autograder.patches.nuts import write_nuts
from autograder.patches.simulate import Bounds, simulate_patch
from autograder.patches.world import MANIFEST, PRACTICE, World
from utils.reference import LABEL_YEARS, PRACTICE_PATCH_URL, patch_url

PRACTICE_SEED = 937
PRACTICE_BOUNDS: Bounds = (3649890, 2331750, 3652390, 2334250)
SECOND_PATCH_URL = patch_url("FRJ22", 2018, 250, "3737390_2381750_0_412")
"""Another patch, in Aveyron, with another landscape."""
SECOND_BOUNDS: Bounds = (3737390, 2381750, 3739890, 2384250)


def simulate_world(folder: Path, seed: int, bounds: Bounds | None = None) -> World:
    """Write a fresh world."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for path in (practice := World.load(PRACTICE)).nuts, practice.catalogue, practice.bulgaria:
        shutil.copyfile(path, folder / path.name)
    _write_patches(folder, "fresh", seed, bounds or PRACTICE_BOUNDS)
    return World.load(folder)


def write_practice_world(folder: Path = PRACTICE) -> World:
    """Write the practice world."""
    folder.mkdir(parents=True, exist_ok=True)
    write_nuts(folder / "nuts.geojson")
    write_catalogue(folder / "catalogue.json", PRACTICE_SEED)
    write_bulgaria(folder / "bulgaria.tif", PRACTICE_SEED)
    _write_patches(folder, "practice", PRACTICE_SEED, PRACTICE_BOUNDS)
    return World.load(folder)


def _write_patches(folder: Path, name: str, seed: int, bounds: Bounds) -> None:
    patches = {}
    labels: dict[str, list[str]] = {str(year): [] for year in LABEL_YEARS}
    for number, (url, box) in enumerate(
        ((PRACTICE_PATCH_URL, bounds), (SECOND_PATCH_URL, SECOND_BOUNDS))
    ):
        patch = simulate_patch(seed + number, box)
        file = url.rsplit("/", 1)[1]
        patches[url] = f"patches/{file}"
        patch.write_bands(folder / patches[url])
        for year in LABEL_YEARS:
            labels[str(year)].append(f"labels/{year}/{file}")
            patch.write_label(folder / f"labels/{year}/{file}", year)
    manifest = {
        "name": name,
        "seed": seed,
        "patches": patches,
        "labels": labels,
        "nuts": "nuts.geojson",
        "catalogue": "catalogue.json",
        "bulgaria": "bulgaria.tif",
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
