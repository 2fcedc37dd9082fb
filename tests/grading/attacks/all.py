"""All attacks, by kind."""

from tests.grading.attacks import (
    crash,
    exhaust,
    hang,
    malformed,
    persist,
    read,
    talk,
    tamper,
    write,
)

ATTACKS = [
    attack
    for module in (tamper, read, write, talk, persist, exhaust, hang, crash, malformed)
    for attack in module.ATTACKS
]
