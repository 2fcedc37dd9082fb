"""Which bands an image shows is found whatever the script's text looks like."""

import pytest
import requests

from autograder.services.sentinelhub.bands_shown import HEADER, bands_shown
from autograder.services.sentinelhub.evalscript import read_script
from tests.services.sentinelhub.process_requests import SCRIPT, ask
from tests.services.sentinelhub.test_evalscript import script


@pytest.mark.parametrize(
    ("channels", "before", "returned", "expected"),
    [
        (3, "", "[sample.B04, sample.B03, sample.B02]", ["B04", "B03", "B02"]),
        (4, "", "[sample.B04, sample.B03, sample.B02, sample.dataMask]", ["B04", "B03", "B02"]),
        (3, "", "[sample.B04, 0, 1]", ["B04"]),
        (1, "", "[index(sample.B08, sample.B04)]", ["B04+B08"]),
        (2, "", "[sample.B04, sample.B03].map(v => Math.round(255 * Math.min(1, 2.5 * v)))",
         ["B04", "B03"]),
        (1, "", "[sample.B04 > 0 ? sample.B03 : sample.B02]", ["B03"]),
        (1, "if (!sample.dataMask) { return [sample.B02]; }", "[Math.sqrt(sample.B04)]", ["B04"]),
        (2, "const o = []; for (const b of ['B02', 'B08']) { o.push(sample[b]); }", "o",
         ["B02", "B08"]),
        (1, "", "[0 / 0]", []),
    ],
)  # fmt: skip
def test_the_bands_of_each_channel_are_named(
    channels: int, before: str, returned: str, expected: list[str]
) -> None:
    text = script(returned, channels, before=before)
    assert bands_shown(read_script(text), "default") == expected


def test_digital_numbers_and_masks_alone_are_understood() -> None:
    inputs = '[{bands: ["B04", "B08", "SCL"], units: ["DN", "REFLECTANCE", "DN"]}]'
    text = script("[sample.SCL === 4 ? sample.B04 / 20000 : 0, sample.B08]", 2, inputs=inputs)
    assert bands_shown(read_script(text), "default") == ["B04", "B08"]
    assert bands_shown(read_script(script("1", inputs='["dataMask"]')), "default") == []


def test_the_answer_names_them(session: requests.Session) -> None:
    assert ask(session, evalscript=SCRIPT).headers[HEADER] == "B04, B03, B02"
