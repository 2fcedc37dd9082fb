"""What stopped a learner's cell, as plain facts: exception, the learner's own line, objects.

They are gathered in the kernel when the cell stops (`gathering`), because the objects are there
only then, and explained later, perhaps elsewhere. Each is a text such as ``line=12`` or
``near=read``; a key may stand more than once. In the order of their importance:

- ``kind``: name of the outermost exception's type; ``family``: names of its base classes
- ``said``: its message, in pieces; ``cause``: types of the exceptions that led to it
- ``line``, ``code``: number and text of the learner's own line; ``piece``: the expression in it
- ``node``: the kind of the expression, as `ast` names it; ``direct``: whether it failed itself,
  not some code inside of a library that it called
- ``asked``: the name, attribute, argument, key or file that was asked for
- ``owner``, ``owner-type``: the expression of which it was asked, and its type
- ``near``: the real names that come nearest, nearest first; ``keys``: keys that there are
- ``callee``, ``callee-type``, ``parameter``: the function that was called
- ``argument``: one of the call's, see `Argument`
- ``operand``: type and text of an operand
- ``shows``: a word for something verified on the objects, such as ``blank`` or ``unpacks``
- ``slip``, ``opened``, ``character``: of code that Python cannot read, see `syntax`
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.checks.reading.facts import Fact, words

MAX_PARTS = 200
"""Most texts of one problem."""


@dataclass(frozen=True)
class Argument:
    """An argument as it stands in the learner's call.

    Attributes:
        name: Its name; ``""`` for one that has only a place.
        type: Name of its value's type; ``""`` where that is not known.
        size: How many items its value has; -1 where it has none.
        text: Its source.
        shows: What more is known: ``number-text`` for a text that is a number, ``star``.
    """

    name: str
    type: str
    size: int
    text: str
    shows: str = ""

    def written(self) -> str:
        """As one text."""
        return "\t".join((self.name, self.type, str(self.size), self.shows, self.text))

    @classmethod
    def read(cls, written: str) -> "Argument":
        """From a text of any form."""
        name, kind, size, shows, text = (written.split("\t", 4) + [""] * 5)[:5]
        return cls(name, kind, int(size) if size[:9].isdecimal() else -1, text, shows)


@dataclass(frozen=True)
class Problem:
    """The facts of one exception; every text may be invented.

    Attributes:
        parts: The texts by key.
    """

    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, fact: Fact | None) -> "Problem":
        """The problem that a fact tells; an empty one for any other fact."""
        texts = fact["texts"] if fact and fact["kind"] == "texts" else []
        parts: dict[str, tuple[str, ...]] = {}
        for text in texts[:MAX_PARTS]:
            key, _, value = text.partition("=")
            parts[key] = (*parts.get(key, ()), value)
        return cls(parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def one(self, key: str) -> str:
        """The first text of a key; ``""`` for none."""
        return self.many(key)[0] if self.many(key) else ""

    def many(self, key: str) -> tuple[str, ...]:
        """All texts of a key."""
        return self.parts.get(key, ())

    def shows(self, word: str) -> bool:
        """Whether something was verified on the learner's objects."""
        return word in self.many("shows")

    @property
    def line(self) -> int:
        """Line in the cell, from 1; 0 where none is known."""
        line = self.one("line")
        return int(line) if line.isdecimal() and len(line) < 6 else 0

    @property
    def said(self) -> str:
        """The message of the exception."""
        return "".join(self.many("said"))

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments of the call."""
        return tuple(map(Argument.read, self.many("argument")))

    def is_a(self, *names: str) -> bool:
        """Whether the exception, or one of its base classes, has one of these names."""
        return not {self.one("kind"), *self.many("family")}.isdisjoint(names)


def texts_of(parts: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """Keys and values as the texts of a problem; those without a value are left out."""
    return tuple(words(f"{key}={value}") for key, value in parts if value not in ("", None))[
        :MAX_PARTS
    ]
