"""Who is who in anonymous results: a file that stands apart from them, for its owner only.

`make export NAMES=…` takes it for a class list.
"""

import csv
import hashlib
import io
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.careful_files import write_file
from autograder.grading.results.grades import safe_text
from utils.errors import CourseError

COLUMNS = ("student_id", "name", "fingerprint")
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
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(sorted((*who, mark) for mark, who in key.rows.items()))
        write_file(key_file(results), text.getvalue().encode("utf-8-sig"), mode=0o600)
    return {name: key.id_of(name) for name in names}


def _fingerprint(name: str) -> str:
    """What stands for a name, whatever characters it has."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:32]
