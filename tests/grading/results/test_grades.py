"""``grades.csv`` can be opened in a spreadsheet, whatever learners wrote."""

import codecs
import csv
import io
from pathlib import Path

import pytest

from autograder.grading.results.grades import COLUMNS, MAX_TEXT, safe_text, write_grades
from autograder.grading.results.record import ByHand, Record, Row

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "|cmd",
    "  =1+1",
    "\t=1+1",
    "\r\n=1+1",
    '"=1+1"',
    "'=1+1",
    '" =1+1',
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹢1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u202e=1+1",
    'right;=HYPERLINK("http://x","y")',
    "right; @SUM(A1)",
    "right;＝1+1",
]


def starts(line: str, separator: str) -> list[str]:
    """What the cells of a line begin with where a spreadsheet splits at `separator`."""
    (cells,) = csv.reader(io.StringIO(line), delimiter=separator)
    return [cell.lstrip(' "')[:1] for cell in cells]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_text_of_a_learner_is_a_formula(text: str, separator: str, tmp_path: Path) -> None:
    by_hand = ByHand(1.0, text)
    row = Row(1, 0.0, 5.0, text, text, text, text, text, {text: text}, by_hand, text)
    write_grades(tmp_path / "grades.csv", [Record(text, "", (row,))])
    _, line = (tmp_path / "grades.csv").read_text("utf-8").splitlines()
    assert not set(starts(line, separator)) & set("=+-@|＝＋－＠﹢")


@pytest.mark.parametrize(
    "text", ["Read B8, not B4.", "values 2/3; display 0/2", "-", "a = b", "1 - 2", "O'Brien", ""]
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == (text if text != "-" else "'-")


def test_text_stays_on_one_line_of_bounded_length() -> None:
    assert safe_text("a\n\nb\x1b[31m\u2028c\x00d") == "a b [31m c d"
    assert len(safe_text("x" * 10_000)) == MAX_TEXT


def test_rows_are_sorted_and_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    rows = tuple(Row(number, number / 2, 5.0, message="é") for number in (10, 2, 1))
    records = [Record(student, "", rows) for student in ("b", "a")]
    write_grades(tmp_path / "one.csv", records)
    write_grades(tmp_path / "two.csv", reversed(records))
    text = (tmp_path / "one.csv").read_bytes()
    assert text == (tmp_path / "two.csv").read_bytes()
    assert text.decode("utf-8-sig").splitlines()[:5] == [
        ",".join(COLUMNS),
        "a,1,0.5,5,,é,,,,,,",
        "a,2,1,5,,é,,,,,,",
        "a,10,5,5,,é,,,,,,",
        "b,1,0.5,5,,é,,,,,,",
    ]
    assert text.startswith(codecs.BOM_UTF8), "by which spreadsheets read accents right"


def test_the_table_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    write_grades(path, [Record("a", "", (Row(1, 5.0, 5.0),))])
    before = path.read_bytes()
    no_score: float = "five"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="format"):
        write_grades(path, [Record(name, "", (Row(1, no_score, 5.0),)) for name in "ab"])
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["grades.csv"]
