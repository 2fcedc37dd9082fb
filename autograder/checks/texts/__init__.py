"""What the checker says, by language: one file for each exercise, and one for all of them.

```yaml
hints:               # one after the other, for hint(N)
facts:               # by fact, or by fact and state (ndvi-missing): nothing more is known of it
mistakes:            # by the name of a mistake in solutions/*.md
remarks:             # by the name of an accepted answer there
explanations:        # by the key of an explanation; {name} stands for a value
  turned: "`{name}` is turned by a quarter."
  other-band:        # may bring a pair of its own, two descriptions of the same form
    say: "`{name}` holds band {band}."
    found: "band {band}"
    expected: "band {right}"
types:               # what a value of a type is called in a sentence
```
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Texts:
    """All sentences of one exercise, or those of any exercise; see the top of this module."""

    hints: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, Entry] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)


def of_exercise(number: int) -> Texts:
    """The sentences of an exercise in the learner's language.

    Raises:
        CourseError: The file has another form.
    """
    return read(f"exercise_{number:02d}", language())


def explanation(exercise: int, key: str) -> Entry | None:
    """The entry of an explanation: the exercise's own, else that of any exercise."""
    own, common = of_exercise(exercise), read(ANY_EXERCISE, language())
    return own.explanations.get(key) or common.explanations.get(key)


@cache
def read(name: str, code: str) -> Texts:
    """All sentences of one file; none where there is no such file.

    Args:
        name: ``exercise_05`` or `ANY_EXERCISE`.
        code: Code of the language.

    Raises:
        CourseError: The file has another form.
    """
    file = FOLDER / code / f"{name}.yaml"
    return parsed(file.read_text(encoding="utf-8"), file.name) if file.is_file() else Texts()


def parsed(words: str, name: str) -> Texts:
    """The sentences in the text of a file.

    Raises:
        CourseError: It has another form.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it is there
    try:
        sections = yaml.load(words, Loader=loader) or {}
        entries = sections.pop("explanations", None) or {}
        hints = sections.pop("hints", None) or ()
        plain = {
            section: {str(key): one_line(value) for key, value in (texts or {}).items()}
            for section, texts in sections.items()
        }
        return Texts(
            hints=tuple(one_line(hint) for hint in hints),
            explanations={str(key): _entry(value) for key, value in entries.items()},
            **plain,
        )
    except (AttributeError, TypeError, yaml.YAMLError) as problem:
        raise CourseError(
            f"{name} has another form ({one_line(str(problem))})",
            "the sections and keys as in the other exercises, a colon only in quotation marks",
            "Mend it there",
        ) from None


def one_line(words: str) -> str:
    """A text on one line, as it is shown.

    Raises:
        AttributeError: It is no text.
    """
    return " ".join(words.split())


def _entry(value: Any) -> Entry:
    fields = {"say": value} if isinstance(value, str) else value
    return Entry(**{name: one_line(words) for name, words in fields.items()})
