"""Write the report, and read its pages as the browser would, only more strictly."""

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from autograder.grading.reports.pages import write_report
from autograder.grading.results.record import Record
from tests.grading.results.many_records import RUN, TITLES


def report(folder: Path, records: list[Record]) -> Element:
    """Write the report and read the page on all learners."""
    write_report(folder, records, TITLES, RUN)
    return read(folder / "report.html")


def read(page: Path) -> Element:
    """A page, which must be as well-formed as XML: nothing that it tells has become markup."""
    return ElementTree.fromstring(page.read_text("utf-8"))


def text_of(element: Element) -> str:
    return one_line(" ".join(element.itertext()))


def one_line(text: str) -> str:
    return " ".join(text.replace("`", " ").split())


def learners_pages(folder: Path) -> list[Path]:
    return sorted((folder / "report").iterdir())
