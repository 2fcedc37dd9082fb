"""A slip in an index is found again; a guard is judged by the division, never by words."""

from collections.abc import Callable

import numpy as np
import pytest

from autograder.checks import texts
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.images.colouring import USUAL, colouring_of
from autograder.checks.explaining.images.lying import TURNS
from autograder.checks.explaining.images.pixels import number
from autograder.checks.explaining.images.told import NAMES
from autograder.checks.explaining.indices.formulas import FORMULAS, NORMALISED
from autograder.checks.explaining.indices.guards import left_to_chance, on_purpose
from autograder.checks.explaining.indices.map_shown import colours
from autograder.checks.explaining.indices.told import of_array
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence
from tests.checks.explaining.slips import Kind, Trial, landscapes, tried

WANTED = NIR, RED = 8, 4
Rng = np.random.Generator
PROBE = np.linspace(-1, 1, 41)
NO_FLOATS = ("underflow",)


def bands(served: Served, *numbers: int) -> list[np.ndarray]:
    return [served.patch.bands[band - 1] for band in numbers]


def right(served: Served) -> np.ndarray:
    return index(*bands(served, NIR, RED))


def index(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The normalised difference, 0 where both are 0."""
    below = first + second
    return np.divide(first - second, below, out=np.zeros_like(first), where=below != 0)


def first(array: np.ndarray, served: Served) -> Explanation | None:
    return next(of_array(np.ascontiguousarray(array), served, WANTED), None)


def kind(
    change: Callable[[Rng, np.ndarray], tuple[np.ndarray, str, dict[str, str]]],
) -> Kind:
    """A kind of slips in an index that is right but for it, of either number type."""

    def make(rng: Rng, served: Served) -> Trial:
        array, key, values = change(rng, right(served))
        array = array.astype(np.float32) if array.dtype == float and rng.random() < 0.5 else array
        return Trial(first(array, served), key, values, f"{key} {values}")

    return make


def other_formula(rng: Rng, served: Served) -> Trial:
    names = [name for name in FORMULAS if name not in (NORMALISED, *NO_FLOATS)]
    name = names[rng.integers(len(names))]
    with np.errstate(all="ignore"):
        array = FORMULAS[name](*bands(served, NIR, RED))
    return Trial(first(array.astype(rng.choice(["f4", "f8"])), served), name, {}, name)


def run_below(rng: Rng, served: Served) -> Trial:
    high, low = (np.rint(band * 10_000).astype(np.uint16) for band in bands(served, NIR, RED))
    with np.errstate(all="ignore"):
        return Trial(first((high - low) / (high + low), served), "underflow", {})


def other_bands(rng: Rng, served: Served) -> Trial:
    while True:
        pair = tuple(int(band) for band in rng.choice(12, 2, replace=False) + 1)
        if not set(pair) & set(WANTED):
            break
    array = index(*bands(served, *pair))
    found = f"{pair[0]} ({NAMES[pair[0]]}) and {pair[1]} ({NAMES[pair[1]]})"
    return Trial(first(array, served), "index-of-other-bands", {"found": found}, str(pair))


def one_other_band(rng: Rng, served: Served) -> Trial:
    other = int(rng.choice([band for band in range(1, 13) if band not in WANTED]))
    pair = [(NIR, other), (other, RED)][rng.integers(2)]
    array = index(*bands(served, *pair))
    found = f"{pair[0]} ({NAMES[pair[0]]}) and {pair[1]} ({NAMES[pair[1]]})"
    return Trial(first(array, served), "index-of-one-other-band", {"found": found}, str(pair))


def layer(rng: Rng, served: Served) -> Trial:
    band = int(rng.choice([13, 14]))
    return Trial(first(bands(served, band)[0], served), "ready-made-index", {"band": str(band)})


def one_band(rng: Rng, served: Served) -> Trial:
    band = int(rng.integers(1, 13))
    return Trial(first(bands(served, band)[0], served), "one-band-only", {"band": str(band)})


def added(rng: Rng, served: Served) -> Trial:
    extra = float(f"{10 ** rng.uniform(-2, 0.5):.2g}")
    high, low = bands(served, NIR, RED)
    array = (high - low) / (high + low + extra)
    return Trial(first(array, served), "added-to-the-sum", {"number": number(extra)}, str(extra))


def enhanced(rng: Rng, served: Served) -> Trial:
    high, low, band = bands(served, NIR, RED, 2)
    blue = band if rng.random() < 0.5 else np.full_like(band, rng.uniform(0.02, 0.08))
    array = 2.5 * (high - low) / (high + 6 * low - 7.5 * blue + 1)
    return Trial(first(array, served), "enhanced", {})


def one_divisor(rng: Rng, served: Served) -> Trial:
    high, low = bands(served, NIR, RED)
    divisor = [(high + low).mean(), (high + low).max()][rng.integers(2)]
    return Trial(first((high - low) / divisor, served), "divided-by-one-number", {})


def sign(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    return -array, "sign-turned", {}


def multiplied(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    factor = float(rng.choice([100, 10_000, 255, 127, 2.5, 1000]))
    whole = factor >= 1000 and rng.random() < 0.5
    array = np.rint(array * factor) if whole else array * factor
    return array, "index-multiplied", {} if whole else {"gain": number(factor)}


def stretched(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    half = (array + 1) / 2
    ways = (half, half * 255, (half * 255).astype(np.uint8), half * 100)
    return ways[rng.integers(4)], "index-stretched", {"low": "0"}


def cut(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    low, high = float(rng.choice([-0.05, 0, 0.1])), float(rng.choice([0.5, 0.6, 1]))
    return np.clip(array, low, high), "index-cut", {"low": number(low)}


def rounded(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    digits = int(rng.choice([1, 2, 3]))
    return np.round(array, digits), "rounded-numbers", {"number": number(10.0**-digits)}


def whole(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    if rng.random() < 0.5:
        return np.floor(array), "divided-to-whole-numbers", {}
    whole = [array.astype(int), np.rint(array)][rng.integers(2)]
    return whole, "index-to-whole-numbers", {}


def turned(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    (swapped, rows, columns), key = list(TURNS.items())[rng.integers(len(TURNS))]
    array = array[:: -1 if rows else 1, :: -1 if columns else 1]
    return (array.T if swapped else array), key, {}


def cut_out(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    top, left = (int(rng.integers(1, side // 3)) for side in array.shape)
    return array[top : top + 25, left : left + 22], "cut-out", {"found": "25 × 22"}


def extra_axis(rng: Rng, array: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    return np.expand_dims(array, int(rng.choice([0, 2]))), "extra-axis", {}


def without_light(rng: Rng, served: Served) -> Trial:
    array, value = right(served), float(rng.choice([-1, 1, -9999, 0.5, np.inf]))
    array[sum(bands(served, NIR, RED)) == 0] = value
    return Trial(first(array, served), "no-light-otherwise", {"value": number(value)}, str(value))


def masked(rng: Rng, served: Served) -> Trial:
    array, value = right(served), float(rng.choice([-9999, np.nan, 5]))
    hidden = array > float(rng.uniform(0.4, 0.7))
    array[hidden] = value
    shown = "NaN" if np.isnan(value) else number(value)
    values = {"value": shown, "count": f"{hidden.sum():,}"}
    return Trial(first(array, served), "pixels-replaced", values)


def colour_limits(rng: Rng, served: Served) -> Trial:
    low, high = sorted(float(f"{end:.1f}") for end in rng.uniform([-1.2, 0.3], [-0.1, 1.3]))
    name = USUAL[rng.integers(len(USUAL))]
    scale = painted(name, low, high)
    found = colouring_of(scale, PROBE, f'"{name}"')
    right_one = (
        found is not None
        and found.name == name
        and found.low is not None
        and found.high is not None
        and max(abs(found.low - low), abs(found.high - high)) < 0.03
    )
    key = "other-limits"
    return Trial(Explanation(key if right_one else "missed"), key, {}, f"{name} {low} {high}")


def painted(name: str, low: float, high: float) -> np.ndarray:
    """Colours of the probe values in a colour map between limits."""
    from matplotlib import colormaps

    return np.asarray(colormaps[name]((PROBE - low) / (high - low))[:, :3])


KINDS: dict[str, Kind] = {
    "another formula": other_formula,
    "whole numbers that ran below 0": run_below,
    "two other bands": other_bands,
    "one other band": one_other_band,
    "a ready-made layer": layer,
    "one band alone": one_band,
    "a number added to the sum": added,
    "EVI, with blue": enhanced,
    "one divisor for all pixels": one_divisor,
    "sign": kind(sign),
    "multiplied": kind(multiplied),
    "moved to 0 and above": kind(stretched),
    "cut off": kind(cut),
    "rounded": kind(rounded),
    "whole numbers": kind(whole),
    "turned or mirrored": kind(turned),
    "cut out": kind(cut_out),
    "an axis too many": kind(extra_axis),
    "pixels without light": without_light,
    "pixels masked": masked,
    "colours and their limits": colour_limits,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_random_slip_is_found_again(name: str) -> None:
    for _, trials in tried({name: KINDS[name]}, 6):
        for trial in trials:
            assert trial.right, f"{trial.made}: {trial.found}, not {trial.key} {trial.values}"


def test_what_is_right_is_not_explained() -> None:
    for served in landscapes():
        assert first(right(served), served) is None
        assert first(right(served).astype(np.float32), served) is None


@pytest.mark.parametrize("seed", range(4))
def test_what_is_no_index_gets_no_cause(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for served in landscapes():
        shape = served.patch.bands.shape[1:]
        for array in (rng.random(shape), right(served) + rng.normal(0, 0.1, shape)):
            assert first(array, served) is None


def test_every_explanation_of_a_slip_has_a_sentence() -> None:
    for _, trials in tried(KINDS, 2):
        for trial in trials:
            entry = texts.explanation(5, trial.key)
            assert entry, trial.key
            assert trial.found
            if trial.key != "other-limits":
                entry.filled({"label": "`ndvi`", **trial.found.values})


HEAD = "import numpy as np\nnir = src.read(8)\nred = src.read(4)\n"
TAIL = '\nax.imshow(ndvi)\nax.set_title("where nan == 0, isnan, errstate")  # mask\n'
PLAIN = "ndvi = (nir - red) / (nir + red)"

GUARDED = (
    "ndvi = np.divide(nir - red, nir + red, out=np.full_like(nir, np.nan), where=nir + red != 0)",
    "total = nir + red\ntotal[total == 0] = np.nan\nndvi = (nir - red) / total",
    "ndvi = np.where(nir + red == 0, np.nan, (nir - red) / (nir + red))",
    f"with np.errstate(invalid='ignore'):\n    {PLAIN}",
    f"np.seterr(all='ignore')\n{PLAIN}",
    "lit = nir + red > 0\nndvi = np.full(nir.shape, np.nan)\n"
    "ndvi[lit] = (nir[lit] - red[lit]) / (nir[lit] + red[lit])",
    "ndvi = np.ma.masked_invalid((nir - red) / (nir + red))",
    f"nir[nir == 0] = np.nan\n{PLAIN}",
    "def of(a, b):\n    total = a + b\n    return np.where(total == 0, np.nan, (a - b) / total)\n"
    "ndvi = of(nir, red)",
    f"{PLAIN}\nndvi[~np.isfinite(ndvi)] = np.nan",
    "above = nir - red\nbelow = np.ma.masked_equal(nir + red, 0)\nndvi = above / below",
    "ndvi = np.full(nir.shape, np.nan)\nfor i in range(9):\n    for j in range(9):\n"
    "        if nir[i, j] + red[i, j] != 0:\n            ndvi[i, j] = 1",
)
UNGUARDED = (
    PLAIN,
    f"# where, nan, mask\n{PLAIN}",
    f"{PLAIN}\nprint('nan', (ndvi > 0.3).mean(), np.nanmean(ndvi), np.isnan(ndvi).sum())",
    f"{PLAIN}\nif fig is None:\n    mask = 3",
    f"{PLAIN}\nother = np.where(heights > 0, 1, 2)",
    f"{PLAIN}\ngreen = np.where(ndvi > 0.3, 1, 0)",
    "ndvi = np.zeros(nir.shape)\nfor i in range(9):\n"
    "    ndvi[i] = (nir[i] - red[i]) / (nir[i] + red[i])",
)


@pytest.mark.parametrize("code", GUARDED)
def test_a_guard_of_the_division_counts(code: str) -> None:
    assert on_purpose(HEAD + code + TAIL, "ndvi")


@pytest.mark.parametrize("code", UNGUARDED)
def test_words_and_other_tests_are_no_guard(code: str) -> None:
    assert not on_purpose(HEAD + code + TAIL, "ndvi")


@pytest.mark.parametrize(
    ("code", "by_chance"),
    [
        ("ndvi = np.divide(nir - red, nir + red, where=nir + red != 0)", True),
        ("lit = nir + red != 0\nndvi = np.true_divide(nir - red, nir + red, where=lit)", True),
        ("ndvi = np.divide(nir - red, nir + red, out=nir * 0, where=nir + red != 0)", False),
        ("ndvi = np.divide(nir - red, nir + red, nir * 0, where=nir + red != 0)", False),
        (
            "lit = nir + red != 0\nndvi = np.divide(nir - red, nir + red, where=lit)\n"
            "ndvi[~lit] = 0",
            False,
        ),
        (PLAIN, False),
        ("this is no code", False),
    ],
)
def test_a_division_that_leaves_pixels_to_chance(code: str, by_chance: bool) -> None:
    assert left_to_chance(HEAD + code + TAIL, "ndvi") == by_chance


@pytest.mark.parametrize(
    ("name", "low", "high", "key"),
    [
        ("RdYlGn_r", -1, 1, "colour-map-reversed"),
        ("RdYlGn", 1, -1, "colour-map-reversed"),
        ("viridis", -1, 1, "other-colour-map"),
        ("RdYlGn", -0.37, 0.94, "limits-of-the-pixels"),
        ("RdYlGn", -1, 0.94, "upper-limit-of-the-pixels"),
        ("RdYlGn", -0.37, 1, "lower-limit-of-the-pixels"),
        ("RdYlGn", -0.5, 0.5, "other-limits"),
        ("BrBG", 0, 1, "other-limits"),
        ("RdYlGn", 0, 255, "limits-too-wide"),
    ],
)
def test_limits_that_were_set_are_told_from_those_of_the_pixels(
    name: str, low: float, high: float, key: str
) -> None:
    scale = {"kind": "array", "array": painted(name, low, high)}
    ndvi = {"kind": "array", "array": np.linspace(-0.37, 0.94, 100)}
    explain = colours("scale", "ndvi", PROBE, ("RdYlGn", "BrBG"), (-1, 1))
    evidence: Evidence = {
        "scale": scale,
        "ndvi": ndvi,
        "source": {"kind": "texts", "texts": [f'"{name}"']},
    }
    found = explain(evidence, {}, landscapes()[0])
    assert found
    assert found.key == key
