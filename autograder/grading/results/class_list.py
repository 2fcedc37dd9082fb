"""The class list: who the learners are, by the names of the folders that were handed in.

Of anonymous results this is the key, which stands apart from them, for its owner only.
"""

import csv
import hashlib
import io
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from autograder.careful_files import write_file
from autograder.grading.results.grades import safe_text
from utils.errors import CourseError

KEY = "student_id"
"""Column of a class list that holds the names of the folders that were handed in."""

COLUMNS = {"name": "full name", "email": "e-mail address", "id": "number in the LMS"}
"""Columns of a class list that may stand beside it, and what they are."""

Person = Mapping[str, str]

KEPT = "class.csv"
"""The class list in a folder of results: the one that was given last."""


def read_class_list(path: Path) -> dict[str, Person]:
    """A class list: csv with ``student_id`` and any of `COLUMNS`; by student.

    Raises:
        CourseError: The file cannot be read, or has no such column.
    """
    expected = f"a csv file with the columns {KEY} and any of {', '.join(COLUMNS)}"
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"NAMES {path} cannot be read ({error})", expected, "") from error
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = list(csv.DictReader(lines, delimiter=delimiter))
    if not rows or KEY not in rows[0]:
        found = ", ".join(rows[0]) if rows else "nothing below its first line"
        raise CourseError(f"NAMES {path} has {found}", expected, "Name its columns so")
    return {
        normalize("NFC", row[KEY]): {name: row.get(name) or "" for name in COLUMNS} for row in rows
    }


def keep_class_list(path: Path, results: Path) -> None:
    """Put a class list into a folder of results, for this run and all that follow.

    Raises:
        OSError: The results cannot be written.
    """
    write_file(results / KEPT, path.read_bytes(), mode=0o600)


def class_list(results: Path, given: Path | None = None) -> dict[str, Person]:
    """The class list that is given, else the one in a folder of results, else an empty one.

    Raises:
        CourseError: It cannot be read.
    """
    kept = results / KEPT
    if given is None and not os.path.lexists(kept):
        return {}
    return read_class_list(given or kept)


def forget_in_class_list(results: Path, student: str) -> None:
    """Leave a learner out of the class list in a folder of results.

    Raises:
        CourseError: It cannot be read.
        OSError: The results cannot be written.
    """
    people = class_list(results)
    if people.pop(normalize("NFC", student), None) is not None:
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow((KEY, *COLUMNS))
        table.writerows((other, *person.values()) for other, person in people.items())
        write_file(results / KEPT, text.getvalue().encode(), mode=0o600)


def name_of(student: str, people: Mapping[str, Person]) -> str:
    """The full name of a learner by the class list; the folder's name where it has none."""
    return people.get(normalize("NFC", student), {}).get("name") or student


# --- the key of anonymous results ----------------------------------------------------------------

KEY_COLUMNS = ("student_id", "name", "fingerprint")
"""The id in the results, the name to read, and what tells names apart that read alike."""


@dataclass(frozen=True)
class Key:
    """The ids of students, by the fingerprint of their names."""

    rows: dict[str, tuple[str, str]]

    def id_of(self, name: str) -> str:
        """The id of a student; empty for who has none yet."""
        return self.rows.get(_fingerprint(name), ("", ""))[0]


def key_file(results: Path) -> Path:
    """The key of a folder of results, which lies beside it."""
    return results.with_name(f"{results.name}-key.csv")


def read_key(results: Path) -> Key:
    """The key of a folder of results; an empty one where there is none.

    Raises:
        CourseError: The file cannot be read.
    """
    file = key_file(results)
    try:
        rows = csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
        return Key({row["fingerprint"]: (row["student_id"], row["name"]) for row in rows})
    except FileNotFoundError:
        return Key({})
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise CourseError(
            f"{file} cannot be read ({error})",
            "The key of these anonymous results",
            "Bring it back",
        ) from error


def ids_for(results: Path, names: Iterable[str]) -> dict[str, str]:
    """A random id for each name, the same one each time; new ones are in the key first.

    Args:
        results: Folder of results, whose lock the caller holds.
        names: Names of students.

    Raises:
        CourseError: The key cannot be read.
        OSError: It cannot be written.
    """
    names = list(names)
    key = read_key(results)
    new = [name for name in names if not key.id_of(name)]
    for name in new:
        key.rows[_fingerprint(name)] = (f"learner-{secrets.token_hex(5)}", safe_text(name))
    if new:
        _write_key(results, key)
    return {name: key.id_of(name) for name in names}


def forget_in_key(results: Path, student: str) -> None:
    """Leave a learner out of the key of anonymous results: nothing tells any more whose id it was.

    Args:
        results: Folder of results, whose lock the caller holds.
        student: The learner's id.

    Raises:
        CourseError: The key cannot be read.
        OSError: It cannot be written.
    """
    key = read_key(results)
    left = {mark: who for mark, who in key.rows.items() if who[0] != student}
    if left != key.rows:
        _write_key(results, Key(left))


def _write_key(results: Path, key: Key) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(KEY_COLUMNS)
    table.writerows(sorted((*who, mark) for mark, who in key.rows.items()))
    write_file(key_file(results), text.getvalue().encode("utf-8-sig"), mode=0o600)


def _fingerprint(name: str) -> str:
    """What stands for a name, whatever characters it has."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:32]
