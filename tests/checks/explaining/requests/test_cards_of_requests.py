"""What the cards of exercises 1, 2 and 9 say of answers that were once told something untrue."""

from collections.abc import Iterator
from typing import NamedTuple

from autograder.checks.check import check_workspace
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all

SEND, ORDER = (
    "oauth.post(catalog_url, json=search_body)",
    "oauth.post(process_url, json=request_body)",
)
BARE_HEADER = (
    "__import__('requests').post(catalog_url, json=search_body, headers={'Authorization': 'x'})"
)
LIST_OF_A_HELPER = (
    "  return colours(sample);\n}\nfunction colours(s) { return [s.B04, s.B03, s.B02]; }"
)
RETURNS = "  return [sample.B04, sample.B03, sample.B02];\n}"
FORMAT = '        "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}],\n'
CALL = "download_clcpluslabel(filename, bbox, year)"


class Case(NamedTuple):
    """An answer: what it changes in the solution, the name of what is said, and words of it."""

    number: int
    old: str
    new: str
    mistake: str = ""
    words: str = ""
    also: tuple[str, str] = ("", "")


CASES = (
    # Another body was posted: its box is not what is wrong.
    Case(
        1, SEND, "oauth.post(catalog_url, json=example_search)", "another-body", "`example_search`"
    ),
    Case(
        2, ORDER, "oauth.post(process_url, json=example_order)", "another-body", "`example_order`"
    ),
    Case(2, ORDER, "oauth.post(process_url, json=search_body)", "another-body", "`search_body`"),
    # 31 June is no date.
    Case(1, "06-30T23", "06-31T23", "no-such-day", "30 days"),
    Case(2, "06-30T23", "06-31T23", "no-such-day", "30 days"),
    # The units were asked for, the cloud limit is what is wrong.
    Case(
        2,
        '"maxCloudCoverage": 10',
        '"maxCloudCoverage": 0.1',
        "cloud-limit-as-fraction",
        "per cent",
    ),
    Case(
        2,
        '"maxCloudCoverage": 10',
        '"maxCloudCoverage": 0.5',
        "cloud-of-a-fraction",
        "0.5 per cent",
    ),
    Case(
        2, '"maxCloudCoverage": 10', '"maxCloudCoverage": "10%"', "cloud-with-per-cent-sign", "10%"
    ),
    # A blank that was left in is called a blank.
    Case(2, "f.write(response.content)", "f.write(___)", "blank-used", "blank"),
    # The arguments of the download.
    Case(
        9,
        CALL,
        "download_clcpluslabel(bbox, year, filename)",
        "download-arguments-in-another-order",
        "First",
    ),
    Case(9, CALL, "download_clcpluslabel(filename, bbox)", "download-without-year", "no year"),
    Case(9, CALL, "download_clcpluslabel(filename, *bbox, year)", "download-box-unpacked", "star"),
    Case(
        9,
        CALL,
        "download_clcpluslabel(filename, [1.6, 43.7, 1.7, 43.8], year)",
        "box-in-degrees",
        "degrees",
    ),
    # What a recorded mistake resembles, but is not.
    Case(1, '"course-client"', '"course_client"', "client-misspelt", "`course_client`"),
    Case(1, SEND, BARE_HEADER, "token-without-bearer", "Bearer"),
    # Right, in another form; remarks that nobody ever saw.
    Case(1, "cloud_cover < 10", "cloud_cover <= 9.99"),
    Case(1, "cloud_cover < 10", "cloud_cover <= 10", "", "exactly 10 %"),
    Case(
        2,
        'bands: ["B04", "B03", "B02"], units: "DN"',
        'bands: ["B04", "B03", "B02"]',
        "",
        "unit DN",
    ),
    Case(2, "UINT16", "FLOAT32", "", "decimal numbers"),
    Case(2, "sentinel2/bulgaria", "bulgaria", "", "another place"),
    Case(2, RETURNS, LIST_OF_A_HELPER),
    Case(2, FORMAT, "", also=(ORDER, f'{ORDER[:-1]}, headers={{"Accept": "image/tiff"}})')),
)


def said() -> Iterator[tuple[Case, str, str]]:
    """Each case with the name of its mistake, and message and remarks."""
    with recorder() as player:
        for notebook in read_all():
            numbers = {item.number for item in notebook.exercises}
            if not numbers & {case.number for case in CASES}:
                continue
            for manifest in exercises_in_place(player, notebook):
                for case in CASES:
                    if case.number != manifest.number:
                        continue
                    assert case.old in manifest.solution
                    with player.replaying(case.number):
                        code = manifest.solution.replace(case.old, case.new).replace(*case.also)
                        verdict = check_workspace(player.workspace(code, case.number))
                    yield case, verdict.mistake, f"{verdict.message} {' '.join(verdict.remarks)}"


def test_cards_say_what_was_seen() -> None:
    cards = list(said())
    assert len(cards) == len(CASES)
    for case, mistake, words in cards:
        assert mistake == case.mistake, (case, words)
        assert case.words in words, (case, words)
