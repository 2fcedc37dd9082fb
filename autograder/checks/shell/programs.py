"""Programs that a notebook starts: ``!``, ``%%bash``, magics such as ``%mkdir`` and ``%pip``.

What is done in Python is done alike in a learner's kernel and while grading. The rest runs in a
learner's kernel, and is refused while grading.
"""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any
from unittest import mock

from IPython.core.magics.script import ScriptMagics
from IPython.utils.text import LSString, SList

from autograder.checks.shell import packages, script
from autograder.checks.shell.command import Place
from autograder.checks.shell.lines import NotSimple, plain
from autograder.checks.shell.refusals import Refusals

SHELLS = ("bash", "sh", "zsh", "dash")

NOT_FOUND = 127
"""What a shell ends with where there is no such program."""


class Programs:
    """Takes the place of a shell's methods that start programs.

    Args:
        shell: The IPython shell.
        refusals: Takes what grading refuses.
    """

    def __init__(self, shell: Any, refusals: Refusals) -> None:
        self.silent = False
        self._shell = shell
        self.refusals = refusals
        self._system, self._getoutput = shell.system, shell.getoutput
        shell.system = shell.system_piped = shell.system_raw = self.system
        shell.getoutput = self.getoutput
        self._os_system, os.system = os.system, self.os_system
        for name in ("script", *shell.magics_manager.registry["ScriptMagics"].script_magics):
            run = partial(self.script, name, shell.find_cell_magic(name))
            shell.register_magic_function(run, "cell", name)
        for name in packages.CONDA:  # IPython's own refuse where Python is not conda's
            run = partial(self.conda, name, shell.find_line_magic(name))
            shell.register_magic_function(run, "line", name)

    def system(self, cmd: str) -> None:
        """Do what ``!cmd`` says."""
        text = self._shell.var_expand(cmd, depth=1)
        place = Place(Path.cwd())
        code = self.run(text, place)
        if code is None:
            with self._started():
                self._system(text)
            return
        _show(place)
        self._shell.user_ns["_exit_code"] = code

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | LSString:
        """What a command says, as ``x = !cmd`` gets it."""
        text = self._shell.var_expand(cmd, depth=depth + 1)
        place = Place(Path.cwd())
        if self.run(text, place) is None:
            with self._started():
                said: SList | LSString = self._getoutput(text, split)
            return said
        words = (place.out + place.err).decode(errors="replace")
        return SList(words.splitlines()) if split else LSString(words)

    def script(self, name: str, original: Any, line: str, cell: str) -> None:
        """Do what a cell that begins with ``%%bash`` or the like says.

        Raises:
            CalledProcessError: It failed.
        """
        asked, words = ScriptMagics.shebang.parser.parse_known_args(shlex.split(line))
        program = [Path(word).name for word in words] if name == "script" else [name, *words]
        place, before = Place(Path.cwd()), len(self.refusals.kept)
        alone = not asked.bg and not asked.proc
        if alone and program and program[0] in SHELLS and program[1:] in ([], ["-e"]):
            place.stops = program[1:] == ["-e"]
            code = self.run(cell, place)
        else:
            place.err, code = self._refused(program), 0 if self.refusals.grading else None
        if code is None:
            with self._started():
                original(line, cell)
            return
        for wanted, stream, said in (
            (asked.out, sys.stdout, "out"),
            (asked.err, sys.stderr, "err"),
        ):
            words = getattr(place, said).decode(errors="replace")
            if wanted:
                self._shell.user_ns[wanted] = words
            else:
                stream.write(words)
        if asked.raise_error and code and not len(self.refusals.kept) > before:
            raise CalledProcessError(code, cell.encode())

    def conda(self, name: str, original: Any, line: str) -> None:
        """Do what ``%conda`` or the like says."""
        place = Place(Path.cwd())
        if self.run(f"{name} {line}", place) is None:
            with self._started():
                original(line)
        else:
            _show(place)

    def os_system(self, command: str | bytes | os.PathLike[Any]) -> int:
        """Do what `os.system` is told."""
        place = Place(Path.cwd())
        code = self.run(os.fsdecode(command), place)
        if code is None:
            with self._started():
                return self._os_system(command)
        _show(place)
        return code << 8

    def run(self, text: str, place: Place) -> int | None:
        """Do in Python what a text says; returns None where programs are to do it."""
        try:
            commands = script.read(text, place.folder)
        except NotSimple:
            commands = None
        if commands is None:
            place.err += self._refused([text])
            return NOT_FOUND if self.refusals.grading else None
        if not self.refusals.grading:
            bare = [[plain(word) for word in command.words] for command in commands]
            others = [words for words in bare if not _is_done_here(words)]
            for words in others:
                self._other(words, Place(place.folder))
            if others:
                return None
        code = script.run(commands, place, self._other)
        for path in place.denied if self.refusals.grading else ():
            place.err += _line(self.refusals.add("path", path))
        return code

    def _other(self, words: Sequence[str], place: Place) -> int:
        """Install packages, or refuse a command that is none of the simple ones."""
        wishes = packages.wanted(words)
        if wishes is None:
            place.err += self._refused(words)
            return NOT_FOUND
        for wish in wishes:
            if packages.found(wish) is None:
                place.err += _line(self.refusals.add("package", wish))
            elif not packages.is_quiet(words):
                place.say(packages.there(wish))
        return 0

    def _refused(self, words: Sequence[str]) -> bytes:
        name = words[0] if words else "%%script"
        return _line(self.refusals.add("program", name if " " in name else Path(name).name))

    @contextmanager
    def _started(self) -> Iterator[None]:
        """While a program runs: it is noted already, and names in its text are expanded."""
        self.silent = True
        try:
            with mock.patch.object(self._shell, "var_expand", lambda text, *_, **__: text):
                yield
        finally:
            self.silent = False


def _is_done_here(words: Sequence[str]) -> bool:
    wishes = packages.wanted(words)
    if wishes is None:
        return script.is_simple(words)
    return all(packages.found(wish) is not None for wish in wishes)


def _show(place: Place) -> None:
    sys.stdout.write(place.out.decode(errors="replace"))
    sys.stderr.write(place.err.decode(errors="replace"))


def _line(words: str) -> bytes:
    return f"{words}\n".encode(errors="replace")
