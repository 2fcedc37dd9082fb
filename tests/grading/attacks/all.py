"""All attacks, by kind."""

from tests.grading.attacks.kinds import (
    crash,
    evade,
    exhaust,
    flood,
    forge,
    hang,
    malformed,
    persist,
    read,
    spy,
    talk,
    tamper,
    write,
)

ATTACKS = [
    attack
    for module in (
        *(tamper, forge, read, spy, write, talk, persist),
        *(exhaust, flood, hang, crash, evade, malformed),
    )
    for attack in module.ATTACKS
]
