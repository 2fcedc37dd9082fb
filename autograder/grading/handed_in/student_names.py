"""Names of students' folders: which can be used, and which look like those of others."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

MAX_CHARACTERS = 128
"""Longest student id that nbgrader's gradebook has room for."""

MAX_BYTES = 200
"""Longest name in bytes: a file's name may have 255, and an ending is added."""

SHORTEST_HIDDEN = 3
"""Fewest characters of a word of a name that is hidden: shorter ones stand in any text."""

RESERVED = '*?[]/\\<>"'
"""nbgrader looks folders up by pattern, so names with ``*?[]`` would match other folders. Its
formgrader writes names into pages unescaped, where ``<>"`` are html."""

# Characters that Python counts as printing, but that show nothing.
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    "\u180b\u180c\u180d\u180f\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a"
    "\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f"
).union(map(chr, range(0xE0100, 0xE01F0)))

# Letters of other alphabets that look like Latin ones. Casefold and NFKC take care of others, such
# as wide letters.
_DRAWN_ALIKE = str.maketrans(
    "АВЕКМНОРСТХІЈЅУаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυıɑɡ",
    "ABEKMHOPCTXIJSYaeopcyxijshdqwABEZHIKMNOPTYXaivopuiag",
)


# What systems add to the name of a second one.
_COPY = re.compile(r"^(copy of|kopie von) | ?\(\d{1,3}\)$| - (copy|kopie)$", re.IGNORECASE)


def printable(text: str) -> str:
    r"""The text with characters that do not print written as escapes, e.g. ``\x1b``."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def shown_name(name: str) -> str:
    """A folder's name made safe to print and short enough for a file; no two are shown alike."""
    shown = printable(name.replace("\\", r"\\"))
    if _fits(shown):
        return shown
    mark = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{shown[: MAX_BYTES // 5]}…{mark}"  # a character has at most four bytes


def name_problem(name: str) -> str:
    """Why a folder name cannot be a student id, or an empty string."""
    if not name.isprintable() or not _INVISIBLE.isdisjoint(name):
        return "the folder name holds characters that do not print; rename the folder"
    if name != name.strip():
        return "the folder name begins or ends with a space; rename the folder"
    if not name or name.startswith("."):
        return "the folder name begins with a dot; rename the folder"
    if any("\u2500" <= character <= "\u259f" for character in name):  # lines and blocks
        return "the folder name was garbled in its archive; rename the folder"
    if any(character in name for character in RESERVED):
        return f"the folder name holds one of {RESERVED}; rename the folder"
    if not _fits(name):
        return f"the folder name has more than {MAX_CHARACTERS} characters; rename the folder"
    return ""


def without_name(text: str, name: str) -> str:
    """A text about files without the words of a student's name, if one is to be hidden."""
    words = [word for word in re.findall(r"\w+", name) if len(word) >= SHORTEST_HIDDEN]
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.sub(pattern, "…", text, flags=re.IGNORECASE) if words else text


def _fits(name: str) -> bool:
    return len(name) <= MAX_CHARACTERS and len(name.encode(errors="replace")) <= MAX_BYTES


def look_alikes(names: Iterable[str]) -> dict[str, str]:
    """A note for each name that looks like another one, by name."""
    groups = defaultdict(list)
    for name in names:
        groups[_drawn(name)].append(name)
    return {
        name: _difference(name, [other for other in group if other != name])
        for group in groups.values()
        if len(group) > 1
        for name in group
    }


def _drawn(name: str) -> str:
    """The same text for names that a reader can hardly tell apart, and for copies of one."""
    latin = unicodedata.normalize("NFKC", _COPY.sub("", name)).translate(_DRAWN_ALIKE)
    return unicodedata.normalize("NFKC", latin.casefold())


def _difference(name: str, others: list[str]) -> str:
    """What sets a name apart from others that look alike."""
    words = f"the folder name looks like {len(others)} other: " + ", ".join(
        shown_name(other) for other in sorted(others)[:3]
    )
    unusual = sorted({character for character in name if not character.isascii()})
    if unusual:
        letters = ", ".join(unicodedata.name(c, f"U+{ord(c):04X}") for c in unusual[:3])
        words += f"; this one is written with {letters}"
    return words
