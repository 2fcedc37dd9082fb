"""Reads lines of a shell: words and how they are quoted, redirections, what is run after what.

Only the part of a shell's language that needs no shell is read. All else raises `NotSimple`.
"""

import glob
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

QUOTED = 0xF0000
"""Added to a quoted character: it then stands for itself, in globs and braces too."""

RESERVED = frozenset(
    [
        *("if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case"),
        *("esac", "function", "select", "time", "{", "}", "!", "[["),
    ]
)
"""Words with which a shell's own structures begin and go on."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t]+|\\\n)
    | (?P<comment>(?<![^\s;])\#[^\n]*)
    | (?P<next>&&|\|\||\||;|\n)
    | <<(?P<dash>-?)[ ]*(?P<quote>['"]?)(?P<until>\w+)(?P=quote)
    | (?P<from>[012]?)(?P<mode>>>?)&(?P<to>[12])
    | (?P<descriptor>[012&]?)(?P<arrow>>>?|<)(?!<)
    | '(?P<single>[^']*)'
    | "(?P<double>(?:\\.|[^"\\])*)"
    | \\(?P<escaped>.)
    | \$(?P<brace>\{)?(?P<variable>[A-Za-z_]\w*)(?(brace)\})
    | (?P<plain>[^\s'"\\$`;&|<>()]+)""",
    re.VERBOSE | re.DOTALL,
)
_IN_DOUBLE = re.compile(r"\\([$`\"\\\n])|\$\{?([A-Za-z_]\w*)\}?|([$`])|(.)", re.DOTALL)
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=([^*?\[{~]*)", re.DOTALL)
_BRACES = re.compile(r"\{([^{}]*,[^{}]*)\}")


class NotSimple(Exception):
    """A line that only a shell can run."""


@dataclass
class Redirection:
    """Where a stream of a command goes: ``descriptor`` 0, 1, 2 or ``&`` for 1 and 2.

    Attributes:
        arrow: ``>``, ``>>`` or ``<``; ``>&`` where the target is the other stream.
        target: Word that names the file, or the number of the other stream.
        content: What is read in place of a file.
    """

    descriptor: str
    arrow: str
    target: str = ""
    content: bytes | None = None


@dataclass
class Command:
    """A command: its words as they were written, and its redirections.

    Attributes:
        after: What stands before it: ``;``, ``&&``, ``||`` or ``|``.
    """

    after: str
    words: list[str] = field(default_factory=list)
    redirections: list[Redirection] = field(default_factory=list)


def commands_in(text: str, variables: Mapping[str, str]) -> list[Command]:
    """The commands of a script, in their order.

    Raises:
        NotSimple: Only a shell can run it.
    """
    variables = dict(variables)
    commands = [Command(";")]
    waiting: list[tuple[str, bool, Redirection]] = []
    word: str | None = None
    redirected: Redirection | None = None

    def end_of_word() -> None:
        nonlocal word, redirected
        if word is not None and redirected is not None:
            redirected.target, redirected = word, None
        elif word is not None:
            commands[-1].words.append(word)
        word = None

    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise NotSimple
        place = token.end()
        part = token.groupdict()
        piece = _piece(part, variables)
        if piece is not None:
            word = (word or "") + piece
            continue
        end_of_word()
        if redirected and not part["space"]:
            raise NotSimple
        if part["until"]:
            if part["dash"]:
                raise NotSimple
            commands[-1].redirections.append(Redirection("0", "<"))
            waiting.append((part["until"], bool(part["quote"]), commands[-1].redirections[-1]))
        elif part["arrow"]:
            redirected = Redirection(part["descriptor"] or "", part["arrow"])
            redirected.descriptor = redirected.descriptor or ("0" if part["arrow"] == "<" else "1")
            commands[-1].redirections.append(redirected)
        elif part["to"]:
            commands[-1].redirections.append(Redirection(part["from"] or "1", ">&", part["to"]))
        elif part["next"]:
            _assign(commands[-1], part["next"], variables)
            if part["next"] == "\n" and waiting:
                place = _read_documents(text, place, waiting)
            elif part["next"] not in (";", "\n"):  # the line goes on below
                place += len(text[place:]) - len(text[place:].lstrip())
            commands.append(Command(";" if part["next"] == "\n" else part["next"]))
    end_of_word()
    if waiting or redirected:
        raise NotSimple
    _assign(commands[-1], ";", variables)
    return list(_sound(commands))


def _assign(command: Command, following: str, variables: dict[str, str]) -> None:
    """Do a command that only gives values to variables, and leave nothing of it."""
    named = command.words[1:] if command.words[:1] == ["export"] else command.words
    pairs = [_ASSIGNED.fullmatch(word) for word in named]
    if not pairs or not pairs[0]:
        return
    alone = command.after == ";" and following in (";", "\n") and not command.redirections
    if not alone or not all(pairs):
        raise NotSimple
    variables.update((match[1], plain(match[2])) for match in pairs if match)
    command.words.clear()


def _piece(part: Mapping[str, str | None], variables: Mapping[str, str]) -> str | None:
    """What a token adds to a word; None where it ends the word."""
    if part["plain"] is not None:
        return part["plain"]
    if part["single"] is not None:
        return quoted(part["single"])
    if part["escaped"] is not None:
        return quoted(part["escaped"])
    if part["variable"] is not None:
        value = variables.get(part["variable"], "")
        if re.search(r"[\s*?\[]", value) or not value:
            raise NotSimple  # a shell makes several words of it, or none
        return quoted(value)
    return None if part["double"] is None else quoted(_in_double(part["double"], variables))


def _in_double(text: str, variables: Mapping[str, str]) -> str:
    """What stands between double quotes."""
    words = []
    for escaped, variable, active, plain in _IN_DOUBLE.findall(text):
        if active:
            raise NotSimple
        value = variables.get(variable, "") if variable else escaped.replace("\n", "") or plain
        words.append(value)
    return "".join(words)


def _read_documents(text: str, place: int, waiting: list[tuple[str, bool, Redirection]]) -> int:
    """Read what stands in lines below ``<<END``; returns the place behind it."""
    for end, is_quoted, redirection in waiting:
        lines = []
        while True:
            if place >= len(text):
                raise NotSimple
            line, _, _ = text[place:].partition("\n")
            place += len(line) + 1
            if line == end:
                break
            lines.append(f"{line}\n")
        if not is_quoted and re.search(r"[$`\\]", "".join(lines)):
            raise NotSimple
        redirection.content = "".join(lines).encode(errors="surrogateescape")
    waiting.clear()
    return place


def _sound(commands: Sequence[Command]) -> Iterator[Command]:
    """The commands without empty ones.

    Raises:
        NotSimple: One is missing, or is a structure.
    """
    for before, this in pairwise([*commands, Command(";")]):
        if not before.words:
            # An empty line may follow "&&", but nothing is joined with what is not there.
            if before.redirections or before.after != ";" or this.after != ";":
                raise NotSimple
            continue
        if before.words[0] in RESERVED:
            raise NotSimple
        yield before


# --- words ----------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """Characters that stand for themselves only."""
    return "".join(chr(ord(char) + QUOTED) if ord(char) < QUOTED else char for char in text)


def plain(word: str) -> str:
    """A word without the marks of its quotes."""
    return "".join(chr(ord(char) - QUOTED) if ord(char) >= QUOTED else char for char in word)


def expanded(word: str, folder: str) -> list[str]:
    """The words that a word stands for: braces, the home folder, files that fit a pattern.

    Args:
        word: As `commands_in` gives it.
        folder: Where files are looked for.
    """
    if braces := _BRACES.search(word):
        start, end = word[: braces.start()], word[braces.end() :]
        each = (expanded(f"{start}{part}{end}", folder) for part in braces[1].split(","))
        return [item for items in each for item in items]
    if word == "~" or word.startswith("~/"):
        word = quoted(os.path.expanduser("~")) + word[1:]
    if not any(sign in word for sign in "*?["):
        return [plain(word)]
    pattern = "".join(glob.escape(plain(c)) if ord(c) >= QUOTED else c for c in word)
    return sorted(glob.glob(pattern, root_dir=folder)) or [plain(word)]
