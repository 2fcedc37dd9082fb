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
# Of any exercise:
pairs:               # found and expected, by what differs
colours:             # names of colours by their code
types:               # what a value of a type is called in a sentence
places:              # names of places on Earth, as after "in"
card:                # the card, and the panels around it
```

An exercise also explains its most common misconceptions in a fold, and asks a question once it is
right:

```yaml
why:
  any-topic:
    when: [turned, other-band]   # names of mistakes, keys of explanations
    say: "The idea behind: {count} of your pixels …"   # a value is one of the exercise's figures
    picture: ndvi                # maybe: a fact of it that is drawn, and what is said of it
    caption: "Your `ndvi`: dark is low."
question:
  ask: "Which two bands make water stand out?"
  form: "(first, second)"        # as it stands in answer(5, …)
  right: "Yes. …"
  wrong:                         # by the key that the exercise's module finds
    no-pair: "Two numbers are wanted."
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
class Fold:
    """The idea behind some mistakes; see the top of this module."""

    when: tuple[str, ...]
    say: str
    picture: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked once an exercise is right; see the top of this module."""

    ask: str
    form: str
    right: str
    wrong: Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """All sentences of one exercise, or those of any exercise; see the top of this module."""

    hints: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, Entry] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    card: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, Fold] = field(default_factory=dict)
    question: Question | None = None
    places: Mapping[str, str] = field(default_factory=dict)
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


def card(key: str, **values: object) -> str:
    """A sentence of the card or of a panel, with its values.

    Raises:
        KeyError: There is no such sentence, or a value is lacking.
    """
    return read(ANY_EXERCISE, language()).card[key].format_map(values)


def pair(key: str, **values: object) -> str:
    """A description of what was found or expected, with its values.

    Raises:
        KeyError: There is no such description, or a value is lacking.
    """
    return read(ANY_EXERCISE, language()).pairs[key].format_map(values)


def of_place(key: str) -> str:
    """The name of a place on Earth in the learner's language, as it stands after "in"."""
    return read(ANY_EXERCISE, language()).places[key]


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
        folds, question = sections.pop("why", None) or {}, sections.pop("question", None)
        plain = {
            section: {str(key): one_line(value) for key, value in (texts or {}).items()}
            for section, texts in sections.items()
        }
        return Texts(
            hints=tuple(one_line(hint) for hint in hints),
            explanations={str(key): _entry(value) for key, value in entries.items()},
            why={str(topic): _fold(**fields) for topic, fields in folds.items()},
            question=_question(**question) if question else None,
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


def _fold(when: list[str], **words: str) -> Fold:
    return Fold(tuple(map(str, when)), **{name: one_line(text) for name, text in words.items()})


def _question(wrong: Mapping[str, str], **words: str) -> Question:
    said = {str(key): one_line(text) for key, text in wrong.items()}
    return Question(wrong=said, **{name: one_line(text) for name, text in words.items()})
