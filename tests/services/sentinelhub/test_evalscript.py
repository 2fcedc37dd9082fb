"""Evalscripts are read in the forms that learners write, and computed as JavaScript would."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.services.sentinelhub import engine
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
    samples = {band: np.full(6, VALUES[band]) for band in read.inputs}
    (values,) = read.evaluate([samples])
    bands = values["default"]
    assert bands.shape[1:] == (6,)
    assert bands.dtype == np.float64
    np.testing.assert_array_equal(bands, np.repeat(bands[:, :1], 6, axis=1))
    return [float(value) for value in bands[:, 0]]


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
    with pytest.raises(ScriptRefused, match=r"SyntaxError: .* \(line 6\)"):
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
    (values,) = read.evaluate([{"B04": np.zeros(7)}])
    assert {name: bands.shape for name, bands in values.items()} == {
        "default": (3, 7),
        "mask": (1, 7),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (script("[B10]"), "ReferenceError: B10 is not defined"),
        (script("[sample.B11]"), "ReferenceError: B11 is not defined"),
        (script("1", inputs='["B10"]'), "ReferenceError: B10 is not defined"),
        (script("1", inputs='["B4"]'), "ReferenceError: B4 is not defined"),
        (script("1", inputs='["AOT"]'), "Offline only: the band AOT is not simulated"),
        (script("1", inputs='"B04"'), "Error: setup() must return a list of bands as input"),
        (script("1", inputs='[{bands: ["B04"], units: "PERCENT"}]'), "Error: units PERCENT"),
        (script("1", inputs='[{bands: ["B04"], units: ["DN", "DN"]}]'), "Error: units of input"),
        (script("[sample.B04]", bands=3), "Error: output default has 3 bands, but evaluatePixel"),
        (script("1", bands=0), "Error: output default must have bands"),
        (script("{other: [1]}", bands=2), "Error: evaluatePixel returns nothing for output"),
        (script("[1, 2, 3]", bands=2), "Error: output default has 2 bands, but"),
        (script("{default: 1}", bands=2), "Error: output default has 2 bands, but"),
        (script("undefined"), "Error: evaluatePixel returns nothing for output default"),
        (script("[sample]"), "TypeError"),
        (script("[[1]]"), "TypeError"),
        (script("sample.B04("), "SyntaxError: "),
        (script("[sample.B04"), "SyntaxError: "),
        (script("'"), "SyntaxError: "),
        (script("fetch('x')"), "ReferenceError: fetch is not defined"),
        (script("sample.B04.map(v => v)"), "TypeError: not a function"),
        (script("{ throw new Error('no') }"), "SyntaxError"),
        (script("1", before="throw new Error('no');"), "Error: no"),
        (script("[" * 2000), "RangeError: Maximum call stack"),
        (script("1").replace("FLOAT32", "FLOAT64"), "Error: sampleType FLOAT64"),
        (script("1").replace("//VERSION=3", ""), "Error: the first line must be //VERSION=3"),
        (script("1").replace("setup", "set_up"), "ReferenceError: setup is not defined"),
        (script("1").replace("evaluatePixel", "evaluate"), "ReferenceError: evaluatePixel is not"),
        (script("1").replace("input:", "mosaicking: 'ORBIT', input:"), "Offline only: there is"),
        (script("1", more="function updateOutput() {}"), "Offline only: updateOutput() is"),
        (script("new ColorMapVisualizer([])"), "Error: Offline only: ColorMapVisualizer"),
        (script("1" * 100_001), "RangeError: the script is too long"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ScriptRefused, match=message.replace("(", r"\(").replace(")", r"\)")):
        evaluate(text)


# Scripts as people write them: what they return for the sample of `VALUES`.
LANGUAGE = [
    ("if (sample.dataMask === 0) { return [0, 0, 0]; }", "[sample.B04, 0, 1]", [0.2, 0, 1]),
    ("if (sample.B08 > 0.5) return [1, 0, 0]; else return [0, 1, 0];", "0", [1, 0, 0]),
    ("", "sample.dataMask ? [sample.B04, sample.B03, sample.B02] : [0, 0, 0]", [0.2, 0.1, 0.05]),
    ("let sum = 0; for (const band of ['B02', 'B03']) { sum += sample[band]; }", "[sum]", [0.15]),
    ("let n = 0; for (let i = 0; i < 5; i++) { n += i; } while (n > 7) { n--; }", "[n]", [7]),
    ("const f = (x, gain = 2.5) => gain * x;", "[f(sample.B04), f(sample.B04, 1)]", [0.5, 0.2]),
    ("const [a, ...r] = [1, 2, 3]; const o = { ...sample, z: 7 };", "[r.length, o.z]", [2, 7]),
    ("const key = `B0${2 + 2}`;", "[sample[key]]", [0.2]),
    ("var v; switch (3) { case 3: v = 1; break; default: v = 0; }", "[v]", [1]),
    ("let v; try { v = nothing; } catch (error) { v = -1; }", "[v]", [-1]),
    ("class Stretch { static of(v) { return 3 * v; } }", "[Stretch.of(sample.B04)]", [0.6]),
    ("", "[[3, 8, 9, 10].includes(8) ? 1 : 0, Math.max(...[1, 5]), [1, 2].reduce((a, b) => a + b)]",
     [1, 5, 3]),
    ("", "[sample.B02, sample.B03].map(v => Math.min(1, v ** 0.5))", [0.05**0.5, 0.1**0.5]),
    ("", "new Float32Array([0.5, 2])", [0.5, 2]),
    ("", "[sample.nothing ?? 1]", None),
    ("", "[true, '3', null, inverse(4)]", [1, 3, np.nan, 0.25]),
    ("", "[typeof SampleType.UINT16 === 'string', isNaN(0 / 0), Number.isFinite(1)]", [1, 1, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "returned", "expected"), LANGUAGE)
def test_javascript_is_run(before: str, returned: str, expected: list[float] | None) -> None:
    if expected is None:
        with pytest.raises(ScriptRefused, match="ReferenceError: nothing is not defined"):
            evaluate(script(returned, before=before))
        return
    text = script(returned, len(expected), before=before)
    np.testing.assert_allclose(evaluate(text), expected)


def test_a_script_may_ask_for_scenes_and_metadata() -> None:
    text = script("[scenes.tiles.length, outputMetadata.userData === undefined ? 0 : 1]", 2)
    text = text.replace("(sample)", "(sample, scenes, inputMetadata, customData, outputMetadata)")
    text += "function updateOutputMetadata(scenes, inputMetadata, outputMetadata) {}"
    assert evaluate(text) == [0, 1]


def test_functions_may_be_written_as_arrows() -> None:
    text = """//VERSION=3
    const bands = ["B04", "B08"];
    const setup = () => ({ input: [{ bands, units: "REFLECTANCE" }], output: { bands: 1 } });
    const evaluatePixel = ({ B04, B08 }) => [(B08 - B04) / (B08 + B04)];"""
    assert evaluate(text) == pytest.approx([0.5])


ENDLESS = [
    script("1", before="for (;;) {}"),
    script("1", before="for (;;) { try { for (;;) {} } catch (error) {} }"),
    script("Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)"),
    script("/(a+)+b/.test('a'.repeat(50))"),
    script("1", more="for (;;) {}"),
    script("1").replace("return { input", "return { get more() { for (;;) {} }, input"),
    script("new Proxy([1], { get(_, key) { for (;;) {} } })"),
    script("1", before="throw { get message() { for (;;) {} } };"),
    script("f(1)", more="function f(x) { return f(x); }"),
    script("f(1)", more="function f(x) { try { return f(x); } catch (e) { return f(x); } }"),
    script("1", before="const all = []; for (;;) { all.push(new Float64Array(1e5)); }"),
    script("'a'.repeat(2 ** 29).split('')"),
]


@pytest.mark.parametrize("text", ENDLESS)
def test_no_script_runs_or_grows_without_end(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "INSTRUCTIONS", 1_000_000_000)
    with pytest.raises(ScriptRefused, match=r"too many steps|Maximum call stack|too much memory"):
        evaluate(text)


@pytest.mark.parametrize(
    "more",
    [
        "let evaluatePixels = 1;",
        "globalThis.evaluatePixels = () => 1;",
        "Object.defineProperty(globalThis, 'courseSamples', { value: 1 });",
        "Object.defineProperty(Float64Array.prototype, 'buffer', { get: () => 9 });",
        "JSON.stringify = () => ({});",
        "JSON.stringify = () => '['.repeat(100000);",
        "JSON.stringify = () => 'x'.repeat(1e7);",
        "import('fs').then(() => { throw 1; }); throw Symbol('x');",
        "throw new Error('\\ud800');",
        "throw null;",
        "\0",
        "'\ud800'",
    ],
)
def test_what_a_script_changes_harms_itself_alone(more: str) -> None:
    with pytest.raises(ScriptRefused):
        evaluate(script("1", more=more))
    assert evaluate(script("1")) == [1]


def test_a_script_reaches_nothing_but_itself() -> None:
    names = ("process", "require", "fetch", "XMLHttpRequest", "std", "os", "console", "WebAssembly")
    returned = "[" + ", ".join(f"typeof {name} === 'undefined'" for name in names) + "]"
    assert evaluate(script(returned, len(names))) == [1] * len(names)
    assert evaluate(script("[globalThis.left === undefined]", before="globalThis.left = 1;")) == [0]
    assert evaluate(script("[globalThis.left === undefined]")) == [1]


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
        list(read.evaluate([{band: np.zeros(1) for band in read.inputs}]))
    except ScriptRefused:
        return
    assert isinstance(read, Script)
