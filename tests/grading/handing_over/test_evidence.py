"""Evidence is packed whole, and read as what a stranger sent."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.checks.check import claimed_names
from autograder.checks.exercises import MODULES, exercise
from autograder.checks.reading.blank import Blank
from autograder.checks.reading.facts import MAX_TEXT, MAX_TEXTS
from autograder.checks.reading.problems import texts_of
from autograder.checks.reading.workspace import MAX_NAME, MOST, Refusal, Workspace
from autograder.grading.handing_over import evidence as limits
from autograder.grading.handing_over.evidence import Claims, Packed, pack, unpack
from autograder.grading.handing_over.npy import UnusableEvidence, as_npy, from_npy
from autograder.grading.processes.judge_exercise import Seen, judge_exercise
from autograder.grading.results.record import NOT_JUDGED
from autograder.patches import PRACTICE
from tests.checks.reading.hostile import KINDS
from tests.grading.handing_over.handed_over import HandedOver

pytestmark = pytest.mark.usefixtures("impatient")

EXPECTATIONS = PRACTICE / "expectations"
NUMBERS = tuple(MODULES)
ANY_NUMBER = st.sampled_from(NUMBERS)
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def judged_or_refused(packed: Packed, number: int) -> None:
    """Whatever is handed over: refused in a sentence, or judged without an exception."""
    try:
        claims = unpack(packed, number)
    except UnusableEvidence:
        return
    verdict = judge_exercise(number, claims, Seen(), [], EXPECTATIONS)
    assert verdict.mistake != NOT_JUDGED
    assert 0 <= verdict.score <= verdict.max_score
    json.dumps(verdict.as_data(), allow_nan=False).encode()


def description_of(packed: Packed) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(packed.description)
    return content


def with_description(packed: Packed, content: object) -> Packed:
    return Packed(json.dumps(content).encode(), packed.arrays)


# --- honest evidence ----------------------------------------------------------------------------


REFUSED = (Refusal("program", "wget"), Refusal("path", "/tmp/a b.npy"))


def test_what_was_refused_comes_out_as_it_was(honest: dict[int, HandedOver]) -> None:
    assert unpack(honest[5].packed, 5).refused == ()
    many = tuple(Refusal("path", f"/tmp/{place} {'x' * 1000}") for place in range(1000))
    for refused in (REFUSED, many):
        claims = unpack(pack(5, Workspace({}, 5, refused=refused)), 5)
        short = tuple(item._replace(name=item.name[:MAX_NAME]) for item in refused)
        assert claims.refused == short[:MOST]


REFUSALS_OF_ANOTHER_FORM = {
    "no list": "program",
    "too many": [["program", "x"]] * (MOST + 1),
    "an unknown kind": [["points", "5 of 5"]],
    "no pair": [["program"]],
    "three of them": [["program", "x", "y"]],
    "a number": [["threads", 60]],
    "an object": [{"program": "x"}],
    "a name that cannot be shown": [["program", "\x1b[2J"]],
}


@pytest.mark.parametrize("form", REFUSALS_OF_ANOTHER_FORM)
def test_refusals_of_another_form_are_none(honest: dict[int, HandedOver], form: str) -> None:
    content = description_of(honest[5].packed) | {"refused": REFUSALS_OF_ANOTHER_FORM[form]}
    with pytest.raises(UnusableEvidence):
        unpack(with_description(honest[5].packed, content), 5)


@pytest.mark.parametrize("source", ["ndvi = 1", None])
def test_refusals_add_words_and_never_points(
    honest: dict[int, HandedOver], source: str | None
) -> None:
    claims = unpack(honest[5].packed, 5)
    if source:
        claims = replace(claims, facts=unpack(pack(5, Workspace({}, 5)), 5).facts)
    plain, said = (
        judge_exercise(5, replace(claims, refused=refused), Seen(), [], EXPECTATIONS)
        for refused in ((), REFUSED)
    )
    assert (said.aspects, said.mistake) == (plain.aspects, plain.mistake)
    if plain.passed:
        assert said == plain
    else:
        assert said.message.startswith("While grading, no program is started: `wget`")
        assert said.message.endswith(plain.message)


def test_what_is_packed_comes_out_as_it_was(honest: dict[int, HandedOver]) -> None:
    for number, one in honest.items():
        claims = unpack(one.packed, number)
        assert tuple(claims.facts) == claimed_names(exercise(number))
        assert claims.folder == str(one.folder)
        assert claims.given == ()


def test_facts_of_every_kind_survive() -> None:
    names = {
        "west": float("nan"),
        "south": float("-inf"),
        "east": 1,
        "north": 2.5,
        "rgb": np.asfortranarray(np.arange(24.0).reshape(4, 2, 3)),
        "m": object(),
    }
    claims = unpack(pack(8, Workspace(names, 8, made_in=dict.fromkeys(names, 8))), 8)
    bounds = claims.facts["bounds"]["values"]
    assert str(bounds) == "[nan, -inf, 1.0, 2.5]"
    assert claims.facts["map"] == {"kind": "other", "type": "object"}
    assert claims.facts["centre"] == {"kind": "missing", "why": "was never assigned"}

    earlier = unpack(pack(8, Workspace(names, 8)), 8)
    assert (earlier.facts["rgb"]["array"] == names["rgb"]).all()
    assert earlier.facts["rgb"]["shape"] == [4, 2, 3]
    outline = unpack(pack(6, Workspace({"tile_geom": shapely.box(0, 1, 2, 3)}, 6)), 6)
    assert outline.facts["tile_geom"]["kind"] == "missing"
    made = Workspace({"tile_geom": shapely.box(0, 1, 2, 3)}, 6, made_in={"tile_geom": 6})
    found = shapely.from_wkt(unpack(pack(6, made), 6).facts["tile_geom"]["wkt"])
    assert shapely.equals(found, shapely.box(0, 1, 2, 3))


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 5)),
        np.array(3.5),
        np.arange(5, dtype=">i2"),
        np.array([True, False]),
        np.full((2, 2), np.nan, dtype=np.float16),
        np.arange(6, dtype=np.longdouble).reshape(2, 3),
        np.asfortranarray(np.arange(12).reshape(3, 4)),
        np.arange(24).reshape(2, 3, 4)[:, ::-1, ::2],
    ],
    ids=str,
)
def test_arrays_of_all_number_types_survive(array: np.ndarray) -> None:
    content = as_npy(array, 10_000)
    assert content is not None
    found = from_npy(content)
    assert found.shape == array.shape
    assert np.array_equal(found, array, equal_nan=True)
    assert not found.flags.writeable


def test_arrays_beyond_the_limit_are_named_by_their_shape() -> None:
    many = {"rgb_data": np.zeros((3, 1000, 1000)), "rgb": np.zeros((1000, 1000, 4))}
    workspace = Workspace(many, 3, made_in=dict.fromkeys(many, 3))
    room = many["rgb_data"].nbytes + 2000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MAX_BYTES", room)
        facts = unpack(pack(3, workspace), 3).facts
    assert facts["rgb_data"]["kind"] == "array"
    assert facts["rgb"] == {"kind": "other", "type": "array of shape (1000, 1000, 4)"}


def test_what_is_known_of_an_exception_survives() -> None:
    problem = texts_of([("kind", "KeyError"), ("line", 12), ("code", "é = \u202e\x00" * 200)])
    workspace = Workspace({}, 3, error="KeyError: 'a'", problem=problem)
    handed = unpack(pack(3, workspace), 3).facts["problem"]["texts"]
    assert handed[:2] == ["kind=KeyError", "line=12"]
    assert len(handed) == 3
    assert len(handed[2]) == MAX_TEXT


def test_results_given_by_catch_up_are_named() -> None:
    workspace = Workspace({"rgb": 1, "x": 2}, 3, given=frozenset({"rgb", "x"}))
    assert unpack(pack(3, workspace), 3).given == ("rgb",)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_object_stops_packing(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READING_SECONDS", 0.1)
    names = (*exercise(number).names, "rgb", "img_array", "tile_bounds", "tile_crs", "tile_url")
    for kind in KINDS.values():
        workspace = Workspace(dict.fromkeys(names, kind()), number, made_in_unknown=True)
        unpack(pack(number, workspace), number)
        plt.close("all")
    unpack(pack(number, Workspace(dict.fromkeys(names, Blank()), number)), number)


# --- hostile evidence ---------------------------------------------------------------------------


@FEW
@given(number=ANY_NUMBER, description=st.binary(), arrays=st.lists(st.binary(), max_size=3))
def test_arbitrary_bytes_are_refused(number: int, description: bytes, arrays: list[bytes]) -> None:
    judged_or_refused(Packed(description, tuple(arrays)), number)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@FEW
@given(number=ANY_NUMBER, content=JSON)
def test_arbitrary_json_is_refused(number: int, content: Any) -> None:
    judged_or_refused(Packed(json.dumps(content).encode()), number)


NPY = st.builds(
    lambda shape, dtype: as_npy(np.ones(shape, dtype=dtype), 10**6) or b"",
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 10, 41, 144, 250]), max_size=4).filter(
        lambda shape: np.prod(shape) < 10**4
    ),
    st.sampled_from(["f8", "f4", "u1", "i8", "?"]),
)
NUMBER = st.sampled_from([0, 1.5, -3e300, "nan", "inf", "-inf"]) | st.floats(allow_nan=False)
WKT = st.sampled_from(
    [
        "POINT (0 0)",
        "POLYGON ((0 0, 1 0, 1 1, 0 0))",
        "POLYGON Z ((0 0 1, 1 0 1, 1 1 1, 0 0 1))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
        "LINESTRING (0 0, 1 1)",
        "LINEARRING (0 0, 1 0, 1 1, 0 0)",
        "MULTIPOINT ((0 0), (1 1))",
        "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
    ]
)
PLAIN_FACT = st.one_of(
    st.builds(lambda text: {"kind": "text", "text": text}, st.sampled_from(["", "run", "<b>"])),
    st.builds(lambda why: {"kind": "missing", "why": why}, st.text(max_size=20)),
    st.builds(lambda name: {"kind": "other", "type": name}, st.sampled_from(["str", "NoneType"])),
    st.builds(lambda texts: {"kind": "texts", "texts": texts}, st.lists(st.text(max_size=9))),
    st.builds(lambda n: {"kind": "numbers", "values": n}, st.lists(NUMBER, max_size=6)),
    st.builds(lambda wkt: {"kind": "geometry", "wkt": wkt}, WKT),
)


@settings(parent=FEW, max_examples=400)
@given(data=st.data(), number=ANY_NUMBER)
def test_facts_of_any_kind_in_any_place_are_judged(data: st.DataObject, number: int) -> None:
    facts: dict[str, Any] = {}
    arrays: list[bytes] = []
    for name in claimed_names(exercise(number)):
        fact = data.draw(PLAIN_FACT | NPY, label=name)
        if isinstance(fact, bytes):
            arrays.append(fact)
            fact = {"kind": "array", "array": len(arrays) - 1}
        facts[name] = fact
    facts["error"] = {"kind": "text", "text": data.draw(st.sampled_from(["", "NameError: x"]))}
    content = {"facts": facts, "tile_url": "", "given": [], "folder": "/"}
    judged_or_refused(Packed(json.dumps(content).encode(), tuple(arrays)), number)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def _double(content: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:last] + content[first:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _flip, _double)


@settings(parent=FEW, max_examples=300)
@given(number=ANY_NUMBER, chance=st.randoms(use_true_random=False))
def test_spoilt_honest_evidence_is_refused_or_judged(
    honest: dict[int, HandedOver], number: int, chance: random.Random
) -> None:
    packed = honest[number].packed
    parts = [packed.description, *packed.arrays]
    place = chance.randrange(len(parts))
    parts[place] = chance.choice(MUTATIONS)(parts[place][:3000], chance) + parts[place][3000:]
    judged_or_refused(Packed(parts[0], tuple(parts[1:])), number)


@settings(parent=FEW, max_examples=100)
@given(data=st.data(), number=ANY_NUMBER)
def test_facts_swapped_between_exercises_are_refused_or_judged(
    honest: dict[int, HandedOver], data: st.DataObject, number: int
) -> None:
    packed = honest[number].packed
    content = description_of(packed)
    names = list(content["facts"])
    shuffled = data.draw(st.permutations(list(content["facts"].values())))
    content["facts"] = dict(zip(names, shuffled, strict=True))
    judged_or_refused(with_description(packed, content), number)


def changed(number: int, **facts: object) -> Packed:
    """The evidence of an empty notebook with some facts replaced."""
    packed = pack(number, Workspace({}, number))
    content = description_of(packed)
    content["facts"] |= facts
    return with_description(packed, content)


def with_array(content: bytes) -> Packed:
    packed = changed(3, rgb={"kind": "array", "array": 0})
    return Packed(packed.description, (content,))


def npy(descr: str = "'<f8'", order: str = "False", shape: str = "(2,)", data: int = 16) -> bytes:
    """A .npy file with any header."""
    header = f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + b"\0" * data


def test_the_forms_below_differ_from_honest_ones_in_one_thing_only() -> None:
    assert unpack(with_array(npy()), 3).facts["rgb"]["shape"] == [2]
    assert unpack(changed(8, bounds={"kind": "numbers", "values": [1]}), 8)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUMPY",
        npy(descr="'|O'"),
        npy(descr="'<U4'"),
        npy(descr="'<c16'"),
        npy(descr="'<M8[s]'"),
        npy(descr="'|V8'"),
        npy(descr="[('a', '<f8')]"),
        npy(descr="__import__('os').system('true')"),
        npy(order="None"),
        npy(shape="(-1,)"),
        npy(shape="(10**9,)"),
        npy(shape="(3,)"),
        npy(shape="(1,)"),
        npy(shape="(0, 9999999, 9999999, 9999999, 9999999)", data=0),
        npy(shape="(" + "1, " * 9 + ")", data=8),
        npy(shape="(4000001,)", data=8 * 4_000_001),
        npy(shape="(" * 30_000),
        npy(descr="'|b1'", data=0) + b"\x02\x00",
        npy().replace(b"NUMPY\x01", b"NUMPY\x03"),
        b"PK\x03\x04" + npy(),
        b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    ],
)
def test_arrays_of_another_form_are_refused(content: bytes) -> None:
    with pytest.raises(UnusableEvidence, match=r"\.$"):
        unpack(with_array(content), 3)


FINE = {"kind": "text", "text": ""}


@pytest.mark.parametrize(
    "fact",
    [
        None,
        7,
        [],
        {},
        {"kind": "pickle", "text": ""},
        {"kind": ["text"], "text": ""},
        {"kind": "text"},
        {"kind": "text", "text": "", "more": 1},
        {"kind": "text", "text": None},
        {"kind": "text", "text": "x" * 301},
        {"kind": "text", "text": "\ud800"},
        {"kind": "text", "text": "\u202egnp.exe"},
        {"kind": "text", "text": "\x00"},
        {"kind": "missing", "why": ["a"]},
        {"kind": "other", "type": 3},
        {"kind": "texts", "texts": "abc"},
        {"kind": "texts", "texts": ["a"] * (MAX_TEXTS + 1)},
        {"kind": "texts", "texts": ["a", 1]},
        {"kind": "numbers", "values": [1] * 101},
        {"kind": "numbers", "values": [True]},
        {"kind": "numbers", "values": ["1"]},
        {"kind": "numbers", "values": [None]},
        {"kind": "numbers", "values": [10**400]},
        {"kind": "numbers", "values": {"0": 1}},
        {"kind": "array", "array": 0},
        {"kind": "array", "array": -1},
        {"kind": "array", "array": True},
        {"kind": "array", "array": [1, 2]},
        {"kind": "geometry", "wkt": "GEOMETRYCOLLECTION (POINT (0 0))"},
        {"kind": "geometry", "wkt": "GEOMETRYCOLLECTION (" * 100_000},
        {"kind": "geometry", "wkt": "POLYGON " + "(" * 100_000 + ")"},
        {"kind": "geometry", "wkt": "POLYGON EMPTY"},
        {"kind": "geometry", "wkt": "POINT (nan nan)"},
        {"kind": "geometry", "wkt": "POINT (1e999 0)"},
        {"kind": "geometry", "wkt": "POLYGON ((0 0, 1 1))"},
        {"kind": "geometry", "wkt": f"LINESTRING ({', '.join(['0 0'] * 20_002)})"},
        {"kind": "geometry", "wkt": 5},
    ],
    ids=lambda fact: str(fact)[:60],
)
def test_facts_of_another_form_are_refused(fact: object) -> None:
    with pytest.raises(UnusableEvidence):
        unpack(changed(3, rgb=fact), 3)


def test_the_error_is_always_a_text() -> None:
    with pytest.raises(UnusableEvidence):
        unpack(changed(3, error={"kind": "missing", "why": ""}), 3)


def test_facts_of_other_names_are_refused() -> None:
    for name in ("blanks", "literals", "cell", "x"):
        with pytest.raises(UnusableEvidence):
            unpack(changed(3, **{name: FINE}), 3)
    for name in ("results", "token", "search", "answer"):
        with pytest.raises(UnusableEvidence):
            unpack(changed(1, **{name: FINE}), 1)
    content = description_of(changed(3))
    del content["facts"]["rgb"]
    with pytest.raises(UnusableEvidence):
        unpack(with_description(changed(3), content), 3)
    with pytest.raises(UnusableEvidence):
        unpack(changed(3), 4)


def test_arrays_that_nothing_names_are_refused() -> None:
    with pytest.raises(UnusableEvidence):
        unpack(Packed(changed(3).description, (npy(),)), 3)
    with pytest.raises(UnusableEvidence):
        unpack(Packed(changed(3).description, (npy(),) * 40), 3)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"numbers"', '"numbers", "kind": "numbers"'),
        lambda text: text.replace("[1.5]", "[NaN]"),
        lambda text: text.replace("[1.5]", "[Infinity]"),
        lambda text: text.replace("[1.5]", "[" * 100_000),
        lambda text: text.replace("[1.5]", "[" * 100_000 + "]" * 100_000),
        lambda text: text.replace("[1.5]", "[" + "9" * 10_000 + "]"),
        lambda text: text + "x",
        lambda text: text + " " * 11_000_000,
        lambda text: text.replace("[1.5]", "[" + "[]," * 600_000 + "[]]"),
    ],
)
def test_json_that_is_not_plain_is_refused(spoil: Callable[[str], str]) -> None:
    packed = changed(8, bounds={"kind": "numbers", "values": [1.5]})
    text = packed.description.decode()
    assert "[1.5]" in text
    with pytest.raises(UnusableEvidence):
        unpack(Packed(spoil(text).encode()), 8)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_json_is_read_as_utf8_only(encoding: str) -> None:
    text = changed(3, rgb={"kind": "other", "type": "é"}).description.decode()
    text = text.replace("\\u00e9", "é")
    with pytest.raises(UnusableEvidence):
        unpack(Packed(text.encode(encoding)), 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tile_url", "x" * 300),
        ("tile_url", None),
        ("tile_url", "\x00"),
        ("folder", "x" * 5000),
        ("folder", "\udcff"),
        ("given", "rgb"),
        ("given", [["rgb"]]),
        ("given", ["x"] * 101),
        ("facts", []),
    ],
)
def test_the_fields_beside_the_facts_are_plain(field: str, value: object) -> None:
    content = description_of(changed(3)) | {field: value}
    with pytest.raises(UnusableEvidence):
        unpack(with_description(changed(3), content), 3)


def test_another_address_of_the_patch_reaches_no_other_file(tmp_path: Path) -> None:
    for url in ("/../../../../etc/passwd.tif", "..", "/", "a/\\..\\b.tif", "%00.tif"):
        claims = Claims(unpack(changed(3), 3).facts, tile_url=url, folder=str(tmp_path))
        assert (
            judge_exercise(3, claims, Seen(), [], EXPECTATIONS).title
            == "Show a patch in true colour"
        )


def test_large_evidence_is_judged_within_bounds() -> None:
    """The largest arrays and outlines that are let through."""
    big = as_npy(np.random.default_rng(0).random((1000, 1000, 4)), 10**9)
    assert big is not None
    names = ("rgb_data", "rgb", "picture")
    large = {name: {"kind": "array", "array": place} for place, name in enumerate(names)}
    judged_or_refused(Packed(changed(3, **large).description, (big,) * 3), 3)
    angle = np.linspace(0, 6.28, 19_000)
    circle = np.stack([3.65e6 + 1e3 * np.cos(angle), 2.33e6 + 1e3 * np.sin(angle)], 1)
    wkt = shapely.to_wkt(shapely.Polygon(circle), rounding_precision=9)
    outline = {"kind": "geometry", "wkt": wkt}
    judged_or_refused(changed(6, tile_geom=outline, gdf_geometry=outline), 6)
