"""All attacks, by kind."""

from tests.grading.attacks.kinds import (
    blind,
    crash,
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
        *(exhaust, blind, flood, hang, crash, malformed),
    )
    for attack in module.ATTACKS
]
