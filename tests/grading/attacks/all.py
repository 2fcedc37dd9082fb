"""All attacks, by kind."""

from tests.grading.attacks import read, tamper, talk, write

ATTACKS = [*tamper.ATTACKS, *read.ATTACKS, *write.ATTACKS, *talk.ATTACKS]
