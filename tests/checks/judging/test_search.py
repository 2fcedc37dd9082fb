"""Of several searches, the one is judged that `results` came from, else the last that succeeded."""

import json
from typing import Any

import pytest

from autograder.checks.exercises import exercise_01_search as search
from autograder.checks.reading import facts
from autograder.checks.reading.workspace import Workspace
from utils.reference import CATALOG_URL

FOUND = facts.texts(["A", "B"])


def entry(place: int, status: int, *names: str) -> dict[str, Any]:
    """A search with its answer, as the journal has it; ``place`` tells one from another."""
    features = {"features": [{"id": name} for name in names]}
    return {
        "method": "POST",
        "url": CATALOG_URL,
        "request": {"body": json.dumps({"collections": [str(place)]}), "headers": {}},
        "response": {"status": status, "body": json.dumps(features), "headers": {}},
    }


@pytest.mark.parametrize(
    ("ids", "sent", "judged"),
    [
        (FOUND, [entry(1, 200, "A", "B"), entry(2, 200, "C")], 1),
        (FOUND, [entry(1, 200, "A", "B"), entry(2, 200, "A")], 1),
        (FOUND, [entry(1, 200, "A"), entry(2, 200, "B"), entry(3, 200, "C")], 2),
        (facts.missing("was never assigned"), [entry(1, 200, "A"), entry(2, 400)], 1),
        (facts.texts([]), [entry(1, 200, "A"), entry(2, 400)], 1),
    ],
)
def test_which_search_is_judged(ids: facts.Fact, sent: list[Any], judged: int) -> None:
    workspace = Workspace(names={}, exercise=1, requests=sent)
    claims = {
        "result_ids": ids,
        "result_keys": facts.texts(["id"]),
        "response": facts.missing("was never assigned"),
    }
    read = search.conclude(claims, workspace)
    assert read["collections"] == facts.texts([str(judged)])
