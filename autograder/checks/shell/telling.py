"""Commands that tell something."""

import errno
import os
import stat
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.checks.shell.command import FileCommand, Options, Place, failure, for_each


def _pwd(options: Options, place: Place) -> int:
    place.say(str(place.folder))
    return 0


_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": "\r"}


def echo(words: Sequence[str], place: Place) -> int:
    """Say the words; ``-n``, ``-e`` and ``-E`` are options only where they come first."""
    given, rest = "", list(words)
    while rest and rest[0].startswith("-") and rest[0][1:] and set(rest[0][1:]) <= set("neE"):
        given += rest.pop(0)[1:]
    text = " ".join(rest)
    if given.rfind("e") > given.rfind("E"):
        parts = text.split(r"\\")
        for escape, char in _ESCAPES.items():
            parts = [part.replace(escape, char) for part in parts]
        text = "\\".join(parts)
    place.out += (text + ("" if "n" in given else "\n")).encode(errors="surrogateescape")
    return 0


_QUESTIONS = {"-d": Path.is_dir, "-e": Path.exists, "-f": Path.is_file}


def is_question(words: Sequence[str]) -> bool:
    """Whether words ask after a file, such as ``[ -d data ]`` or ``test ! -f a.txt``."""
    match [word for word in words if word != "!"]:
        case ["[", flag, _, "]"] | ["test", flag, _] if words.count("!") <= 1:
            return flag in _QUESTIONS
    return False


def answer(words: Sequence[str], place: Place) -> int:
    """Answer a question after a file: 0 for yes."""
    _, flag, name, *_ = (word for word in words if word != "!")
    found = bool(name) and _QUESTIONS[flag](place.folder / name)
    return int(found == ("!" in words))


# --- what is in files -----------------------------------------------------------------------------


def _content(name: str, place: Place) -> bytes:
    return place.given if name == "-" else place.file(name).read_bytes()


def _cat(name: str, options: Options, place: Place) -> None:
    place.out += _content(name, place)


def _head(name: str, options: Options, place: Place) -> None:
    lines, count = _lines(name, options, place)
    place.out += b"".join(lines[:count])


def _tail(name: str, options: Options, place: Place) -> None:
    lines, count = _lines(name, options, place)
    place.out += b"".join(lines[max(0, len(lines) - count) :])


def _lines(name: str, options: Options, place: Place) -> tuple[list[bytes], int]:
    """The lines of a file, and how many are wanted."""
    lines = _content(name, place).splitlines(keepends=True)
    if len(options.words) > 1:
        _begin(f"==> {name} <==", place)
    return lines, int(options.given.get("n", "10"))


def _begin(heading: str, place: Place) -> None:
    """Begin a part of what is said, below an empty line where it is not the first."""
    place.say(f"\n{heading}" if place.out else heading)


def _wc(name: str, options: Options, place: Place) -> None:
    content = _content(name, place)
    counts = {"l": content.count(b"\n"), "w": len(content.split()), "c": len(content)}
    wanted = [str(counts[letter]) for letter in counts if letter in (options.given or counts)]
    place.say(" ".join([*wanted, *(() if name == "-" else (name,))]))


# --- listing --------------------------------------------------------------------------------------


def _ls(options: Options, place: Place) -> int:
    names, whole = sorted(options.words or ["."]), options.any_of("d")
    there = [name for name in names if os.path.lexists(place.file(name))]
    for name in sorted(set(names) - set(there)):
        place.complain(failure(errno.ENOENT, name))
    folders = [name for name in there if place.file(name).is_dir() and not whole]
    _list([name for name in there if name not in folders], place.folder, options, place)
    failed = 2 if len(there) < len(names) else 0
    for name in folders:
        if len(names) > 1 or options.any_of("R"):
            _begin(f"{name}:", place)
        try:
            _list_folder(name, options, place)
        except OSError as problem:
            place.complain(problem)
            failed = 2
    return failed


def _list_folder(name: str, options: Options, place: Place) -> None:
    folder, hidden = place.file(name), options.any_of("aA")
    inside = [item for item in os.listdir(folder) if hidden or not item.startswith(".")]
    own = [".", ".."] if options.any_of("a") else []
    _list([*own, *inside], folder, options, place)
    for item in sorted(inside) if options.any_of("R") else ():
        if (folder / item).is_dir() and not (folder / item).is_symlink():
            _begin(f"{name}/{item}:", place)
            _list_folder(f"{name}/{item}", options, place)


def _list(names: Sequence[str], folder: Path, options: Options, place: Place) -> None:
    found = {name: os.lstat(folder / name) for name in names}
    order = sorted(found)
    if options.any_of("t"):
        order.sort(key=lambda name: -found[name].st_mtime)
    elif options.any_of("S"):
        order.sort(key=lambda name: -found[name].st_size)
    for name in reversed(order) if options.any_of("r") else order:
        place.say(_line(name, found[name], options))


def _line(name: str, status: os.stat_result, options: Options) -> str:
    mark = ""
    if options.any_of("F"):
        kinds = {stat.S_IFDIR: "/", stat.S_IFLNK: "@"}
        mark = kinds.get(stat.S_IFMT(status.st_mode), "*" if status.st_mode & 0o111 else "")
    if not options.any_of("lo"):
        return name + mark
    size = _short(status.st_size) if options.any_of("h") else str(status.st_size)
    changed = time.strftime("%b %d %H:%M", time.localtime(status.st_mtime))
    return f"{stat.filemode(status.st_mode)} {size:>10} {changed} {name}{mark}"


def _short(size: float) -> str:
    """A size as ``ls -h`` writes it."""
    for unit in ("", "K", "M"):
        if size < 1024:
            return f"{size:.1f}{unit}" if unit and size < 10 else f"{size:.0f}{unit}"
        size /= 1024
    return f"{size:.1f}G"


_LINES = (("lines=", "n"),)
_LISTING = (("all", "a"), ("color", "C"), ("recursive", "R"))

TELLING = {
    "pwd": FileCommand(_pwd, "LP", most=0),
    "cat": FileCommand(for_each(_cat)),
    "head": FileCommand(for_each(_head), "n:", _LINES),
    "tail": FileCommand(for_each(_tail), "n:", _LINES),
    "wc": FileCommand(for_each(_wc), "lwc"),
    "ls": FileCommand(_ls, "laA1hFdortRSCG", _LISTING),
}
"""By name, all but ``echo``, whose options follow rules of their own."""
