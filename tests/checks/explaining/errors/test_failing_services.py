"""Where a service fails under the solution, the card blames the service and not the learner."""

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.judging.verdict import Verdict
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all
from utils.reference import (
    NUTS_URL,
    PRACTICE_PATCH_URL,
    PROCESS_URL,
    S3_HOST,
    TOKEN_URL,
)

ASKED = {1: TOKEN_URL, 2: PROCESS_URL, 3: PRACTICE_PATCH_URL, 7: NUTS_URL, 10: f"https://{S3_HOST}"}
"""A service that the solution of each exercise asks."""

LOST = {"connection-lost", "refused"}
BUSY = {"service-busy", "service-failed", "token-refused", "refused"}

KINDS = {
    "500": BUSY,
    "503": BUSY,
    "429": BUSY,
    "reset": LOST,
    "refused": LOST,
    "no-name": LOST,
    "untrusted": {"certificate-unknown", "refused"},
}
"""What a card may name for each fault; ``refused`` tells an error of the course's own functions."""


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[int, str], Verdict]:
    """The verdict on each solution under each fault, run where it stands in its notebook."""
    found = {}
    with recorder() as player:
        for notebook in read_all():
            for manifest in exercises_in_place(player, notebook):
                number = manifest.number
                for kind in KINDS if number in ASKED else ():
                    with player.replaying(number):
                        player.client.fail(kind, ASKED[number])
                        workspace = player.workspace(manifest.solution, number)
                        player.client.mend()
                        found[number, kind] = check_workspace(workspace)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", ASKED)
def test_the_service_is_named(
    number: int, kind: str, verdicts: dict[tuple[int, str], Verdict]
) -> None:
    verdict = verdicts[number, kind]
    assert not verdict.passed
    assert verdict.mistake in KINDS[kind], verdict.message
    for innocent in ("Your code", "Your request"):
        blamed = verdict.message.replace(f"{innocent} is not the reason", "")
        assert innocent not in blamed
