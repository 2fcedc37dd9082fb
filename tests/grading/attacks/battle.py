"""One class of attackers and honest learners, graded by one run, and what became of each."""

import csv
import html
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.grading.course import read_course
from autograder.grading.handed_in.student_names import shown_name
from autograder.grading.limits import Limits
from autograder.grading.results.store import open_run
from autograder.grading.worlds.grading_world import course_digest, new_seed
from autograder.root import ASSIGNMENT, RELEASED, ROOT
from tests.grading.attacks.attack import MARKER, TIMEOUT, Attack, answered, solutions, write
from tests.grading.attacks.ground import Ground, hidden_texts
from tests.grading.conftest import SEED

WORKERS = 4
"""More than cores, because attacks that hang wait most of the time."""

NEIGHBOURS = ("aaa-honest", "honest", "zzz-honest")
"""Learners who attack nobody; the second one makes `MISTAKE`."""

MISTAKE = ("src.read(8)", "src.read(9)")
"""In exercise 5: the right code, and a known mistake."""

FULL = {exercise.number: exercise.points for exercise in read_course().exercises}

Json = dict[str, Any]

NUMBER = re.compile(r"\d+\.\d+(?:e[-+]?\d+)?")
PICTURE = re.compile(r"[A-Za-z0-9+/\\n]{500,}=*")
"""Base64, in lines or not."""


class Battle:
    """Grades attacks in one class with honest learners.

    Args:
        attacks: The attacks.
        world: A world that was made with `SEED`; ``None`` to have it drawn.

    Attributes:
        ground: Where it takes place.
        process: The command that graded the class.
        alone: Rows of the honest learners, graded without the attackers.
        before: All that nobody may change, with fingerprints.
        after: The same after grading.
        left: Processes that still ran after the command.
    """

    def __init__(self, attacks: Sequence[Attack], world: Path | None = None) -> None:
        self.attacks = attacks
        self.ground = Ground()
        self._words = ["--timeout", str(TIMEOUT), "--workers", str(WORKERS), "--seed", str(SEED)]
        self._hand_in_neighbours()
        alone = self.ground.folder / "alone"
        if world:
            _begin(alone, world)
        self._grade(alone)
        self.alone = self._lines(alone)
        # The same world, without making it a second time.
        shutil.copytree(alone / "world", self.ground.results / "world")
        shutil.copy2(alone / "run.json", self.ground.results)
        shutil.rmtree(alone)
        secret = self.ground.results / "secret.txt"
        secret.write_text(f"{self.ground.secret('results')}\n")
        for attack in attacks:
            attack.hand_in(self.ground.submitted, self.ground.places(attack.student))
        self.before = self.ground.belongings()
        self.process = self._grade(self.ground.results)
        self.after = self.ground.belongings()
        self.left: list[str] = json.loads(self._report.read_text("utf-8"))

    def _hand_in_neighbours(self) -> None:
        for name in NEIGHBOURS:
            notebooks = answered(tuple(FULL))
            for cell in (cell for notebook in notebooks.values() for cell in notebook["cells"]):
                if cell["id"] == "exercise-5" and name == NEIGHBOURS[1]:
                    cell["source"] = cell["source"].replace(*MISTAKE)
                if cell["id"] == "exercise-3":
                    cell["source"] += f"\n# {self.ground.secret(name)}"
            folder = self.ground.submitted / name / ASSIGNMENT
            folder.mkdir(parents=True)
            write(folder, notebooks)

    @property
    def _report(self) -> Path:
        return self.ground.folder / "processes.json"

    def _grade(self, results: Path) -> "subprocess.CompletedProcess[str]":
        keeper = Path(__file__).with_name("keeper.py")
        command = [sys.executable, keeper, self._report, sys.executable, "-m", "autograder.grading"]
        process = subprocess.run(
            [*map(str, command), str(self.ground.submitted), str(results), *self._words],
            cwd=ROOT,
            env=self.ground.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (results / "grades.csv").exists(), process.stderr
        return process

    def _lines(self, results: Path) -> dict[str, list[list[str]]]:
        """Lines of the honest learners in ``grades.csv``."""
        with open(results / "grades.csv", encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        return {name: [line for line in lines if line[0] == name] for name in NEIGHBOURS}

    # --- the class ----------------------------------------------------------------------------

    @cached_property
    def records(self) -> dict[str, Json]:
        """What became of each submission, by student."""
        found = {}
        for path in sorted((self.ground.results / "records").glob("*.json")):
            record = json.loads(path.read_text("utf-8"))
            found[record["student"]] = {**record, "path": path}
        return found

    def harm(self) -> list[str]:
        """What the attackers did to others, in words; empty where there is nothing."""
        found = [f"{line} still runs" for line in self.left]
        found += [f"something reached the socket {name}" for name in self.ground.heard()]
        found += [f"something of kind {name} was left" for name in self.ground.shared()]
        found += [f"{path} carries an attacker's mark" for path in self.ground.marked()]
        found += [
            f"{path} changed: {self.before.get(path)} -> {self.after.get(path)}"
            for path in sorted(self.before.keys() | self.after.keys())
            if self.before.get(path) != self.after.get(path)
        ]
        found += [f"{path} was left" for path in self.ground.temporary.iterdir()]
        now = self._lines(self.ground.results)
        found += [
            f"{name} has other rows than alone: {now[name]}"
            for name in NEIGHBOURS
            if now[name] != self.alone[name] or not now[name]
        ]
        scores = sorted({row[2] for row in self.alone[NEIGHBOURS[1]]})
        if scores != ["2", "5"] and len(scores) < 2:
            found.append(f"the learner with a mistake has {scores}")
        if "Traceback" in self.process.stderr:
            found.append(f"the grader failed: {self.process.stderr[-500:]}")
        return found + self._gradebook_faults()

    def _gradebook_faults(self) -> list[str]:
        """Where the gradebook is damaged, or says other things than the records."""
        with closing(sqlite3.connect(self.ground.results / "gradebook.db")) as database:
            (state,) = database.execute("PRAGMA integrity_check").fetchone()
            totals = dict(
                database.execute(
                    "SELECT submitted_assignment.student_id, SUM(grade.auto_score) FROM grade"
                    " JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id"
                    " JOIN submitted_assignment"
                    " ON submitted_notebook.assignment_id = submitted_assignment.id"
                    " WHERE grade.manual_score IS NULL GROUP BY submitted_assignment.student_id"
                )
            )
        expected = {
            name: sum(row["score"] or 0.0 for row in record["rows"])
            for name, record in self.records.items()
            if not record["problem"]
        }
        faults = [] if state == "ok" else [f"the gradebook is damaged: {state}"]
        totals = {name: total for name, total in totals.items() if total is not None}
        if totals != expected:
            other = {n for n in totals | expected if totals.get(n) != expected.get(n)}
            faults.append(f"the gradebook has other scores for {sorted(other)}")
        return faults

    # --- one attack ---------------------------------------------------------------------------

    def record(self, attack: Attack) -> Json:
        """What became of an attacker."""
        return self.records[shown_name(attack.student)]

    def points(self, attack: Attack) -> float:
        """Points earned by what was not answered honestly."""
        rows = self.record(attack)["rows"]
        return float(sum(r["score"] or 0.0 for r in rows if r["exercise"] not in attack.honest))

    def reason(self, attack: Attack) -> str:
        """Why it was stopped, or what else there is to say."""
        record = self.record(attack)
        first = min(attack.code, default=1)
        message = next(r["message"] for r in record["rows"] if r["exercise"] == first)
        shown = [line for line in self.shown(attack).splitlines() if line.startswith("refused: ")]
        return str(record["problem"] or "; ".join(record["stopped"]) or (shown or [message])[0])

    def shown(self, attack: Attack) -> str:
        """All text that the graded notebooks show of an attacker's cells."""
        folder = self.ground.results / "autograded" / shown_name(attack.student)
        found: list[str] = []
        for path in sorted(folder.rglob("*.ipynb")):
            for cell in json.loads(path.read_text("utf-8"))["cells"]:
                for output in cell.get("outputs", []):
                    found += _texts(output)
        return "\n".join(found)

    def faults(self, attack: Attack) -> list[str]:
        """Where an attack succeeded, or was none; empty where it held."""
        try:
            record = self.record(attack)
        except KeyError:
            return ["there is no record of it"]
        faults = [*self._wrong_points(attack, record), *self._leaks(attack)]
        shown = self.shown(attack)
        words = (MARKER, *attack.says) if attack.tries else attack.says
        faults += [f"its outputs do not show {word!r}" for word in words if word not in shown]
        messages = [row["message"] for row in record["rows"]]
        told = "\n".join([record["problem"], *record["stopped"], *record["notes"], *messages])
        if not re.search(attack.stopped, told):
            faults.append(f"the reason {attack.stopped!r} is not given, but: {told[:300]}")
        return faults

    def _wrong_points(self, attack: Attack, record: Json) -> Iterator[str]:
        scores = {row["exercise"]: row["score"] or 0.0 for row in record["rows"]}
        if scores.keys() != FULL.keys():
            yield f"it has rows for exercises {sorted(scores)}"
        for number, score in scores.items():
            if number in attack.honest and score != FULL[number]:
                yield f"exercise {number} was answered honestly and earned {score:g}"
            if number not in attack.honest and score > attack.gains.get(number, 0):
                yield f"exercise {number} earned {score:g}"

    def _leaks(self, attack: Attack) -> Iterator[str]:
        """What came out that nobody should get to know."""
        own = "".join(json.dumps(notebook) for notebook in answered(attack.honest).values())
        own += "".join(attack.code.values())
        known = _plain(own)
        hidden = {words for words in self._hidden if words not in known}
        numbers = {words for words in hidden if NUMBER.fullmatch(words)}
        for path in self._files(attack):
            text = _plain(path.read_bytes().decode("utf-8", "replace"))
            for place, secret in self.ground.secrets.items():
                if secret in text:
                    yield f"{path.name} holds the secret {place}"
            found = numbers & set(NUMBER.findall(text))
            found |= {words for words in hidden - numbers if words in text}
            for words in sorted(found)[:3]:
                yield f"{path.name} holds what is hidden: {words}"

    @cached_property
    def _hidden(self) -> set[str]:
        handed_out = "".join(path.read_text("utf-8") for path in RELEASED.glob("*.ipynb"))
        known = _plain(handed_out)
        for tree in ("autograder/checks", "utils"):  # what learners have on their own machine
            known += "".join(path.read_text("utf-8") for path in (ROOT / tree).rglob("*.py"))
        return hidden_texts(self.ground.results, solutions(), known)

    def _files(self, attack: Attack) -> Iterator[Path]:
        """What was written for or about one attacker."""
        name, results = shown_name(attack.student), self.ground.results
        yield self.record(attack)["path"]
        for folder in (results / "autograded" / name, results / "feedback" / name):
            yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
        yield from (path for path in (results / "report").glob(f"{name}.html"))

    def leaks_in_common(self) -> list[str]:
        """Secrets in what was written for all."""
        results = self.ground.results
        files = [results / name for name in ("grades.csv", "report.html", "grading.log")]
        files += [*results.glob("gradebook.db*"), *(results / "report").glob("*")]
        return [
            f"{path.name} holds the secret {place}"
            for path in files
            for place, secret in self.ground.secrets.items()
            if secret.encode() in path.read_bytes() and path.stem not in NEIGHBOURS
        ]

    def close(self) -> None:
        """Clear away everything."""
        self.ground.close()


def _begin(results: Path, world: Path) -> None:
    """Begin a run in a world that was drawn before."""

    def copy(folder: Path, seed: int) -> None:
        shutil.copytree(world, folder)

    results.mkdir()
    open_run(
        results,
        course=course_digest(),
        seed=SEED,
        practice=False,
        limits=replace(Limits(), cell_seconds=float(TIMEOUT)),
        new_seed=new_seed,
        make_world=copy,
    )


def _plain(text: str) -> str:
    """Text with what html and json write otherwise, without the bytes of pictures."""
    text = html.unescape(PICTURE.sub("", text))
    return text + "\n" + text.replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\")


def _texts(value: Any) -> list[str]:
    """All texts in json."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return ["".join(value)]
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []
