"""Evalscripts are read in the forms that learners write, and computed as JavaScript would."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.services.sentinelhub.evalscript import Output, Script, read_script
from autograder.services.sentinelhub.refusals import ScriptRefused

VALUES = {"B02": 0.05, "B03": 0.1, "B04": 0.2, "B08": 0.6, "dataMask": 1.0}


def script(
    returned: str,
    bands: int = 1,
    inputs: str = '["B02", "B03", "B04", "B08", "dataMask"]',
    before: str = "",
    more: str = "",
) -> str:
    return f"""//VERSION=3
{more}
function setup() {{
  return {{ input: {inputs}, output: {{ bands: {bands}, sampleType: "FLOAT32" }} }};
}}
function evaluatePixel(sample) {{ {before}
  return {returned};
}}
"""


def evaluate(text: str) -> list[float]:
    read = read_script(text)
    samples = {band: np.full((2, 3), VALUES[band]) for band in read.inputs}
    bands = read.evaluate(samples)["default"]
    assert all(band.shape == (2, 3) and band.dtype == np.float64 for band in bands)
    assert all(np.array_equal(band, np.full((2, 3), band[0, 0]), equal_nan=True) for band in bands)
    return [float(band[0, 0]) for band in bands]


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ("[sample.B04]", [0.2]),
        ("sample.B04", [0.2]),
        ("{default: [sample.B04]}", [0.2]),
        ("[sample.B04, sample.B03, sample.B02]", [0.2, 0.1, 0.05]),
        ("[sample.B02, sample.B03, sample.B04]", [0.05, 0.1, 0.2]),
        ("[2.5 * sample.B04]", [0.5]),
        ("[sample.B04 * 10000]", [2000]),
        ("[sample.B04 / 2]", [0.1]),
        ("[sample['B04']]", [0.2]),
        ("[(sample.B08 - sample.B04) / (sample.B08 + sample.B04)]", [0.5]),
        ("[index(sample.B08, sample.B04)]", [0.5]),
        ("[-sample.B04 + +1]", [0.8]),
        ("[2 ** 3 ** 2]", [512]),
        ("[2 + 3 * 4 % 5 - 1]", [3]),
        ("[sample.B08 > 0.5 ? 1 : 0]", [1]),
        ("[sample.B08 > 0.5 && sample.B04 > 0.5 ? 1 : 0]", [0]),
        ("[sample.B08 > 0.5 || sample.B04 > 0.5 ? 1 : 0]", [1]),
        ("[!sample.dataMask]", [0]),
        ("[Math.min(1, 2.5 * sample.B08), Math.max(sample.B02, sample.B03)]", [1, 0.1]),
        ("[Math.round(2.5), Math.sqrt(4), Math.pow(2, 3), Math.floor(Math.PI)]", [3, 2, 8, 3]),
        ("[sample.B04, sample.B03].map(v => 2.5 * v)", [0.5, 0.25]),
        ("[sample.B04, sample.B03].map((v, i) => { const f = 10; return f * v; })", [2, 1]),
        ("[1.5e1, .5, 1.]", [15, 0.5, 1]),
        ("/* red */ [sample.B04,] // trailing", [0.2]),
    ],
)
def test_an_expression_is_computed(returned: str, expected: list[float]) -> None:
    assert evaluate(script(returned, len(expected))) == pytest.approx(expected)


def test_constants_and_helpers_are_followed() -> None:
    text = script(
        "[stretch(sample.B04), ndvi]",
        2,
        before="let ndvi = index(sample.B08, sample.B04), unused = 1;",
        more="const gain = 2.5;\nfunction stretch(value) { return gain * value; }",
    )
    assert evaluate(text) == pytest.approx([0.5, 0.5])


def test_a_sample_is_taken_apart() -> None:
    before = "const {B03, B04} = sample, gain = 2.5;"
    assert evaluate(script("[gain * B04, B03]", 2, before=before)) == pytest.approx([0.5, 0.1])
    with pytest.raises(ScriptRefused, match="Unexpected token '10'"):
        read_script(script("1", before="const {10} = sample;"))


def test_division_by_zero_is_not_an_error() -> None:
    assert np.isnan(evaluate(script("[0 / 0]"))).all()
    assert np.isinf(evaluate(script("[1 / 0]"))).all()


@pytest.mark.parametrize(
    ("inputs", "units"),
    [
        ('["B04", "B08"]', {"B04": "REFLECTANCE", "B08": "REFLECTANCE"}),
        ('[{bands: ["B04", "B08"]}]', {"B04": "REFLECTANCE", "B08": "REFLECTANCE"}),
        ('[{bands: ["B04", "B08"], units: "DN"}]', {"B04": "DN", "B08": "DN"}),
        ("[{bands: ['B04', 'B8A'], units: ['DN', 'REFLECTANCE']}]",
         {"B04": "DN", "B8A": "REFLECTANCE"}),
    ],
)  # fmt: skip
def test_units_are_read(inputs: str, units: dict[str, str]) -> None:
    assert read_script(script("1", inputs=inputs)).inputs == units


def test_several_outputs_are_read() -> None:
    text = """//VERSION=3
    function setup() {
      return {
        input: ["B04"],
        output: [
          { id: "default", bands: 3 },
          { id: "mask", bands: 1, sampleType: SampleType.UINT8 }
        ]
      };
    }
    function evaluatePixel(s) { return { default: [s.B04, 0, 0], mask: [1] }; }"""
    read = read_script(text)
    assert read.outputs == {
        "default": Output("default", 3, "AUTO"),
        "mask": Output("mask", 1, "UINT8"),
    }
    assert len(read.evaluate({"B04": np.zeros((1, 1))})["default"]) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (script("[B10]"), "ReferenceError: B10 is not defined"),
        (script("[sample.B11]"), "ReferenceError: B11 is not defined"),
        (script("1", inputs='["B10"]'), "ReferenceError: B10 is not defined"),
        (script("1", inputs='["B4"]'), "ReferenceError: B4 is not defined"),
        (script("1", inputs='["SCL"]'), "ReferenceError: SCL is not served offline"),
        (script("1", inputs='"B04"'), "Error: setup() must return a list of bands as input"),
        (script("1", inputs='[{bands: ["B04"], units: "PERCENT"}]'), "Error: units PERCENT"),
        (script("1", inputs='[{bands: ["B04"], units: ["DN", "DN"]}]'), "Error: units of input"),
        (script("[sample.B04]", bands=3), "Error: output default has 3 bands, but evaluatePixel"),
        (script("1", bands=0), "Error: output default must have bands"),
        (script("{other: [1]}", bands=2), "Error: output default has 2 bands"),
        (script("[sample]"), "TypeError"),
        (script("[[1]]"), "TypeError"),
        (script("sample.B04("), "SyntaxError: Unexpected token"),
        (script("[sample.B04"), "SyntaxError: Unexpected token"),
        (script("'"), "SyntaxError: Unexpected token '''"),
        (script("1", before="if (sample.B04) { return 0; }"), "SyntaxError: Unexpected token 'if'"),
        (script("1", before="for (;;) {}"), "SyntaxError: Unexpected token 'for'"),
        (script("fetch('x')"), "ReferenceError: fetch is not defined"),
        (script("Math.random()"), "TypeError: this call is not a function"),
        (script("[" * 2000), "RangeError: Maximum call stack"),
        (script("1").replace("FLOAT32", "FLOAT64"), "Error: sampleType FLOAT64"),
        (script("1").replace("//VERSION=3", ""), "Error: the first line must be //VERSION=3"),
        (script("1").replace("setup", "set_up"), "ReferenceError: setup is not defined"),
        (script("1").replace("evaluatePixel", "evaluate"), "ReferenceError: evaluatePixel is not"),
        (script("1").replace("input:", "mosaicking: 'ORBIT', input:"), "Error: offline only mosai"),
        (script("1" * 100_001), "RangeError: the script is too long"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ScriptRefused, match=message.replace("(", r"\(").replace(")", r"\)")):
        evaluate(text)


def test_work_grows_with_the_script_not_beyond() -> None:
    helpers = "".join(
        f"function f{n}(x) {{ return f{n + 1}(x) + f{n + 1}(x); }}\n" for n in range(40)
    )
    for text in (
        script("f0(1)", more=helpers + "function f40(x) { return x; }"),
        script("f(1)", more="function f(x) { return f(x); }"),
        script("1" + "+1" * 5000),
    ):
        with pytest.raises(ScriptRefused, match=r"too many steps|Maximum call stack"):
            evaluate(text)


# A formula is a band, a number, or (left, operator, right).
FORMULAS = st.recursive(
    st.sampled_from(sorted(VALUES)) | st.floats(0, 1000),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner),
    max_leaves=12,
)


def as_javascript(formula: Any) -> str:
    if isinstance(formula, tuple):
        left, sign, right = formula
        return f"({as_javascript(left)} {sign} {as_javascript(right)})"
    return f"sample.{formula}" if isinstance(formula, str) else repr(formula)


def as_number(formula: Any) -> np.float64:
    if isinstance(formula, tuple):
        left, sign, right = formula
        signs = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
        return np.float64(signs[sign](as_number(left), as_number(right)))
    return np.float64(VALUES[formula] if isinstance(formula, str) else formula)


@settings(max_examples=200, deadline=None)
@given(FORMULAS)
def test_formulas_have_the_values_that_numpy_gives_them(formula: Any) -> None:
    with np.errstate(all="ignore"):
        expected = as_number(formula)
    np.testing.assert_array_equal(evaluate(script(as_javascript(formula)))[0], expected)


WORDS = """function setup evaluatePixel return input output bands sample let x Math min map default
( ) { } [ ] : , ; . + - * / ? => ** = == B04 'B04' 1 3 // /* */ ` ' " \\ é"""
PIECES = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=30).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(text=st.text(max_size=40) | PIECES, where=st.sampled_from(["whole", "return", "input"]))
def test_any_text_is_read_or_refused(text: str, where: str) -> None:
    whole = {
        "whole": f"//VERSION=3\n{text}",
        "return": script(text),
        "input": script("1", inputs=text),
    }[where]
    try:
        read = read_script(whole)
        read.evaluate({band: np.zeros((1, 1)) for band in read.inputs})
    except ScriptRefused:
        return
    assert isinstance(read, Script)
