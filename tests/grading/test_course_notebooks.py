"""The notebooks of the course through ``make grade``: as released 0, solved everything."""

import csv
import shutil
from pathlib import Path

import pytest

from autograder.grading.course import ASSIGNMENT, SOLUTIONS
from tests.grading.small_course import ROOT, grade

EXERCISES = range(1, 12)
NDVI_NOTEBOOK = "02-patches-with-rasterio.ipynb"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], dict[str, str]]:
    folder: Path = tmp_path_factory.mktemp("course")
    for student, notebooks in (("released", ROOT / "course" / ASSIGNMENT), ("solved", SOLUTIONS)):
        shutil.copytree(notebooks, folder / "submitted" / student / ASSIGNMENT)
    partial = folder / "submitted" / "partial" / ASSIGNMENT
    partial.mkdir(parents=True)
    code = (SOLUTIONS / NDVI_NOTEBOOK).read_text(encoding="utf-8")
    (partial / NDVI_NOTEBOOK).write_text(code.replace("nir - red", "red - nir"), encoding="utf-8")
    process = grade(folder / "submitted", folder / "results")
    assert process.returncode == 0, process.stderr
    with open(folder / "results" / "grades.csv", encoding="utf-8", newline="") as file:
        return {(row["student_id"], int(row["exercise"])): row for row in csv.DictReader(file)}


def test_there_is_a_row_for_each_of_the_eleven_exercises(
    rows: dict[tuple[str, int], dict[str, str]],
) -> None:
    assert list(rows) == [
        (who, number) for who in ("partial", "released", "solved") for number in EXERCISES
    ]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_solved_notebooks_score_everything(
    rows: dict[tuple[str, int], dict[str, str]], exercise: int
) -> None:
    row = rows["solved", exercise]
    assert (row["score"], row["max_score"]) == ("5", "5"), row["message"]
    assert row["mistake"] == ""


@pytest.mark.parametrize("exercise", EXERCISES)
def test_released_notebooks_score_nothing_and_say_why(
    rows: dict[tuple[str, int], dict[str, str]], exercise: int
) -> None:
    row = rows["released", exercise]
    assert (row["score"], row["max_score"]) == ("0", "5")
    assert row["message"]


def test_partial_points_the_mistake_and_the_split_reach_the_table(
    rows: dict[tuple[str, int], dict[str, str]],
) -> None:
    row = rows["partial", 5]
    assert (row["score"], row["mistake"]) == ("2", "sign-reversed")
    assert row["aspects"] == "values 0/3; display 2/2"
    assert rows["partial", 6]["message"] == "notebook 03-geopandas is missing"
