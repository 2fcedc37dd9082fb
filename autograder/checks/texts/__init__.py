"""What the checker says, by language: one file for each exercise, and one for all of them.

Each entry is a whole sentence or more under the key of an explanation. ``{name}`` stands for a
value. An entry may bring its own pair of ``found`` and ``expected``, of the same form:

```yaml
turned: "`{name}` is turned by a quarter."
other-band:
  say: "`{name}` holds band {band}."
  found: "band {band}"
  expected: "band {right}"
```
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from utils.errors import CourseError

FOLDER = Path(__file__).parent
ANY_EXERCISE = "any_exercise"
"""File of the sentences that any exercise may need."""


@dataclass(frozen=True)
class Entry:
    """One entry: templates of the sentence, and of found and expected where it brings them."""

    say: str
    found: str = ""
    expected: str = ""

    def filled(self, values: Mapping[str, str]) -> "Entry":
        """The entry with its values.

        Raises:
            KeyError: A value is lacking.
        """
        return Entry(*(part.format_map(values) for part in (self.say, self.found, self.expected)))


def language() -> str:
    """Code of the language that the learner chose with ``COURSE_LANGUAGE``; English by default."""
    chosen = os.environ.get("COURSE_LANGUAGE", "en")
    return chosen if chosen in languages() else "en"


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages there are."""
    files = FOLDER.glob(f"*/{ANY_EXERCISE}.yaml")
    return tuple(sorted(file.parent.name for file in files))


def entry(exercise: int, key: str) -> Entry | None:
    """The entry of a key: the exercise's own, else that of any exercise, else ``None``."""
    own, common = (entries(name, language()) for name in (f"exercise_{exercise:02d}", ANY_EXERCISE))
    return own.get(key) or common.get(key)


@cache
def entries(name: str, code: str) -> Mapping[str, Entry]:
    """All entries of one file; none where there is no such file.

    Args:
        name: ``exercise_05`` or `ANY_EXERCISE`.
        code: Code of the language.

    Raises:
        CourseError: The file has another form.
    """
    import yaml

    file = FOLDER / code / f"{name}.yaml"
    if not file.is_file():
        return {}
    loaded = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return {str(key): _entry(file, str(key), value) for key, value in loaded.items()}


def _entry(file: Path, key: str, value: Any) -> Entry:
    fields = {"say": value} if isinstance(value, str) else value
    try:
        return Entry(**{name: " ".join(words.split()) for name, words in fields.items()})
    except (AttributeError, TypeError):
        raise CourseError(
            f"{file.name}: {key} has another form",
            "a text, or `say` with `found` and `expected`",
            "Mend it there",
        ) from None
