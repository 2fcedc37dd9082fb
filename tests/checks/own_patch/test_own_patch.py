"""`check` on patches that the course does not know: of any size and place, damaged, and real."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio

from autograder.checks.exercises import exercise as find
from autograder.checks.own_patch import patch_world
from autograder.checks.own_patch.patch_world import COMPLETE
from autograder.checks.showing.card import Card
from autograder.patches import PRACTICE
from autograder.patches.build_world import PRACTICE_BOUNDS, SECOND_PATCH_URL
from autograder.patches.landscape.simulate import Patch, simulate_patch
from autograder.services import Services
from autograder.surroundings.outside import LIVE
from tests.checks.notebook_stand_in import EXERCISES, Notebook
from utils.reference import PRACTICE_PATCH_URL, S3_HOST, patch_url

NOT_SEEN = {(5, "divided-by-zero"), (5, "ready-made-layer")}
"""Mistakes that leave what is right on the real raster: no pixel of it lacks light, and its layer
13 was made of its bands 8 and 4."""

JUDGED = (3, 4, 5, 6, 7, 8, 11)
REAL = os.environ.get("REAL_RASTER", "")
IN_TARN, IN_BERLIN = (3650490, 2333000), (4550490, 3273000)

Damage = Callable[[np.ndarray], None]


def holes(bands: np.ndarray) -> None:
    """Pixels without a number, without end and without light."""
    for place, value in enumerate((np.nan, np.inf, -np.inf, 0)):
        bands[:, 10:14, 8 * place : 8 * place + 6] = value


def no_data(bands: np.ndarray) -> None:
    """A patch on which nothing was seen."""
    bands[:, :20], bands[:, 20:] = np.nan, 0


def nothing(_: np.ndarray) -> None:
    """A patch as it was seen."""


PATCHES: dict[str, tuple[tuple[int, int], tuple[int, int], Damage]] = {
    "one pixel": ((1, 1), IN_TARN, nothing),
    "a stripe": ((7, 240), IN_TARN, nothing),
    "in Berlin": ((64, 48), IN_BERLIN, nothing),
    "with holes": ((60, 80), IN_TARN, holes),
    "without data": ((40, 40), IN_TARN, no_data),
}
LEFT_OUT = {
    "in Berlin": {7: {"regions", "join"}},
    "with holes": {11: {"image"}},
    "without data": {
        **{3: {"values", "display"}, 4: {"values", "display"}},
        **{5: {"values"}, 11: {"image"}},
    },
}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The patches under their addresses, served beside the practice patch."""
    world = tmp_path_factory.mktemp("served") / "world"
    shutil.copytree(PRACTICE, world)
    manifest = json.loads((world / "world.json").read_text())
    bands, found = simulate_patch(7, PRACTICE_BOUNDS).bands, {}
    for number, (name, ((rows, columns), (left, bottom), damage)) in enumerate(PATCHES.items()):
        part = bands[:, :rows, :columns].copy()
        damage(part)
        stem = f"{left}_{bottom}_0_{number}"
        bounds = (left, bottom, left + 10 * columns, bottom + 10 * rows)
        Patch(part, {}, bounds).write_bands(world / f"patches/{stem}.tif", 1)
        found[name] = patch_url("FRJ27", 2018, 250, stem)
        manifest["patches"][found[name]] = f"patches/{stem}.tif"
    manifest["patches"][SECOND_PATCH_URL] = manifest["patches"][found["in Berlin"]]
    (world / "world.json").write_text(json.dumps(manifest))
    with Services(world) as running, pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for name, value in {**running.environment, "MPLBACKEND": "agg"}.items():
            patched.setenv(name, value)
        patch_world._cache.cache_clear()
        yield found
    patch_world._cache.cache_clear()


@pytest.fixture
def notebook(
    addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Notebook]:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    running = Notebook()
    yield running
    running.close()


def on(address: str, code: str) -> str:
    """Code of the course with another patch in it."""
    if address.startswith("https:"):
        old, new = (url.rsplit("SENTINEL2/", 1)[-1] for url in (PRACTICE_PATCH_URL, address))
        return code.replace(old, new)
    start, end = code.index("tile_url = ("), code.index(")\n", code.index("tile_url = ("))
    return f"{code[:start]}tile_url = {address!r}{code[end + 1 :]}"


def forget(notebook: Notebook, number: int) -> None:
    """Take back what an exercise's cell has left."""
    runs = notebook.session.runs
    runs[:] = [run for run in runs if run.exercise != number]
    for name in find(number).names:
        notebook.shell.user_ns.pop(name, None)


def solved(notebook: Notebook, address: str, number: int, change: str = "") -> Card:
    """The card of an exercise that was solved, or done with a known mistake, on a patch."""
    manifest, code = EXERCISES[number], EXERCISES[number].solution
    if change:
        code = next(item for item in manifest.mistakes if item.name == change).apply(code)
    notebook.answer(number, on(address, code) if "tile_url = (" in code else code)
    return notebook.checker.check(number)


@pytest.mark.parametrize("name", PATCHES)
def test_solutions_are_right_and_what_cannot_be_seen_is_left_out(
    notebook: Notebook, addresses: dict[str, str], name: str
) -> None:
    notebook.solve(9)
    for number in JUDGED:
        card = solved(notebook, addresses[name], number)
        left_out = LEFT_OUT.get(name, {}).get(number, set())
        assert card.passed, str(card)
        assert {aspect.name for aspect in card.aspects} == (
            EXERCISES[number].aspects.keys() - left_out
        )
        said = [remark for remark in card.remarks if "do not count" in remark]
        assert bool(said) == bool(left_out)
        assert all(aspect in "".join(said) for aspect in left_out)
        assert addresses[name].rsplit("/", 1)[1] in str(card)


@pytest.mark.parametrize("name", ["with holes", "a stripe"])
def test_who_leaves_missing_values_out_is_right_too(
    notebook: Notebook, addresses: dict[str, str], name: str
) -> None:
    code = EXERCISES[3].solution.replace("np.percentile", "np.nanpercentile")
    notebook.answer(3, on(addresses[name], code))
    card = notebook.checker.check(3)
    assert (card.passed, card.max_score) == (True, EXERCISES[3].points), str(card)


def complete(folder: Path, seconds: float = 120) -> None:
    """Wait until all that is begun is recorded, mistakes included."""
    until = time.monotonic() + seconds
    while not all((file.parent / COMPLETE).is_file() for file in folder.rglob("world.json")):
        assert time.monotonic() < until, "recording does not end"
        time.sleep(0.1)


def test_mistakes_are_named_when_known_and_the_points_are_the_same_before(
    notebook: Notebook, addresses: dict[str, str]
) -> None:
    address = addresses["in Berlin"]
    before = solved(notebook, address, 3, "blue-first")
    complete(patch_world._cache())
    after = solved(notebook, address, 3, "blue-first")
    assert after.mistake == "blue-first"
    assert [aspect.earned for aspect in before.aspects] == [a.earned for a in after.aspects]
    assert solved(notebook, address, 3).passed
    assert solved(notebook, address, 8, "map-longitude-first").mistake == "map-longitude-first"


def test_a_file_on_this_computer_is_read_anew_when_it_changes(
    notebook: Notebook, addresses: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "ma ville é.tif"
    for name in ("one pixel", "a stripe"):
        with rasterio.open(addresses[name]) as source:
            profile, bands = source.profile, source.read()
        for key in ("blockxsize", "blockysize", "tiled"):
            profile.pop(key, None)
        with rasterio.open(file, "w", **profile) as target:
            target.write(bands)
        card = solved(notebook, str(file), 5)
        assert card.passed, str(card)
        assert f"{bands.shape[2]} × {bands.shape[1]} pixels" in str(card)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"crs": "EPSG:32631"}, "EPSG:32631"),
        ({"count": 3}, "3 layers"),
        ({"width": 1100, "height": 1000}, "1100 × 1000"),
    ],
)
def test_what_is_no_patch_is_not_judged_and_nobody_is_blamed(
    notebook: Notebook, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 12, "width": 9, "height": 9}
    profile |= {"crs": "EPSG:3035", "transform": rasterio.Affine(10, 0, 4e6, 0, -10, 3e6)}
    with rasterio.open(tmp_path / "other.tif", "w", **(profile | change)):
        pass
    card = solved(notebook, "other.tif", 3)
    assert (card.score, card.found) == (0, "")
    assert said in card.message


def test_a_real_patch_under_an_address_of_the_course_has_its_own_pixels(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second patch here is not the one that was recorded, as where real services answer."""
    assert not solved(notebook, SECOND_PATCH_URL, 5).passed
    monkeypatch.setenv(LIVE, f"elsewhere.example {S3_HOST}")
    card = solved(notebook, SECOND_PATCH_URL, 5)
    assert card.passed, str(card)
    assert "practice patch" not in str(card)


def test_an_address_where_nothing_is_is_judged_as_before(notebook: Notebook) -> None:
    card = solved(notebook, PRACTICE_PATCH_URL.replace("937", "938"), 3)
    assert not card.passed
    assert not card.notice


def test_on_a_real_raster_solutions_are_right_and_mistakes_named(
    notebook: Notebook, addresses: dict[str, str]
) -> None:
    if not Path(REAL).is_file():
        pytest.skip("REAL_RASTER names no raster in the format of the course")
    for number in JUDGED[:-1]:
        card = solved(notebook, REAL, number)
        assert (card.passed, card.max_score) == (True, EXERCISES[number].points), str(card)
    complete(patch_world._cache())
    for number in JUDGED[:-1]:
        for mistake in EXERCISES[number].mistakes:
            forget(notebook, number)
            card = solved(notebook, REAL, number, mistake.name)
            seen = (number, mistake.name) not in NOT_SEEN
            assert card.mistake == (mistake.name if seen else ""), str(card)
