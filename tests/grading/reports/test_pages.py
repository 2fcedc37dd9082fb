"""The report is whole, safe to open, and readable by everybody, whatever learners wrote."""

import base64
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest

from autograder.grading.reports import rendering, tally
from autograder.grading.reports.pages import page_name, write_report
from autograder.grading.results.record import Record, without_score
from autograder.root import ASSIGNMENT
from tests.grading.reports.reading_pages import learners_pages, one_line, read, report, text_of
from tests.grading.results.many_records import BEST, RUN, TITLES, learners


def rows_of(page: Element) -> dict[str, list[str]]:
    """The table of points, by learner."""
    body = page.find(".//table[@id='scores']/tbody")
    assert body is not None
    return {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in body}


def test_the_table_tells_who_has_how_many_points(tmp_path: Path) -> None:
    records = learners(30)
    rows = rows_of(report(tmp_path, records))
    assert len(rows) == 30
    for record in records:
        points, *cells, _ = rows[record.student]
        if record.problem:
            assert record.problem in cells[0]
        else:
            assert points == f"{record.score:g}"
            shown = [cell.split()[0] for cell in cells]
            assert shown == [f"{row.score:g}" for row in record.rows]


def test_numbers_in_the_header_are_those_of_the_records(tmp_path: Path) -> None:
    records = learners(30)
    page = text_of(report(tmp_path, records))
    scores = [record.score for record in records if not record.problem]
    assert f"Graded {len(scores)} 3 in an earlier run" in page
    assert f"Not graded {30 - len(scores)}" in page
    assert f"Mean {sum(scores) / len(scores):.1f} of {BEST:g}" in page


def test_each_mistake_is_counted_by_exercise_with_its_sentence(tmp_path: Path) -> None:
    records = learners(30)
    page = report(tmp_path, records)
    found = tally.mistakes(records)
    assert sum(len(item.students) for item in found) == sum(
        tally.state(row) in ("part", "none")
        for record in tally.graded(records)
        for row in record.rows
    )
    sections = page.findall(".//section[@class='exercise']")
    for number, section in enumerate(sections, start=1):
        lines = [text_of(row) for row in section.findall("table/tbody/tr")]
        expected = [item for item in found if item.exercise == number]
        assert len(lines) == len(expected)
        for line, mistake in zip(lines, expected, strict=True):
            assert line.startswith(f"{len(mistake.students)} {mistake.name}")
            assert one_line(mistake.sentence) in line
        counts = [len(item.students) for item in expected]
        assert counts == sorted(counts, reverse=True)


def not_graded(student: str, reason: str) -> Record:
    rows = tuple(without_score(number, 5.0, reason) for number in TITLES)
    return Record(student, "", rows, problem=reason)


def test_stopped_slow_and_ungraded_submissions_are_listed_with_reasons(tmp_path: Path) -> None:
    usual, *_ = learners(1)
    records = [
        *(replace(usual, student=f"plain-{number}") for number in range(5)),
        replace(usual, student="bomb", stopped=("memory limit of 2 GB reached in exercise-4",)),
        replace(usual, student="sleeper", seconds=75.0),
        not_graded("broken", "no notebook was handed in"),
        replace(usual, student="copier", notes=("Cell exercise-3 is there twice.",)),
    ]
    page = report(tmp_path, records)
    told = {
        heading.attrib["aria-labelledby"]: text_of(heading)
        for heading in page.iter("section")
        if "class" not in heading.attrib
    }
    assert "bomb" in told["trouble"]
    assert "memory limit of 2 GB reached in exercise-4" in told["trouble"]
    assert "sleeper 1 min 15 s Slow" in told["trouble"]
    assert "at most 2 min 0 s for a cell, 30.0 s beyond its cells" in told["trouble"]
    assert "plain" not in told["trouble"]
    assert "1 no notebook was handed in broken" in told["not-graded"]
    assert "copier Cell exercise-3 is there twice." in told["notes"]


def test_a_learners_page_tells_all_about_this_learner_and_nothing_of_others(tmp_path: Path) -> None:
    records = learners(30)
    report(tmp_path, records)
    assert len(learners_pages(tmp_path)) == 30
    for record in records:
        page = text_of(read(tmp_path / "report" / page_name(record.student)))
        for note in (*record.notes, *record.stopped, record.problem):
            assert note in page
        if not record.problem:
            assert f"{record.score:g} of {BEST:g} points" in page
            for row in record.rows:
                assert f"{row.score:g} of {row.max_score:g} points" in page
                assert row.mistake in page
                assert one_line(row.message) in page
        others = {other.student for other in records} - {record.student}
        assert not [other for other in others if other in page]


def test_the_seed_stands_in_the_report_only(tmp_path: Path) -> None:
    report(tmp_path, learners(3))
    assert str(RUN.seed) in (tmp_path / "report.html").read_text("utf-8")
    for page in learners_pages(tmp_path):
        assert str(RUN.seed) not in page.read_text("utf-8")


def test_the_patch_is_shown_on_every_page(tmp_path: Path) -> None:
    picture = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    )
    write_report(tmp_path, learners(2), TITLES, replace(RUN, picture=picture, alternative="A dot."))
    for path in (tmp_path / "report.html", *learners_pages(tmp_path)):
        (image,) = read(path).iter("img")
        assert base64.b64decode(image.attrib["src"].partition(",")[2]) == picture
        assert image.attrib["alt"] == "A dot."
        about = RUN.patch if path.parent.name == "report" else RUN.patch_for_instructors
        assert about in text_of(read(path))


def test_full_names_stand_in_for_those_of_folders_and_sort_like_a_list_on_paper(
    tmp_path: Path,
) -> None:
    names = dict(zip(("s3", "s1", "s2", "s0"), ("Émile", "eva", "Zoë", "Ede"), strict=True))
    records = [replace(record, student=s) for record, s in zip(learners(4), names, strict=True)]
    write_report(tmp_path, records, TITLES, RUN, names)
    table = rows_of(read(tmp_path / "report.html"))
    assert list(table) == ["Ede s0", "Émile s3", "eva s1", "Zoë s2"]
    for student, name in names.items():
        page = text_of(read(tmp_path / "report" / page_name(student)))
        assert f"{name} {student}" in page


def test_what_was_found_and_expected_stands_on_the_learners_page(tmp_path: Path) -> None:
    [record] = learners(1)
    wrong = replace(record.rows[0], score=1.0, found="rows: `18`", expected="rows: `20`")
    wrong = replace(wrong, aspects="a 1/1; b 0/4", reasons={"b": "the page stays empty"})
    report(tmp_path, [replace(record, student="ada", rows=(wrong, *record.rows[1:]))])
    page = text_of(read(tmp_path / "report" / "ada.html"))
    assert "Found rows: 18 Expected rows: 20" in page
    assert "b: not yet (0 of 4) – the page stays empty" in page


def test_pages_of_learners_who_are_gone_are_removed(tmp_path: Path) -> None:
    report(tmp_path, learners(5))
    report(tmp_path, learners(2))
    assert {path.name for path in learners_pages(tmp_path)} == {
        page_name(record.student) for record in learners(2)
    }


def test_nobody_has_handed_in_anything_usable(tmp_path: Path) -> None:
    records = [replace(record, problem="no notebook", rows=()) for record in learners(2)]
    assert "Graded 0" in text_of(report(tmp_path, records))
    report(tmp_path, [])


@pytest.mark.parametrize(
    "name",
    [
        *("alice", "alice_b-2", "Alice", "ALICE", "con", "a.b", "..", "", "é", "x" * 300, "\ud800"),
        *("Zoë Ångström", "Берова Ива", "名" * 80, "\U00020000" * 80),
    ],
)
def test_names_of_pages_are_plain_and_short(name: str) -> None:
    file = page_name(name)
    assert re.fullmatch(r"[\w-]+\.html", file)
    assert file == file.lower()
    assert len(file.encode()) < 250
    for letters in re.findall(r"\w+", name[:40].lower()):
        assert letters in file


def test_no_two_learners_share_a_page_on_any_file_system() -> None:
    names = [
        "alice",
        "Alice",
        "ALICE",
        "a b",
        "a-b",
        "a_b",
        "a--b",
        "é",
        "e\u0301",
        "learner",
        ".",
        "..",
    ]
    names += [page_name(name).removesuffix(".html") for name in names]
    assert len({page_name(name).casefold() for name in set(names)}) == len(set(names))


def test_links_lead_to_files_that_are_there(tmp_path: Path) -> None:
    records = learners(8)
    odd = replace(records[0], student="50% a#b?c&d 'é' \"x\"")
    records[0] = odd
    feedback = tmp_path / "feedback" / odd.student / ASSIGNMENT
    feedback.mkdir(parents=True)
    (feedback / "01-first #1.html").touch()
    links = 0
    report(tmp_path, records)
    for path in (tmp_path / "report.html", *learners_pages(tmp_path)):
        page = read(path)
        ids = {element.attrib["id"] for element in page.iter() if "id" in element.attrib}
        for link in page.iter("a"):
            file, _, place = link.attrib["href"].partition("#")
            target = path.parent / unquote(file) if file else path
            assert target.exists()
            if not file:
                assert place in ids
            elif place:
                assert f'id="{place}"' in target.read_text("utf-8")
            links += "feedback" in file
    assert links == 1


def test_headings_tables_and_language_are_there_for_screen_readers(tmp_path: Path) -> None:
    report(tmp_path, learners(30))
    for path in (tmp_path / "report.html", *learners_pages(tmp_path)):
        page = read(path)
        assert page.attrib["lang"] == "en"
        levels = [
            int(element.tag[1]) for element in page.iter() if re.fullmatch("h[1-6]", element.tag)
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        for table in page.iter("table"):
            caption = table.find("caption")
            assert caption is not None
            assert text_of(caption)
            assert {head.attrib.get("scope") for head in table.iter("th")} == {"col", "row"}
        ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids))
        named = [e.attrib["aria-labelledby"] for e in page.iter() if "aria-labelledby" in e.attrib]
        assert set(named) <= set(ids)


def test_colours_read_well_in_light_and_dark() -> None:
    for theme in re.findall(r":root \{(.*?)\}", rendering._source("style.css"), re.DOTALL):
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        pairs = [(f"{state}-ink", state) for state in ("right", "part", "none", "blank")]
        pairs += [(ink, paper) for ink in ("ink", "quiet", "link") for paper in ("page", "soft")]
        for ink, paper in pairs:
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return sum(
            weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_colour_is_never_the_only_sign() -> None:
    style = rendering._source("style.css")
    for state in rendering.STATES:
        assert f"td.{state}::before" in style


def test_the_report_on_500_learners_is_small(tmp_path: Path) -> None:
    report(tmp_path, learners(500))
    assert (tmp_path / "report.html").stat().st_size < 1_500_000
