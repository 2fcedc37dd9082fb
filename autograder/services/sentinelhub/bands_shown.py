"""Which bands an image shows, found out by changing one band after the other."""

import numpy as np

from autograder.services.sentinelhub.evalscript import (
    DATA_MASK,
    REFLECTANCE_SCALE,
    SCENE,
    SPECTRAL,
    Script,
)

HEADER = "X-Offline-Bands"
"""Field of an answer that names them: for whoever reads the journal, not part of the real API."""

_LEVELS = (0.003, 0.03, 0.12, 0.4)
"""Reflectances at which bands are changed: a script may cut off what is bright or dark."""

_APART = 0.07
"""Fraction by which each band is brighter than the one before, so that none are alike."""

_CHANGE = 1.01
"""Factor of the change: small, so that it hardly turns a condition of the script."""


def bands_shown(script: Script, output: str) -> list[str]:
    """The bands that each channel of an output depends on, whatever the script's text looks like.

    Args:
        script: The script.
        output: Id of the output.

    Returns:
        One text for each channel that depends on any, such as ``B04`` or ``B04+B08``.

    Raises:
        ScriptRefused: Evaluation fails.
    """
    names = [name for name in script.inputs if name in SPECTRAL]
    if not names:
        return []
    apart = 1 + _APART * np.arange(len(names))
    changed = np.vstack([np.ones(len(names)), np.where(np.eye(len(names)), _CHANGE, 1)])
    tried = np.vstack([level * apart * changed for level in _LEVELS])
    samples = {name: np.zeros(len(tried)) for name in script.inputs}
    samples |= {name: np.full(len(tried), 1.0) for name in script.inputs if name == DATA_MASK}
    samples |= {name: np.full(len(tried), 4.0) for name in script.inputs if name == SCENE}
    for name, values in zip(names, tried.T, strict=True):
        scale = REFLECTANCE_SCALE if script.inputs[name] == "DN" else 1
        samples[name] = values * scale
    (values,) = script.evaluate([samples])
    channels = values[output].reshape(-1, len(_LEVELS), len(names) + 1)
    same = (channels == channels[..., :1]) | (np.isnan(channels) & np.isnan(channels[..., :1]))
    matters = ~same.all(axis=1)[:, 1:]
    shown = ["+".join(sorted(np.array(names)[channel])) for channel in matters]
    return [bands for bands in shown if bands]
