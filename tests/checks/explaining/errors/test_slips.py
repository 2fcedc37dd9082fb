"""Misspelt names and lost arguments of all solutions, run in place: the real one is named."""

import random
from collections import Counter

from autograder.checks.explaining import errors
from autograder.checks.reading import facts
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all
from tests.checks.explaining.errors import slips

EVERY = 3
"""Every third slip is run: each takes a tenth of a second."""


def test_the_real_name_is_nearest_and_the_lost_argument_is_told() -> None:
    chance = random.Random(9)
    tried: Counter[str] = Counter()
    lost = []
    with recorder() as player:
        for notebook in read_all():
            for manifest in exercises_in_place(player, notebook):
                names = slips.misspelt_names(manifest.solution, chance, 1)
                every = [*names, *slips.arguments_left_out(manifest.solution)]
                for slip in every[chance.randrange(EVERY) :: EVERY]:
                    with player.replaying(manifest.number):
                        workspace = player.workspace(slip.code, manifest.number)
                        if not workspace.error:
                            continue  # a function that takes any argument, or needs none
                        problem = {"problem": facts.problem(workspace)}
                        found = errors.explain(problem, manifest.number)
                    tried[slip.kind] += 1
                    near = found.values.get("near", "") if found else ""
                    told = slip.kind == "left out" and found and found.key not in errors.GENERAL
                    if f"`{slip.real}`" not in near and not told:
                        lost.append((manifest.number, slip.kind, slip.line, slip.wrong, found))
    print(f"{tried.total() - len(lost)} of {tried.total()} slips found:", dict(tried))
    assert tried.total() > 100
    assert len(lost) <= 0.05 * tried.total(), lost
