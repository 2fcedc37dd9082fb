"""The Process API refuses as Sentinel Hub does, and has an answer to everything."""

import json
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.sentinelhub.process_requests import BODY, EPSG, SCRIPT, ask, body
from utils.reference import PROCESS_URL


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"output__width": 2501}, "BAD_PAYLOAD", "`width = 2501` is larger than allowed 2500."),
        ({"output__height": 0}, "BAD_PAYLOAD", "Parameter `height` must be"),
        ({"output__width": "512"}, "BAD_PAYLOAD", "Parameter `width` must be"),
        ({"output__resx": 0.01}, "BAD_PAYLOAD",
         "Only width and height or resx and resy can be set at the same time."),
        ({"output": {"resx": 0.002, "resy": 0.1}}, "BAD_PAYLOAD",
         "`width = 3500`, calculated from resx, is larger than allowed 2500."),
        ({"output": {"resx": -1}}, "BAD_PAYLOAD", "Parameter `resx` must be"),
        ({"output__width": 100}, "EXCEPTION", "Your request of "),
        ({"output": ...}, "EXCEPTION", "Your request of 2235.21 meters per pixel exceeds the limit"
         " 1500.00 meters per pixel of the collection S2L2A."),
        ({"input": ...}, "BAD_PAYLOAD", "Parameter `input` is required."),
        ({"input__bounds": ...}, "BAD_PAYLOAD", "Parameter `input->bounds` is required."),
        ({"input__bounds__bbox": ...}, "BAD_PAYLOAD", "Parameter `bbox` or `geometry` is required"),
        ({"input__bounds__bbox": [22, 41, 29]}, "BAD_PAYLOAD", "Parameter `bbox` must be an array"),
        ({"input__bounds__bbox": [29, 41, 22, 44]}, "BAD_PAYLOAD", "Parameter `bbox` must be"),
        ({"input__bounds__bbox": [22, 41, 29, 94]}, "BAD_PAYLOAD", "Longitudes of `bbox`"),
        ({"input__bounds__properties__crs": "EPSG:4326"}, "BAD_PAYLOAD", "Unsupported crs EPSG"),
        ({"input__bounds__properties__crs": EPSG + "9999"}, "BAD_PAYLOAD", "Unsupported crs"),
        ({"input__data": []}, "BAD_PAYLOAD", "Parameter `input->data` must not be empty."),
        ({"input__data__0__type": "S2"}, "BAD_PAYLOAD", "Illegal collection"),
        ({"input__data__0__type": "sentinel-2-l1c"}, "BAD_PAYLOAD", "Illegal collection: offline"),
        ({"input__data__0__dataFilter__maxCloudCoverage": 101}, "BAD_PAYLOAD",
         "Parameter `maxCloudCoverage` must be"),
        ({"input__data__0__dataFilter__maxCloudCoverage": "0-10"}, "BAD_PAYLOAD",
         "Parameter `maxCloudCoverage` must be"),
        ({"input__data__0__dataFilter__mosaickingOrder": "best"}, "BAD_PAYLOAD",
         "Parameter `mosaickingOrder` must be"),
        ({"input__data__0__processing": {"upsampling": "LANCZOS"}}, "BAD_PAYLOAD", "Resampling"),
        ({"input__data__0__dataFilter__timeRange__from": "2021-07-01T00:00:00Z"}, "BAD_PAYLOAD",
         "Parameter `timeRange` must have"),
        ({"input__data__0__dataFilter__timeRange__to": "30 June"}, "BAD_PAYLOAD",
         "Parameter `timeRange` must have"),
        ({"output__responses__0__identifier": "ndvi"}, "BAD_PAYLOAD",
         "Output ndvi requested but missing from function setup()"),
        ({"output__responses__0__format__type": "GTiff"}, "BAD_PAYLOAD", "Format type GTiff"),
        ({"output__responses__0__format__type": "image/jpeg"}, "BAD_PAYLOAD",
         "Format image/jpeg does not support sampleType UINT16."),
        ({"evalscript": ...}, "BAD_PAYLOAD", "Parameter `evalscript` is required."),
        ({"evalscript": SCRIPT.replace("B02", "B10")}, "EXCEPTION",
         "Failed to evaluate script! \nReferenceError: B10 is not defined"),
        ({"evalscript": SCRIPT.replace("sample.B02", "sample.B08")}, "EXCEPTION",
         "Failed to evaluate script! \nReferenceError: B08 is not defined"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(
    session: requests.Session, changes: dict[str, Any], code: str, message: str
) -> None:
    answer = ask(session, **changes)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["message"].startswith(message)
    assert (error["status"], error["reason"]) == (400, "Bad Request")
    assert error["code"] == f"COMMON_{code}"
    if "errors" in error:
        assert error["errors"][0]["violation"] == error["message"]


def test_bulgaria_is_not_too_coarse_but_less_would_be(session: requests.Session) -> None:
    assert ask(session, output__width=390).status_code == 200
    assert ask(session, output__width=370).status_code == 400


def test_an_empty_body_is_refused(session: requests.Session) -> None:
    error = session.post(PROCESS_URL, timeout=10).json()["error"]
    assert (error["code"], error["message"]) == (
        "COMMON_BAD_PAYLOAD", "Request body should be non-empty.",
    )  # fmt: skip
    assert session.post(PROCESS_URL, data="{", timeout=10).status_code == 400


@pytest.mark.usefixtures("services")
def test_without_a_token_nothing_is_rendered() -> None:
    answer = requests.post(PROCESS_URL, json=BODY, timeout=10)
    error = answer.json()["error"]
    assert answer.status_code == error["status"] == 401
    assert (error["reason"], error["code"]) == ("Unauthorized", "COMMON_UNAUTHORIZED")


PATHS = st.sampled_from(
    [
        "input", "input.bounds", "input.bounds.bbox", "input.bounds.geometry",
        "input.bounds.properties", "input.bounds.properties.crs", "input.data", "input.data.0",
        "input.data.0.type", "input.data.0.dataFilter", "input.data.0.dataFilter.timeRange",
        "input.data.0.dataFilter.maxCloudCoverage", "input.data.0.dataFilter.timeRange.from",
        "input.data.0.processing", "output", "output.width", "output.resx", "output.responses",
        "output.responses.0", "output.responses.0.format", "evalscript",
    ]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "bbox", "from", "to"]), inner)
    ),
    max_leaves=6,
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=PATHS, value=JSON)
def test_any_value_of_any_field_gets_an_answer(
    session: requests.Session, path: str, value: Any
) -> None:
    small = {"output.width": 390, "output.height": 270} if path != "output" else {}
    changes = small | {path: value}
    content = json.dumps(body(changes))  # which lets infinity pass
    answer = session.post(PROCESS_URL, data=content, timeout=30)
    assert answer.status_code in {200, 400}
