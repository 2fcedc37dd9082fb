"""What was handed over is judged as it would be in the notebook, with what the grader saw."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.checks.check import check_workspace
from autograder.checks.exercises import MODULES
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.verdict import Verdict
from autograder.checks.reading.workspace import Workspace
from autograder.checks.showing.card import MIME_TYPE, Card
from autograder.grading.handing_over.code_cell import Cell, Kind
from autograder.grading.handing_over.evidence import Claims, Packed, pack, unpack
from autograder.grading.processes.judge_exercise import (
    Seen,
    check_output,
    judge_exercise,
    read_beneath,
    source_of,
)
from autograder.grading.results.record import NOT_JUDGED
from autograder.patches import PRACTICE
from tests.grading.handing_over.handed_over import HandedOver, handed_over, in_place

EXPECTATIONS = PRACTICE / "expectations"
NUMBERS = tuple(MODULES)


def judged(one: HandedOver, claims: Claims | None = None, **seen: Any) -> Verdict:
    claims = claims or unpack(one.packed, one.number)
    return judge_exercise(one.number, claims, replace(one.seen, **seen), one.cells, EXPECTATIONS)


# --- the same verdict as in the notebook ----------------------------------------------------------


def test_every_known_answer_gets_the_verdict_of_the_notebook() -> None:
    """Solutions, starters, accepted answers and mistakes, with every word of the card."""
    others, count = [], 0
    for player, manifest in in_place():
        answers = [manifest.solution, manifest.starter]
        changes = (*manifest.accepted, *manifest.mistakes)
        answers += [change.apply(manifest.solution) for change in changes]
        for code in answers:
            with player.replaying(manifest.number):
                workspace = player.workspace(code, manifest.number)
                here = check_workspace(workspace).as_data()
                one = handed_over(workspace, player.folder)
                graded = judged(one)
            count += 1
            if graded.as_data() != here:
                others.append((manifest.number, code, here, graded.as_data()))
    assert count > 180
    assert not others, others[0]


# --- what the child has no say in -----------------------------------------------------------------


def test_a_number_typed_into_the_submitted_code_counts_as_typed(
    honest: dict[int, HandedOver],
) -> None:
    one = honest[3]
    typed = "tile_bounds = (3649890.0, 2331750.0, 3652390.0, 2334250.0)"
    verdict = judged(replace(one, source=f"{one.source}\n{typed}"))
    assert verdict.mistake == "typed-in"
    assert "geography" not in verdict.holds


def test_the_way_of_joining_is_read_from_the_submitted_code(honest: dict[int, HandedOver]) -> None:
    verdict = judged(replace(honest[7], source="joined = nuts[nuts.NUTS_ID == 'FRJ27']"))
    assert verdict.mistake.startswith("join")
    assert "join" not in verdict.holds


def test_code_is_taken_from_the_exercise_and_from_added_cells_only() -> None:
    kinds: list[tuple[Kind, int]] = [
        ("given", 0),
        ("exercise", 3),
        ("extra", 3),
        ("extra", 4),
        ("check", 3),
    ]
    cells = [
        Cell(place, f"cell-{place}", kind, number, f"x = {place}")
        for place, (kind, number) in enumerate(kinds)
    ]
    assert source_of(cells, 3) == "x = 1\nx = 2"


@pytest.mark.parametrize(("number", "kept"), [(1, ()), (2, ()), (9, ("labels",)), (10, ("file",))])
def test_without_requests_and_uploads_nothing_is_believed(
    honest: dict[int, HandedOver], number: int, kept: tuple[str, ...]
) -> None:
    assert judged(honest[number]).passed
    assert judged(honest[number], requests=(), objects=()).holds == kept


def test_an_object_that_cannot_be_read_costs_its_points(honest: dict[int, HandedOver]) -> None:
    def unreadable(_: str) -> bytes:
        raise OSError

    assert "upload" not in judged(honest[10], read_object=unreadable).holds


def test_a_label_may_be_asked_for_with_a_form(honest: dict[int, HandedOver]) -> None:
    one = honest[9]
    requests = []
    for entry in one.requests:
        url, _, options = entry["url"].partition("?")
        form = dict(entry["request"], body=options)
        requests.append(dict(entry, method="POST", url=url, request=form))
    assert judged(one, requests=requests).passed


def test_what_is_no_class_need_not_be_shown(honest: dict[int, HandedOver]) -> None:
    """A label with a code for water out at sea, left out when the map is drawn."""
    one = honest[11]
    claims = unpack(one.packed, 11)
    label, shown = (claims.facts[name]["array"].copy() for name in ("img_array", "shown"))
    label[:20], shown[:20] = 253, 0
    facts = {
        name: claims.facts[name] | {"array": array}
        for name, array in (("img_array", label), ("shown", shown))
    }
    assert judged(one, replace(claims, facts=claims.facts | facts)).passed
    shown[100:120] = 0
    facts["painted"] = {"kind": "missing", "why": "not every pixel has its class's colour"}
    assert "labels" not in judged(one, replace(claims, facts=claims.facts | facts)).holds


def test_requests_of_any_form_are_judged(honest: dict[int, HandedOver]) -> None:
    """What a learner sends is theirs to choose, also what no client would send."""
    deep = "[" * 50_000
    bodies = [deep, "[]", '{"bbox": []}', '{"bbox": {"a": 1}}', '{"input": [], "output": 3}']
    bodies += ['{"intersects": {"coordinates": [[1e999, 1]]}}', '{"datetime": 5, "filter": [[]]}']
    bodies += [f'{{"input": {{"bounds": {{"geometry": {{"coordinates": [[{10**400}, 1]]}}}}}}}}']
    for number in (1, 2, 9, 10):
        one = honest[number]
        for body in bodies:
            requests = [
                dict(entry, request=dict(entry["request"], body=body)) for entry in one.requests
            ]
            assert judged(one, requests=requests).mistake != NOT_JUDGED
        for query in ("bbox=%20", "bbox=1,2", "bbox=a,b,c,d", "bbox=1,2,3,4,5", "bbox=1e999,0,0,0"):
            requests = [
                dict(item, url=item["url"].split("?")[0] + f"?{query}") for item in one.requests
            ]
            assert judged(one, requests=requests).mistake != NOT_JUDGED


# --- files ------------------------------------------------------------------------------------


def _outside(folder: Path) -> Path:
    secret = folder.parent / "secret.npy"
    secret.write_bytes(b"secret")
    return secret


def _link(folder: Path) -> Path:
    (folder / "link.npy").symlink_to(_outside(folder))
    return folder / "link.npy"


def _linked_folder(folder: Path) -> Path:
    _outside(folder)
    (folder / "up").symlink_to(folder.parent)
    return folder / "up" / "secret.npy"


def _upwards(folder: Path) -> Path:
    _outside(folder)
    return folder / "a" / ".." / ".." / "secret.npy"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize(
    "make",
    [
        _outside,
        _link,
        _linked_folder,
        _upwards,
        _pipe,
        lambda folder: folder,
        lambda folder: folder / "missing",
        lambda folder: folder / "a\0b",
        lambda folder: folder / ("x" * 5000),
        lambda folder: Path("/dev/zero"),
        lambda folder: Path("file.npy"),
    ],
)
def test_only_files_in_the_learners_folder_are_read(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file.npy").write_bytes(b"mine")
    assert read_beneath(folder, folder / "file.npy", 100) == b"mine"
    assert read_beneath(folder, make(folder), 100) is None


def test_files_below_the_folder_are_read_up_to_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(b"12345")
    assert read_beneath(tmp_path, tmp_path / "a" / "." / "b" / "file", 5) == b"12345"
    assert read_beneath(tmp_path, tmp_path / "a" / "b" / "file", 4) == b""


def test_a_folder_reached_by_a_link_is_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert read_beneath(tmp_path / "link", tmp_path / "real" / "file", 9) == b"12345"


def test_the_local_file_is_the_one_in_the_folder_and_not_one_that_is_told_of(
    honest: dict[int, HandedOver], tmp_path: Path
) -> None:
    claims = unpack(honest[10].packed, 10)
    assert judged(honest[10], objects=()).holds == ("file",)
    elsewhere = replace(claims, folder=str(tmp_path))
    assert judged(honest[10], elsewhere, objects=()).holds == ()
    assert judged(honest[10], objects=(), folder=tmp_path).holds == ()


# --- nothing handed over, and words ---------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_what_was_not_handed_over_earns_nothing_and_says_why(number: int) -> None:
    reason = "memory limit of 2 GB reached in exercise-4"
    verdict = judge_exercise(number, None, Seen(), [], EXPECTATIONS, reason)
    assert verdict.score == 0
    assert verdict.max_score == 5
    assert (verdict.mistake, verdict.message) == (NOT_JUDGED, reason)
    assert judge_exercise(number, None, Seen(), [], EXPECTATIONS).message


def test_given_results_are_named_and_others_are_not(honest: dict[int, HandedOver]) -> None:
    claims = unpack(honest[3].packed, 3)
    verdict = judged(honest[3], replace(claims, given=("rgb",)))
    assert "`rgb` came from `catch_up(3)`" in verdict.remarks[-1]


NASTY = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>`<b>"


def spoilt(number: int, kind: str, key: str, value: object) -> list[Packed]:
    """Empty evidence with one fact replaced, for each fact in turn."""
    packed = pack(number, Workspace({}, number))
    content = json.loads(packed.description)
    return [
        Packed(
            json.dumps(
                content | {"facts": content["facts"] | {name: {"kind": kind, key: value}}}
            ).encode()
        )
        for name in content["facts"]
        if name != "error" or kind == "text"
    ]


@pytest.mark.parametrize("number", NUMBERS)
def test_words_of_a_learner_are_never_html(number: int) -> None:
    facts = [
        *spoilt(number, "text", "text", NASTY),
        *spoilt(number, "missing", "why", NASTY),
        *spoilt(number, "other", "type", NASTY),
        *spoilt(number, "texts", "texts", [NASTY]),
    ]
    for packed in facts:
        for source in ("x = 1", ""):
            cells = [Cell(0, "exercise", "exercise", number, source)]
            verdict = judge_exercise(number, unpack(packed, number), Seen(), cells, EXPECTATIONS)
            html = check_output(verdict)["data"]["text/html"]
            assert "<script" not in html
            assert "<img src=x" not in html
            assert "<b>" not in html
    stopped = judge_exercise(number, None, Seen(), [], EXPECTATIONS, NASTY)
    assert "<script" not in check_output(stopped)["data"]["text/html"]


def test_the_output_is_what_a_notebook_shows(honest: dict[int, HandedOver]) -> None:
    for one in honest.values():
        verdict = judged(one)
        output = check_output(verdict)
        assert output["data"] == Card.of(verdict)._repr_mimebundle_()
        assert float(output["data"]["text/plain"]) == verdict.score == 5
        assert output["data"][MIME_TYPE]["exercise"] == one.number
        assert output["output_type"] == "execute_result"


def test_the_folder_says_which_world_is_meant(
    honest: dict[int, HandedOver], tmp_path: Path
) -> None:
    expectation = expectations.load(6)
    expectations.write(expectations.path(tmp_path, 6), replace(expectation, title="Elsewhere"))
    one = honest[6]
    verdict = judge_exercise(6, unpack(one.packed, 6), one.seen, one.cells, tmp_path)
    assert verdict.title == "Elsewhere"
    assert verdict.passed


def test_the_patch_that_was_opened_is_the_one_that_is_judged(honest: dict[int, HandedOver]) -> None:
    claims = unpack(honest[3].packed, 3)
    second = claims.tile_url.replace("3649890_2331750_0_937", "3737390_2381750_0_412")
    assert judged(honest[3], replace(claims, tile_url=second)).score == 0
    unknown = claims.tile_url.replace("3649890", "3649891")
    assert judged(honest[3], replace(claims, tile_url=unknown)).passed


def test_numbers_in_long_code_are_found_in_no_time(honest: dict[int, HandedOver]) -> None:
    claims = unpack(honest[6].packed, 6)
    angle = np.linspace(0, 6.28, 19_000)
    points = ", ".join(f"{np.cos(a):.9f} {np.sin(a):.9f}" for a in [*angle, angle[0]])
    outline = {"kind": "geometry", "wkt": f"POLYGON (({points}))"}
    source = "\n".join(f"x = {place}.12345" for place in range(1000))
    many = replace(claims, facts=claims.facts | {"tile_geom": outline})
    assert judged(replace(honest[6], source=source), many).mistake != NOT_JUDGED
    assert judged(replace(honest[6], source="x = " + "(" * 100_000)).passed
