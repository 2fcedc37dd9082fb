"""Evalscripts (version 3): what `setup` asks for, and `evaluatePixel` computed over arrays.

Of JavaScript, `javascript` reads the part that learners need and `evaluator` computes it. What is
not in that part, such as loops and ``if``, is refused like a script with an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.services.sentinelhub.evaluator import SAMPLE_TYPES, Evaluator, as_numbers
from autograder.services.sentinelhub.javascript import Function, Node, parse
from autograder.services.sentinelhub.refusals import ScriptRefused
from utils.reference import BANDS

REFLECTANCE_SCALE = 10_000
"""Digital numbers are reflectances (0-1) times this."""

DATA_MASK = "dataMask"
SERVED = (*(band.evalscript for band in BANDS), DATA_MASK)
"""Input bands that are served offline."""

OTHER_INPUTS = frozenset(
    {"AOT", "SCL", "SNW", "CLD", "CLP", "CLM", "sunAzimuthAngles", "sunZenithAngles"}
    | {"viewAzimuthMean", "viewZenithMean"}
)
"""Input bands that the real service has besides."""

_VERSION = re.compile(r"\s*//\s*VERSION\s*=\s*3\b")


@dataclass(frozen=True)
class Output:
    """One image that the script makes: its name, number of bands, and sample type."""

    id: str
    bands: int
    sample_type: str


@dataclass(frozen=True)
class Script:
    """An evalscript, read.

    Attributes:
        inputs: Units (``DN`` or ``REFLECTANCE``) of each input band.
        outputs: Outputs by id.
        functions: The script's functions and constants.
    """

    inputs: dict[str, str]
    outputs: dict[str, Output]
    functions: dict[str, Node]

    def evaluate(self, samples: Mapping[str, np.ndarray]) -> dict[str, list[np.ndarray]]:
        """The values of every output.

        Args:
            samples: Input bands in the units that `inputs` names, float64, all of one shape.

        Returns:
            For each output the list of its bands as float64 arrays of that shape.

        Raises:
            ScriptRefused: Evaluation fails, or yields another number of bands than announced.
        """
        main = self.functions["evaluatePixel"]
        assert isinstance(main, Function)
        shape = next(iter(samples.values())).shape
        arguments = dict(zip(main.parameters[:1], [dict(samples)], strict=False))
        try:
            with np.errstate(all="ignore"):
                result = Evaluator(self.functions).run(main, arguments)
        except RecursionError:
            raise ScriptRefused("RangeError: Maximum call stack size exceeded") from None
        if not isinstance(result, dict):
            if len(self.outputs) > 1:
                raise ScriptRefused("Error: evaluatePixel must return an object with every output")
            result = {next(iter(self.outputs)): result}
        return {
            output.id: _as_bands(result.get(output.id), output, shape)
            for output in self.outputs.values()
        }


def read_script(text: str) -> Script:
    """Read an evalscript.

    Raises:
        ScriptRefused: It is not one, or uses what is not served.
    """
    if not _VERSION.match(text):
        raise ScriptRefused("Error: the first line must be //VERSION=3")
    functions = parse(text)
    for name in ("setup", "evaluatePixel"):
        if not isinstance(functions.get(name), Function):
            raise ScriptRefused(f"ReferenceError: {name} is not defined")
    setup = functions["setup"]
    assert isinstance(setup, Function)
    try:
        settings = Evaluator(functions).run(setup, {})
    except RecursionError:
        raise ScriptRefused("RangeError: Maximum call stack size exceeded") from None
    if not isinstance(settings, dict):
        raise ScriptRefused("Error: setup() must return an object")
    if settings.get("mosaicking", "SIMPLE") != "SIMPLE":
        raise ScriptRefused("Error: offline only mosaicking SIMPLE is served")
    return Script(
        _read_inputs(settings.get("input")), _read_outputs(settings.get("output")), functions
    )


def _read_inputs(content: Any) -> dict[str, str]:
    if not isinstance(content, list) or not content:
        raise ScriptRefused("Error: setup() must return a list of bands as input")
    if all(isinstance(item, str) for item in content):
        content = [{"bands": content}]
    if len(content) != 1 or not isinstance(content[0], dict):
        raise ScriptRefused("Error: input must be a list of band names or one object with bands")
    bands, units = content[0].get("bands"), content[0].get("units", "REFLECTANCE")
    if not isinstance(bands, list) or not bands or not all(isinstance(b, str) for b in bands):
        raise ScriptRefused("Error: bands of input must be a list of band names")
    each = units if isinstance(units, list) else [units] * len(bands)
    if len(each) != len(bands):
        raise ScriptRefused("Error: units of input must have one entry for each band")
    for band, unit in zip(bands, each, strict=True):
        if band in OTHER_INPUTS:
            raise ScriptRefused(f"ReferenceError: {band} is not served offline")
        if band not in SERVED:
            raise ScriptRefused(f"ReferenceError: {band} is not defined")
        if unit not in ("DN", "REFLECTANCE"):
            raise ScriptRefused(f"Error: units {unit} of band {band} are not supported")
    return dict(zip(bands, each, strict=True))


def _read_outputs(content: Any) -> dict[str, Output]:
    items = content if isinstance(content, list) else [content]
    if not items or not all(isinstance(item, dict) for item in items):
        raise ScriptRefused("Error: setup() must return an object or a list of objects as output")
    outputs: dict[str, Output] = {}
    for item in items:
        name, bands = item.get("id", "default"), item.get("bands")
        kind = item.get("sampleType", "AUTO")
        if not isinstance(name, str) or name in outputs:
            raise ScriptRefused("Error: every output needs an id of its own")
        if not isinstance(bands, float) or bands not in range(1, 101):
            raise ScriptRefused(f"Error: output {name} must have bands, a number from 1 to 100")
        if kind not in SAMPLE_TYPES:
            raise ScriptRefused(f"Error: sampleType {kind} of output {name} is not supported")
        outputs[name] = Output(name, int(bands), str(kind))
    return outputs


def _as_bands(value: Any, output: Output, shape: tuple[int, ...]) -> list[np.ndarray]:
    bands = value if isinstance(value, list) else [value]
    if len(bands) != output.bands:
        raise ScriptRefused(
            f"Error: output {output.id} has {output.bands} bands, but evaluatePixel returns"
            f" {len(bands)} values"
        )
    return [np.broadcast_to(as_numbers(band).astype(np.float64), shape) for band in bands]
