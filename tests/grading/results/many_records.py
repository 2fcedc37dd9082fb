"""Records of many learners who answered, erred and gave up as learners do, and of hostile ones."""

import random
from datetime import datetime

from autograder.checks.judging.unexplained import Unexplained
from autograder.grading.reports.pages import RunFacts
from autograder.grading.results.record import Example, Record, Row, without_score
from autograder.notebooks.source import Manifest, read_all

MANIFESTS = tuple(item for notebook in read_all() for item in notebook.exercises)
TITLES = {manifest.number: manifest.title for manifest in MANIFESTS}
BEST = sum(sum(manifest.aspects.values()) for manifest in MANIFESTS)
RUN = RunFacts(
    ended=datetime(2025, 6, 1, 12, 30),
    seconds=754.2,
    kept=3,
    seed=123456789012345,
    patch="Graded on another patch than the one you worked on.",
    patch_for_instructors="Graded on a patch that no learner has worked on.",
)
FIRST = ("Aïcha", "Björn", "Chloé", "Dimitar", "Elif", "Fatou", "Giulia", "Hiro", "Ines", "João")
LAST = ("Ångström", "Берова", "Castillo", "de la Tour", "Eriksen", "Fontaine", "García", "Hoxha")
PROBLEMS = (
    "no notebook was handed in",
    "the folder name holds characters that do not print; rename the folder",
)
NOTES = (
    "Notebook 03-geopandas is missing.",
    "Cell exercise-4 was found without its id, behind the text of exercise 4.",
    "A second check of exercise 5 was left out.",
)


def row(manifest: Manifest, skill: float, chance: random.Random) -> Row:
    """One exercise of a learner who succeeds with a probability of ``skill``."""
    best = float(sum(manifest.aspects.values()))
    earned = dict(manifest.aspects)
    mistake = message = ""
    if chance.random() > skill:
        found = min(chance.choices(manifest.mistakes, k=2), key=manifest.mistakes.index)
        mistake, message = found.name, manifest.texts.mistakes[found.name]
        lost = chance.sample(sorted(earned), chance.randint(1, len(earned)))
        earned |= dict.fromkeys(lost, 0)
    if chance.random() > 0.6 + skill:
        mistake, message = "not-attempted", "Run this exercise's cell first, then check again."
        earned = dict.fromkeys(earned, 0)
    split = "; ".join(f"{name} {earned[name]}/{manifest.aspects[name]}" for name in earned)
    return Row(manifest.number, float(sum(earned.values())), best, mistake, message, split)


def learners(count: int) -> list[Record]:
    """Records of some learners, the same ones each time."""
    chance = random.Random(7)
    records = []
    for number in range(count):
        student = f"{chance.choice(FIRST)} {chance.choice(LAST)} {number:03d}"
        skill = chance.betavariate(4, 1.5)
        rows = tuple(row(manifest, skill, chance) for manifest in MANIFESTS)
        seconds = chance.gauss(1.5, 0.2)
        problem = ""
        stopped: tuple[str, ...] = ()
        notes: tuple[str, ...] = ()
        if chance.random() < 0.03:
            problem = chance.choice(PROBLEMS)
            rows = tuple(without_score(row.exercise, row.max_score, problem) for row in rows)
        elif chance.random() < 0.03:
            stopped, seconds = ("memory limit of 2 GB reached in exercise-4",), 31.0
        if chance.random() < 0.08:
            notes = tuple(chance.sample(NOTES, chance.randint(1, 2)))
        if chance.random() < 0.01:
            seconds = 48.0
        records.append(
            Record(student, f"{number:064x}", rows, problem, stopped, notes, seconds=seconds)
        )
    return records


HOSTILE = (
    "<script>window.ran = 1; document.title = 'ran'</script>",
    "</td></table></script><img src=x onerror='window.ran = 1'>",
    '"><svg onload="window.ran = 1">',
    "' onmouseover='window.ran = 1' style='position:fixed;inset:0",
    "</style></bdi></title><iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
    "{{ 7 * 7 }}{% raw %} ${7 * 7} `<b>code</b>` ]]> <!-- -->",
    "javascript:window.ran=1",
    "\u202egnp.exe \u2066isolate \u200bzero\u200fwidth \u2028line",
    "شيماء العربية 12 من 5",
    "\x00\x01\x1b[31mred\x7f\x85\ufeff\ufffe\ud800",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "Z̸̡̢̛̗̘a" + "\u0335\u0321" * 200,
    "..",
    "a/../../b\\c",
    "x" * 10_000,
    "word " * 2_000,
)


def hostile_records() -> list[Record]:
    """Records in which every text is hostile, of graded submissions and of others."""
    records = []
    for number, text in enumerate(HOSTILE):
        rows = tuple(
            Row(manifest.number, 1.0, 5.0, text, f"{text} {text}", text, text, text, {text: text})
            for manifest in MANIFESTS
        )
        lists = (text,) * 30
        left = Unexplained(text, text, text, {"kind": "text", "text": text}, (text,), text)
        examples = tuple(Example(row.exercise, text, left) for row in rows)
        records.append(Record(text, "", rows, "", lists, lists, (), examples, 1.0))
        none = tuple(without_score(row.exercise, row.max_score, text) for row in rows)
        records.append(Record(f"{text} {number}", "", none, text, lists, lists, seconds=1.0))
    return records
