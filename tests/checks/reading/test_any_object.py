"""Whatever stands under the names of an exercise: a verdict, soon, and nothing else."""

import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.checks.exercises import MODULES
from tests.checks.reading.harmless import judged, names_of, workspace
from tests.checks.reading.hostile import KINDS
from utils.reference import CATALOG_URL, LABEL_URL, PROCESS_URL, TOKEN_URL

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture(autouse=True)
def _figures_closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.mark.parametrize("kind", KINDS)
def test_any_object_under_every_name_gets_a_verdict(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = KINDS[kind]()
    capfd.readouterr()
    for number in MODULES:
        verdict = judged(workspace(number, dict.fromkeys(names_of(number), value)))
        assert verdict.mistake
        assert verdict.message
        assert not verdict.passed
    assert capfd.readouterr() == ("", "")
    plt.close("all")


# --- many at once -----------------------------------------------------------------------------

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=20),
    st.datetimes(),
)
SLOW = ("sleeps", "spins")
HOSTILE = st.sampled_from([kind for kind in KINDS if not kind.endswith(SLOW)])
RECIPES = st.recursive(
    st.tuples(st.just("kind"), HOSTILE) | st.tuples(st.just("plain"), PLAIN),
    lambda inner: st.tuples(
        st.sampled_from(["list", "tuple", "dict", "array", "features"]), st.lists(inner, max_size=4)
    ),
    max_leaves=6,
)
ARRAYS = st.tuples(
    st.just("numbers"),
    st.tuples(
        st.sampled_from(["f8", "f4", "f2", "u1", "i8", "u8", "?", ">f8", "g"]),
        st.lists(st.sampled_from([0, 1, 2, 3, 4, 14, 250]), max_size=4),
        st.sampled_from([0, 1, 0.5, np.nan, np.inf, -np.inf, 255]),
        st.booleans(),
    ),
)


def cooked(recipe: tuple[str, Any]) -> Any:
    """The object that a recipe describes; recipes can be printed, the objects cannot."""
    kind, content = recipe
    if kind == "kind":
        return KINDS[content]()
    if kind == "plain":
        return content
    if kind == "numbers":
        dtype, shape, value, masked = content
        values = np.full(shape, value).astype(dtype)
        return np.ma.MaskedArray(values, values == values) if masked else values
    parts = [cooked(part) for part in content]
    if kind == "dict":
        return dict(enumerate(parts))
    if kind == "features":
        return {"features": parts}
    if kind == "array":
        array = np.empty(len(parts), dtype=object)
        for place, part in enumerate(parts):
            array[place] = part
        return array
    return tuple(parts) if kind == "tuple" else parts


KEYS = st.sampled_from(
    [
        *("bbox", "collections", "datetime", "filter", "input", "output", "bounds", "data", "op"),
        *("dataFilter", "timeRange", "from", "to", "args", "intersects", "error", "evalscript"),
        *("responses", "format", "type", "coordinates", "features", "id"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
STRANGE = (
    "",
    "\ud800",
    "1" * 5000,
    "[" * 200_000,
    '{"bbox":' * 100_000,
    '{"bbox": "\\ud800"}',
    '{"filter":' + "[" * 900 + "]" * 900 + "}",
    '{"filter": "' + "(" * 50_000 + '"}',
    '{"datetime": 1' + "0" * 4000 + "}",
    '{"collections": 1e999, "bbox": [NaN, 1, "x", {}]}',
)
BODIES = JSON.map(json.dumps) | st.sampled_from(STRANGE)


def entry(url: str, method: str, status: int, asked: str, said: str) -> dict[str, Any]:
    """A request as the journal of the services keeps it."""
    answer = {"status": status, "headers": {}, "body": said, "size": 0, "sha256": ""}
    request = {"headers": {}, "body": asked}
    return {"method": method, "url": url, "request": request, "response": answer}


REQUESTS = st.lists(
    st.builds(
        entry,
        st.sampled_from([CATALOG_URL, PROCESS_URL, TOKEN_URL, LABEL_URL.format(year=2018)])
        | st.sampled_from(["?bbox=", "?bbox=1,2,x,nan", "?bbox=,,,,,"]).map(
            lambda query: LABEL_URL.format(year=2021) + query
        ),
        st.sampled_from(["GET", "POST", "PUT"]),
        st.sampled_from([200, 400, 401]),
        BODIES,
        BODIES,
    ),
    max_size=3,
)


@pytest.mark.parametrize("number", MODULES)
def test_any_objects_together_get_a_verdict(number: int) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        recipes=st.dictionaries(st.sampled_from(names_of(number)), RECIPES | ARRAYS),
        requests=REQUESTS,
        printed=st.text(max_size=50),
        source=st.text(max_size=50),
    )
    def run(recipes: dict[str, Any], requests: list[Any], printed: str, source: str) -> None:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            names = {name: cooked(recipe) for name, recipe in recipes.items()}
        space = workspace(number, names, requests=requests, printed=printed, source=source)
        verdict = judged(space)
        assert not verdict.passed
        assert judged(space) == verdict
        plt.close("all")

    run()


# --- files ------------------------------------------------------------------------------------


def hostile_files(folder: Path) -> list[str | bytes]:
    """Paths that should not be opened, or not be read to the end."""
    os.mkfifo(folder / "fifo")
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to("loop")
    for name in ("sparse.npy", "sparse.tif"):
        with open(folder / name, "wb") as file:
            file.truncate(10**11)
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
    magic = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little")
    (folder / "huge.npy").write_bytes(magic + header)
    (folder / "deep.npy").write_bytes(magic + b"(" * len(header))
    (folder / "empty.npy").touch()
    (folder / "zip.npy").write_bytes(b"PK\x03\x04" + bytes(100))
    np.save(folder / "objects.npy", np.array([None, "x"], dtype=object), allow_pickle=True)
    (folder / "cut.tif").write_bytes(b"II*\x00" + bytes(100))
    profile = {"driver": "GTiff", "dtype": "uint16", "count": 1, "tiled": True, "SPARSE_OK": True}
    for name, block in (("wide.tif", 256), ("one-block.tif", 32_768)):
        side = 60_000 if name == "wide.tif" else 100
        blocks = {"blockxsize": block, "blockysize": block}
        with rasterio.open(folder / name, "w", width=side, height=side, **profile, **blocks):
            pass
    made = sorted(path.name for path in folder.iterdir())
    return [
        *made,
        *(name.encode() for name in made),
        *("", ".", "\0", "\udcff", "a" * 10_000_000, "../" * 5000, b"\xff\0"),
        *("/dev/zero", "/dev/stdin", "/dev/tty", "/proc/self/mem", "/proc/kmsg"),
    ]


@pytest.mark.parametrize("number", [2, 10])
def test_any_path_gets_a_verdict(
    number: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a raster without a place on earth
        paths = hostile_files(tmp_path)
    before = sorted(tmp_path.iterdir())
    for path in paths:
        for kind in (path, Path(path)) if type(path) is str else (path,):
            verdict = judged(workspace(number, {"local_path": kind}, folder=tmp_path))
            assert not verdict.passed
    assert sorted(tmp_path.iterdir()) == before
    assert capfd.readouterr() == ("", "")


def test_an_object_that_is_too_large_or_gone_gets_a_verdict() -> None:
    def gone(path: str) -> bytes:
        raise KeyError(path)

    written = entry("https://store.test/bucket/a.npy", "PUT", 200, "", "")
    for size in (10, 10**12):
        item = {"path": "bucket/a.npy", "size": size, "sha256": "", "modified": 0}
        space = workspace(10, {}, requests=[written], objects=[item], read_object=gone)
        assert not judged(space).passed
