"""The grading world: another patch than the practice one, drawn from a secret seed, and recorded.

Same seed, same bytes: the draw, the pixels, the expectations.
"""

import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import rasterio
import shapely

from autograder.grading.results.store import fingerprint
from autograder.grading.worlds.recording_process import Recording, recording
from autograder.patches import PRACTICE, World
from autograder.patches.build_world import PRACTICE_BOUNDS, SECOND_BOUNDS, simulate_world
from autograder.patches.draw_footprint import draw_footprint, read_regions
from autograder.root import ROOT
from utils.errors import CourseError
from utils.reference import BANDS, COASTAL_SEAWATER, NO_DATA, OUTSIDE_AREA

SEEDS = 10**15
"""Number of seeds: too many to try out, few enough to copy."""

DRAWS = 5
"""Most draws from one seed; the first one is nearly always good."""

SNOW = 11
"""Code of the class that learners take for no class."""


def new_seed() -> int:
    """A secret seed that cannot be guessed: at most 15 digits."""
    return secrets.randbelow(SEEDS)


def make_world(folder: Path, seed: int, workers: int | None = None) -> None:
    """Simulate a grading world and record its expectations: all of it, or nothing.

    Args:
        folder: Where to write it; must not exist.
        seed: A seed as `new_seed` gives it; the same one yields the same bytes.
        workers: Processes that record at a time (default: one for each core).

    Raises:
        CourseError: The folder exists, the seed is none, or the world cannot be recorded.
    """
    folder = Path(folder).absolute()
    if not 0 <= seed < SEEDS:
        raise CourseError(f"the seed {seed}", "a whole number of at most 15 digits", "Copy it anew")
    if folder.exists():
        raise CourseError(f"{folder} exists", "a folder that is yet to be made", "")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=folder.parent, prefix=".world-") as temporary,
        recording(workers) as recorder,
    ):
        _draw(Path(temporary) / "world", seed, recorder).rename(folder)


def _draw(folder: Path, seed: int, recorder: Recording) -> Path:
    """Make the first world of a seed that has all edge cases and tells all mistakes apart."""
    found: list[str] = []
    for draw in range(DRAWS):
        found = _amiss(folder, seed, draw, recorder)
        if not found:
            return folder
        shutil.rmtree(folder)
    raise CourseError(
        f"{DRAWS} worlds of this seed do not serve to grade on; the last one: {'; '.join(found)}",
        "one in which every known answer is judged as its author meant it. A mistake must be "
        "recognisable on any landscape: else it passes, or is taken for another one, where a class "
        "is graded",
        "Run `make mistakes SEEDS=3`. What fails there too is to be changed: the answer in "
        "solutions/*.md, or what its exercise looks at. If nothing fails, take another seed",
    )


def _amiss(folder: Path, seed: int, draw: int, recorder: Recording) -> list[str]:
    """Make one of the worlds of a seed; says why it does not serve to grade on, or nothing."""
    nuts, known = PRACTICE / "nuts.geojson", [PRACTICE_BOUNDS, SECOND_BOUNDS]
    rng = np.random.default_rng([seed, draw, 4])
    bounds = draw_footprint(rng, nuts, known)
    second = draw_footprint(rng, nuts, [*known, bounds])
    world = simulate_world(folder, int(rng.integers(2**53)), bounds, second)
    return lacking(world) or recorder.record(folder)


def try_out(seeds: Iterable[int], workers: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Judge the known answers on a fresh patch of each seed, as for a world to grade on.

    Yields:
        The seed, and why grading would draw another patch, if it would.
    """
    with tempfile.TemporaryDirectory() as temporary, recording(workers) as recorder:
        for seed in seeds:
            folder = Path(temporary) / str(seed)
            yield seed, _amiss(folder, seed, 0, recorder)
            shutil.rmtree(folder)


def practice_world(folder: Path) -> None:
    """Copy the practice world, to grade on the patch that learners see.

    Args:
        folder: Where to write it; must not exist.
    """
    shutil.copytree(PRACTICE, folder)


def lacking(world: World) -> list[str]:
    """Edge cases that a grading world should have and does not, in words; [] is fine."""
    found = []
    for path in world.patches.values():
        with rasterio.open(path) as image:
            red, infrared = image.read([_index("B4"), _index("B8")])
            shape, tile = image.shape, shapely.box(*image.bounds)
        cases = {
            "pixels without light": not (red + infrared).all(),
            "red above near infrared": (red > infrared).any(),
            "sides of unequal length": shape[0] != shape[1],
            "two regions": shapely.intersects(list(read_regions(world.nuts).values()), tile).sum()
            >= 2,
        }
        found += [f"{path.name}: no {case}" for case, there in cases.items() if not there]
    for year, paths in world.labels.items():
        for path in paths:
            with rasterio.open(path) as image:
                codes = set(np.unique(image.read(1)).tolist())
            wanted = {SNOW, COASTAL_SEAWATER.code, OUTSIDE_AREA.code, NO_DATA.code}
            found += [f"{year}/{path.name}: no {code}" for code in sorted(wanted - codes)]
    return found


def _index(name: str) -> int:
    return next(band.index for band in BANDS if band.name == name)


CODE = (
    *(("solutions", "*.md"), ("autograder", "*.py"), ("utils", "*.py")),
    *(("autograder/checks", "*.json"), ("autograder/checks", "*.yaml")),
)
"""The exercises, their sentences, and all code that runs and judges them."""

NOTEBOOKS = (("solutions", "*.ipynb"), ("course", "*.ipynb"))


def course_digest() -> str:
    """Fingerprint of the exercises, the notebooks, and all code that runs and judges them."""
    return code_digest(*NOTEBOOKS)


def code_digest(*more: tuple[str, str]) -> str:
    """Fingerprint of the exercises and all code that runs and judges them.

    Args:
        more: Folders and patterns of other files that count.
    """
    files = (path for place, pattern in (*CODE, *more) for path in (ROOT / place).rglob(pattern))
    return fingerprint(ROOT, files)
