"""Numbers that are typed into code are found in whatever form; others are not taken for them."""

import ast
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.reading.literals import MAX_LITERALS, MAX_SOURCE, literals

NUMBERS = st.one_of(
    st.integers(0, 10_000),
    st.floats(0, 1e7, allow_nan=False).map(lambda value: round(value, 4)),
)


def _joined(parts: tuple[str, str, str]) -> str:
    left, sign, right = parts
    return f"({left} {sign} {right})"


EXPRESSIONS = st.recursive(
    NUMBERS.map(repr),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map(_joined),
        inner.map(lambda words: f"(-{words})"),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_arithmetic_with_numbers_alone_counts_as_its_result(words: str) -> None:
    try:
        worth = float(eval(words))
    except ArithmeticError:
        return
    found = literals(f"area_km2 = {words}")
    assert any(math.isclose(value, worth, rel_tol=1e-9, abs_tol=1e-9) for value in found)


@given(st.lists(NUMBERS, min_size=1, max_size=4), st.sampled_from(["({})", "[{}]", "'{}'"]))
def test_numbers_in_tuples_lists_and_texts_of_numbers_count(
    numbers: list[float], form: str
) -> None:
    written = form.format(", ".join(map(repr, numbers)))
    assert literals(f"x = np.array({written})") == [float(number) for number in numbers]


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("area_km2 = 2.5 * 2.5", 6.25),
        ("area_km2 = 2.5 ** 2", 6.25),
        ("side = 250 * 10\narea_km2 = side * side / 1e6", 6.25),
        ("side = 2.5\nside *= side\narea_km2 = side", 6.25),
        ("corner = (3649890, 2331750)\nright = corner[0] + 2500", 3652390),
        ("[left, bottom] = 3649890, 2331750\ntop = bottom + 2500", 2334250),
        ("bounds = [1.5, 43.7]\nx = bounds[-1] - 0.2", 43.5),
        ("west = -1.6639", -1.6639),
        ("%matplotlib inline\narea_km2 = 6.25", 6.25),
        ("if True:\n    !ls\n    area_km2 = 6.25", 6.25),
        ("area_km2 = float('6.25')", 6.25),
        ("location = '43.7713, 1.6809'.split(',')", 43.7713),
        ("def area():\n    return 6.25", 6.25),
    ],
)
def test_a_number_is_noticed_wherever_it_enters(code: str, number: float) -> None:
    assert number in literals(code, ("area_km2",))


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("assert abs(area_km2 - 6.25) < 0.01", 6.25),
        ("print('Expected:', 6.25, 2.5 * 2.5)", 6.25),
        ("if area_km2 == 6.25:\n    pass", 6.25),
        ("np.isclose(area_km2, 6.25)\nnp.testing.assert_allclose(area_km2, 6.25)", 6.25),
        ("# 6.25\narea_km2 = tile_geom.area / 1e6", 6.25),
        ("url = 'https://host/3649890_2331750_0_937.tif'", 3649890),
        ("ax.set_title('6.25 square kilometres')", 6.25),
        ("south, north = 43.7, 43.8\ncenter_lat = (south + north) / 2", 43.75),
        ("side = 2.5\nfor side in sides:\n    area = side * 2.5", 6.25),
        ("side = 2.5\nside = measured()\narea = side * 2.5", 6.25),
        ("side = 2.5\nside += measured()\narea = side * 2.5", 6.25),
        ("area = 2.5 * side", 6.25),
        ("area_km2 = 6.25 +", 6.25),
        ("x = True", 1),
    ],
)
def test_what_is_no_typed_in_result_is_not_taken_for_one(code: str, number: float) -> None:
    assert number not in literals(code, ("area_km2", "south", "north"))


@pytest.mark.parametrize(
    "code",
    [
        "x = 10 ** 10 ** 10",
        "x = 1e308 * 10",
        "x = 5 / 0, 5 % 0, 5 // 0",
        "x = (-8) ** 0.5",
        "x = " + "9" * 4000,
        "x = (1, 2)[5], (1, 2)[0.5], (1, 2)['a'], 5[0]",
        "x = " + "(" * 90 + "1" + ")" * 90,
        "x = " + "-" * 5000 + "1",
        "x = " + "+".join(["1"] * 5000),
        "a = 1, 2\n" + "a = a, a\n" * 60 + "b = a[0][0]",
        "x = '" + "1e" * 100 + "'",
        "x = '" + "1" * 10_000 + "'",
        "1 " * MAX_SOURCE,
        "\0",
    ],
)
def test_code_of_any_kind_is_read_in_bounded_time(code: str) -> None:
    found = literals(code)
    assert all(math.isfinite(value) for value in found)


def test_not_all_numbers_of_a_table_are_kept() -> None:
    code = f"table = {list(range(5000))}"
    assert ast.parse(code)
    assert len(literals(code)) == MAX_LITERALS
