"""What simple file commands have in common: their options, where they run, what they say."""

import errno
import getopt
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Place:
    """Where commands run, what they read and what they say.

    Attributes:
        folder: The folder to which names of files belong; ``cd`` changes it.
        command: Name of the command that runs.
        given: What it reads where no file is named.
        out, err: What it said.
        denied: Files outside of the notebook's folder that this process may not use.
        stops: Whether the script ends at the first command that fails.
    """

    folder: Path
    command: str = ""
    given: bytes = b""
    out: bytes = b""
    err: bytes = b""
    denied: list[str] = field(default_factory=list)
    stops: bool = False

    def say(self, words: str) -> None:
        """Say a line."""
        self.out += f"{words}\n".encode(errors="surrogateescape")

    def complain(self, problem: OSError) -> None:
        """Say what went wrong, as a shell does."""
        path = str(problem.filename or "")
        name = path.removeprefix(f"{self.folder}{os.sep}")
        here = Path(os.path.normpath(self.folder / path)).is_relative_to(Path.cwd())
        if isinstance(problem, PermissionError) and not here:
            self.denied.append(name)
        words = (self.command, name, problem.strerror)
        line = ": ".join(map(str, filter(None, words))) if problem.strerror else str(problem)
        self.err += f"{line}\n".encode(errors="surrogateescape")

    def file(self, name: str) -> Path:
        """The file of a name.

        Raises:
            FileNotFoundError: The name is empty.
        """
        if not name:
            raise failure(errno.ENOENT, name)
        return self.folder / name


@dataclass(frozen=True)
class Options:
    """The options of a command by letter, with their values, and its other words."""

    given: dict[str, str]
    words: list[str]

    def any_of(self, letters: str) -> bool:
        """Whether one of these is given."""
        return any(letter in self.given for letter in letters)


@dataclass(frozen=True)
class FileCommand:
    """A command.

    Attributes:
        run: Does it, and returns 0 or what it failed with.
        short: Letters of its options, as `getopt` wants them.
        long: Long names of options, with their letter.
        least, most: How many words it wants beside the options.
    """

    run: Callable[[Options, Place], int]
    short: str = ""
    long: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 10_000

    def read(self, words: Sequence[str]) -> Options | None:
        """The options in words; None for some that are not known here."""
        letters = {f"--{name.rstrip('=')}": letter for name, letter in self.long}
        told = [re.sub(r"^--color=.*", "--color", word) for word in words]
        if "n:" in self.short:  # head -5
            told = [re.sub(r"^-(\d+)$", r"-n\1", word) for word in told]
        try:
            found, rest = getopt.gnu_getopt(told, self.short, [name for name, _ in self.long])
        except getopt.GetoptError:
            return None
        given = {letters.get(name, name[1:]): value for name, value in found}
        sound = given.get("n", "").isdecimal() or "n:" not in self.short or "n" not in given
        return Options(given, rest) if sound and self.least <= len(rest) <= self.most else None


def for_each(
    do: Callable[[str, Options, Place], None], but: int = 0
) -> Callable[[Options, Place], int]:
    """A command that does something for each of its words, but the last ones.

    Where one fails, the others are still done. Without words it is done for ``-``.
    """

    def run(options: Options, place: Place) -> int:
        failed = 0
        for word in options.words[: len(options.words) - but] or ["-"]:
            try:
                do(word, options, place)
            except OSError as problem:
                place.complain(problem)
                failed = 1
        return failed

    return run


def failure(number: int, name: str | Path) -> OSError:
    """An error of the system about a file."""
    return OSError(number, os.strerror(number), str(name))
