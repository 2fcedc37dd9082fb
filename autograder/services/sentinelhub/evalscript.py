"""Evalscripts (version 3): what `setup` asks for, and `evaluatePixel` computed over arrays."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.services.sentinelhub.engine import TEXT_LIMIT, Engine
from autograder.services.sentinelhub.refusals import ScriptRefused, offline_only
from utils.reference import BANDS

REFLECTANCE_SCALE = 10_000
"""Digital numbers are reflectances (0-1) times this."""

SAMPLE_TYPES = ("AUTO", "UINT8", "UINT16", "INT8", "INT16", "FLOAT32")
"""How the values of an output may be stored."""

DATA_MASK = "dataMask"
SCENE = "SCL"
CLEAR = ("CLM", "CLP", "CLD", "SNW")
"""Cloud mask, cloud probabilities and snow probability: 0 everywhere, for the image is clear."""

SPECTRAL = tuple(band.evalscript for band in BANDS)
SERVED = (*SPECTRAL, DATA_MASK, SCENE, *CLEAR)
"""Input bands that are served offline."""

OTHER_INPUTS = frozenset(
    {"AOT", "sunAzimuthAngles", "sunZenithAngles", "viewAzimuthMean", "viewZenithMean"}
)
"""Input bands that the real service has besides."""

_VERSION = re.compile(r"\s*//\s*VERSION\s*=\s*3\b")
_NOT_CALLED = ("preProcessScenes", "updateOutput")
"""Functions of a script that would change the image on the real service."""


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
        text: The script.
        inputs: Units (``DN`` or ``REFLECTANCE``) of each input band.
        outputs: Outputs by id.
    """

    text: str
    inputs: dict[str, str]
    outputs: dict[str, Output]

    def evaluate(
        self, parts: Iterable[Mapping[str, np.ndarray]]
    ) -> Iterator[dict[str, np.ndarray]]:
        """The values of every output, for one part of the pixels after the other.

        Args:
            parts: Input bands in the units that `inputs` names, all of one length.

        Yields:
            For each output its bands, float64, in the shape (bands, length).

        Raises:
            ScriptRefused: Evaluation fails, or yields another number of bands than announced.
        """
        outputs = [{"id": output.id, "bands": output.bands} for output in self.outputs.values()]
        ends = np.cumsum([output.bands for output in self.outputs.values()])
        with Engine(self.text) as engine:
            for samples in parts:
                bands = np.stack([samples[name] for name in self.inputs]).astype("<f8")
                content = engine.run(
                    "evaluatePixels(evaluatePixel, ...courseGiven, courseSamples)",
                    courseGiven=[list(self.inputs), outputs, bands.shape[1]],
                    courseSamples=bands.tobytes(),
                )
                if not isinstance(content, bytes) or len(content) != ends[-1] * bands[0].nbytes:
                    raise ScriptRefused("TypeError: the script changed what it is run by")
                values = np.frombuffer(content, "<f8").reshape(ends[-1], -1)
                yield dict(zip(self.outputs, np.split(values, ends[:-1]), strict=True))


def read_script(text: str) -> Script:
    """Read an evalscript.

    Raises:
        ScriptRefused: It is not one, fails, or uses what is not served.
    """
    if not _VERSION.match(text):
        raise ScriptRefused("Error: the first line must be //VERSION=3")
    with Engine(text) as engine:
        for name in ("setup", "evaluatePixel"):
            if engine.run(f"`${{typeof {name}}}`") != "function":
                raise ScriptRefused(f"ReferenceError: {name} is not defined")
        settings = _read_json(engine.run("`${JSON.stringify(setup())}`"))
        for name in _NOT_CALLED:
            if engine.run(f"`${{typeof {name}}}`") == "function":
                raise offline_only(f"{name}() is not called")
    if not isinstance(settings, dict):
        raise ScriptRefused("Error: setup() must return an object")
    if settings.get("mosaicking", "SIMPLE") != "SIMPLE":
        raise offline_only("there is one image, so mosaicking can only be SIMPLE")
    return Script(text, _read_inputs(settings.get("input")), _read_outputs(settings.get("output")))


def _read_json(text: Any) -> Any:
    """What a script says in json; None where it is none, or long."""
    try:
        return json.loads(text) if len(text) <= TEXT_LIMIT else None
    except (TypeError, ValueError, RecursionError):
        return None


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
            raise offline_only(f"the band {band} is not simulated")
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
        if type(bands) is not int or bands not in range(1, 101):
            raise ScriptRefused(f"Error: output {name} must have bands, a number from 1 to 100")
        if kind not in SAMPLE_TYPES:
            raise ScriptRefused(f"Error: sampleType {kind} of output {name} is not supported")
        outputs[name] = Output(name, bands, str(kind))
    return outputs
