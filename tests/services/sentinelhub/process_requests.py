"""Requests to the Process API, to be varied."""

import copy
from typing import Any

import numpy as np
import requests
from rasterio.io import MemoryFile

from utils.reference import PROCESS_URL

BULGARIA = [22.0, 41.0, 29.0, 44.5]
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
SCRIPT = """
//VERSION=3
function setup() {
  return { input: ["B04", "B03", "B02"], output: { bands: 3, sampleType: "UINT16" } };
}
function evaluatePixel(sample) {
  return [sample.B04, sample.B03, sample.B02];
}
"""
DN = SCRIPT.replace('["B04", "B03", "B02"]', '[{bands: ["B04", "B03", "B02"], units: "DN"}]')
BODY: dict[str, Any] = {
    "input": {
        "bounds": {"bbox": BULGARIA, "properties": {"crs": f"{EPSG}4326"}},
        "data": [
            {
                "type": "sentinel-2-l2a",
                "dataFilter": {
                    "timeRange": {"from": "2021-06-01T00:00:00Z", "to": "2021-06-30T23:59:59Z"},
                    "maxCloudCoverage": 10,
                },
            }
        ],
    },
    "output": {
        "width": 512,
        "height": 512,
        "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}],
    },
    "evalscript": DN,
}


def body(changes: dict[str, Any]) -> dict[str, Any]:
    """The body with some fields, named by their path, changed; `...` removes one."""
    changed: Any = copy.deepcopy(BODY)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = changed
        for name in parents:
            place = place[int(name) if name.isdecimal() else name]
        if value is ...:
            del place[last]
        else:
            place[int(last) if last.isdecimal() else last] = value
    return dict(changed)


def ask(session: requests.Session, **changes: Any) -> requests.Response:
    names = {name.replace("__", "."): value for name, value in changes.items()}
    return session.post(PROCESS_URL, json=body(names), timeout=30)


def image(session: requests.Session, **changes: Any) -> np.ndarray:
    answer = ask(session, **changes)
    assert answer.status_code == 200, answer.text
    with MemoryFile(answer.content) as memory, memory.open() as source:
        return np.asarray(source.read())
