"""When something was handed in is told by nbgrader, the LMS or a file that no learner packed."""

import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.grading.handed_in.lms_names import moment
from tests.grading.handed_in.handed_in_files import FIRST, Files, read, tarred, work, write, zipped

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "hour"),
    [
        ("2026-12-01T12:00", UTC, 12),
        ("2026-12-01 12:00:30", UTC, 12),
        ("2026-12-01T12:00Z", PARIS, 12),
        ("2026-12-01T12:00", PARIS, 11),
        ("2026-12-01T12:00+05:30", UTC, 6),
        ("2026-12-01 12:00 -0500", UTC, 17),
        ("2026-12-01 12:00:00.000001 Europe/Paris", UTC, 11),
        ("2026-12-01 12:00:00 UTC\n", PARIS, 12),
    ],
)
def test_a_moment_is_read_with_its_time_zone(text: str, zone: tzinfo, hour: int) -> None:
    assert moment(text, zone).astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-12-01", "12:00", "1 December", "2026-13-01 12:00"),
        *(f"2026-12-01 12:00 {zone}" for zone in ("Mars/Base", "../../etc/passwd", "UTC UTC")),
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever its words
        moment(text, UTC)


def dated_zip(files: Files, when: datetime, in_utc: bool) -> bytes:
    """A zip as programs write it that tell the time in the time zone of nobody knows where."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            if in_utc:
                seconds = int(when.timestamp()).to_bytes(4, "little")
                info.extra = b"UT\x05\x00\x01" + seconds
            archive.writestr(info, content)
    return stream.getvalue()


FILE = f"{FIRST}.ipynb"
WORK = {FILE: work(FIRST)}
BOTH = {f"{who}/{FILE}": work(FIRST) for who in ("ada", "ben")}
MOODLE = "{}_1234567_assignsubmission_file_"
EARLY = datetime(2020, 1, 1, tzinfo=UTC)
PACKED = {
    f"{MOODLE.format(who)}/a.zip": dated_zip(WORK, EARLY, in_utc=True) for who in ("ada", "ben")
}
STAMP = "data-acquisition/timestamp.txt"
WHEN: dict[str, tuple[Callable[[], Files], datetime | None]] = {
    "a file": (lambda: {f"ada/{FILE}": work(FIRST)}, NOON),
    "what nbgrader collected": (
        lambda: {
            f"ada/data-acquisition/{FILE}": work(FIRST),
            f"ada/{STAMP}": b"2026-12-24 20:00:00 Europe/Paris",
        },
        datetime(2026, 12, 24, 19, tzinfo=UTC),
    ),
    "a stamp that is none": (
        lambda: {f"ada/data-acquisition/{FILE}": work(FIRST), f"ada/{STAMP}": b"\xff yesterday"},
        NOON,
    ),
    "a stamp that a learner packed": (
        lambda: {
            "ada/a.zip": zipped(
                {f"data-acquisition/{FILE}": work(FIRST), STAMP: b"2020-01-01 00:00 UTC"}
            )
        },
        NOON,
    ),
    "a stamp below what Moodle names": (
        lambda: {
            f"{MOODLE.format('ada')}/data-acquisition/{FILE}": work(FIRST),
            f"{MOODLE.format('ada')}/{STAMP}": b"2020-01-01 00:00 UTC",
        },
        NOON,
    ),
    "a learner's archive": (lambda: {"ada/a.zip": dated_zip(WORK, EARLY, in_utc=True)}, NOON),
    "an archive in it": (
        lambda: {"ada/a.tar.gz": tarred({"b.zip": dated_zip(WORK, EARLY, in_utc=True)})},
        NOON,
    ),
    "Blackboard's name": (
        lambda: {f"Week 1_ada_attempt_2026-11-30-23-59-00_{FILE}": work(FIRST)},
        datetime(2026, 11, 30, 23, 59).astimezone(),
    ),
    "the zip of a class": (
        lambda: {"all.zip": dated_zip(BOTH, EARLY, in_utc=True)},
        EARLY,
    ),
    "the zip of a class without time zone": (
        lambda: {"all.zip": dated_zip(BOTH, EARLY, in_utc=False)},
        EARLY.replace(tzinfo=None).astimezone(),
    ),
    "the zip of a class without times": (
        lambda: {"all.zip": dated_zip(BOTH, datetime(1980, 1, 1), in_utc=False)},
        None,
    ),
    "an archive of a learner in that of a class": (
        lambda: {"all.zip": dated_zip(PACKED, NOON, in_utc=True)},
        NOON,
    ),
}


@pytest.mark.parametrize("how", WHEN)
def test_the_time_is_that_of_what_no_learner_packed(how: str, tmp_path: Path) -> None:
    files, expected = WHEN[how]
    alone = {} if "all.zip" in files() else {f"zoe/{FILE}": work(FIRST)}
    folder = write(tmp_path / "submitted", {**files(), **alone})
    for path in folder.rglob("*"):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    found = read(folder)["ada"]
    assert found.notebooks.keys() == {FIRST}
    assert found.sent == (expected.timestamp() if expected else 0)
