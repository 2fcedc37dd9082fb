"""The report groups wrong answers without a name; `make drafts` writes a draft for each group."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.checks.explaining.claims import plain
from autograder.checks.judging.unexplained import Unexplained
from autograder.grading.afterwards.drafts import SENTENCE, as_change
from autograder.grading.reports.tally import without_a_name
from autograder.grading.results.record import Example, Record
from autograder.grading.results.store import Store
from autograder.notebooks.source import Change, Manifest
from tests.grading.reports.reading_pages import report, text_of
from tests.grading.results.many_records import MANIFESTS, hostile_records, learners

COUNTS = (7, 4, 2, 1)
"""How many learners gave which answer."""


def answer(number: int) -> Example:
    values = [float(number), 2.0]
    left = Unexplained("centre", "The centre", str(values), {"kind": "numbers", "values": values})
    return Example(8, f"center_lat = {number}\n<b>&", replace(left, wrong=("centre", "map")))


def a_class() -> list[Record]:
    everyone = [record for record in learners(40) if not record.problem]
    given = [number for number, count in enumerate(COUNTS) for _ in range(count)]
    return [
        replace(record, examples=(answer(number),))
        for record, number in zip(everyone, given, strict=False)
    ]


def test_answers_are_grouped_by_what_they_left_the_largest_group_first() -> None:
    groups = without_a_name(a_class())
    assert [len(group.examples) for group in groups] == list(COUNTS)
    assert [group.shown for group in groups] == [answer(number) for number in range(len(COUNTS))]


def test_the_report_shows_each_group_with_an_answer_as_text(tmp_path: Path) -> None:
    records = a_class()
    page = report(tmp_path, records)
    section = page.find(".//section[@aria-labelledby='unnamed']")
    assert section is not None
    rows = [text_of(row) for row in section.findall("table/tbody/tr")]
    for number, (count, words) in enumerate(zip(COUNTS, rows, strict=True)):
        assert words.startswith(f"{count} 8 The centre : [{number}.0, 2.0]")
        assert f"center_lat = {number} <b>&" in words
    assert all(record.student in " ".join(rows) for record in records)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda item: str(item.number))
def test_a_change_makes_the_answer_again(manifest: Manifest) -> None:
    solution = manifest.solution
    handed_in = [change.apply(solution) for change in (*manifest.mistakes, *manifest.accepted)]
    odd = ["", "x = (", f"import os\n{solution}", f"{solution}\nprint(1)", manifest.starter]
    for source in (*handed_in, *odd):
        change = as_change("draft-1", manifest, source)
        bare = "\n".join(re.sub(r"\s*# TODO\b.*", "", line) for line in source.splitlines())
        assert plain(change.apply(solution)) == plain(bare)
    small = [as_change("draft-1", manifest, source) for source in handed_in]
    assert sum(solution not in change.replace for change in small) > len(small) / 2


def drafts_of(results: Path, records: list[Record]) -> subprocess.CompletedProcess[str]:
    results.mkdir(exist_ok=True)
    store = Store(results)
    for record in records:
        store.put(record)
    command = [sys.executable, "-m", "autograder.grading.afterwards", "drafts", str(results)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_drafts_are_written_and_replace_those_of_an_earlier_run(tmp_path: Path) -> None:
    results = tmp_path / "results é"
    for _ in range(2):
        run = drafts_of(results, a_class())
        assert (run.returncode, run.stderr) == (0, "")
        files = sorted((results / "drafts").iterdir())
        assert len(files) == len(COUNTS)
    for number, file in enumerate(files):
        words = file.read_text(encoding="utf-8")
        [entry], sentence = _parts(words)
        assert sentence == {f"draft-{number + 1}": SENTENCE}
        [manifest] = [item for item in MANIFESTS if item.number == 8]
        made = Change(entry["name"], entry["replace"]).apply(manifest.solution)
        assert made == answer(number).source
        assert f"{COUNTS[number]} in the class" in words
        assert "Wrong: centre, map" in words


def _parts(words: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The entry and the sentence in the text of a draft."""
    first, second = words.split("# Below `mistakes` in ")
    return yaml.safe_load(first), yaml.safe_load(second.partition("\n")[2])


def test_hostile_answers_make_no_draft_that_cannot_be_read(tmp_path: Path) -> None:
    records = [
        replace(record, student=f"learner-{place}")
        for place, record in enumerate(hostile_records())
        if record.examples and record.student.isprintable()
    ]
    run = drafts_of(tmp_path, records)
    assert (run.returncode, run.stderr) == (0, "")
    for file in (tmp_path / "drafts").iterdir():
        assert _parts(file.read_text(encoding="utf-8"))


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "autograder.grading.afterwards", "drafts", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "holds no results" in run.stderr
    assert "Traceback" not in run.stderr
