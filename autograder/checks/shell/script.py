"""Runs the commands of a script that needs no shell."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.checks.shell.changing import CHANGING
from autograder.checks.shell.command import FileCommand, Options, Place
from autograder.checks.shell.lines import Command, Redirection, commands_in, expanded, plain
from autograder.checks.shell.telling import TELLING, answer, echo, is_question

Fallback = Callable[[Sequence[str], Place], int]
"""Does another command, given its words; returns what it ends with."""


def _set(options: Options, place: Place) -> int:
    place.stops = place.stops or options.any_of("e")
    return 0


COMMANDS = {
    **CHANGING,
    **TELLING,
    "set": FileCommand(_set, "euxo:", most=0),
    "true": FileCommand(lambda options, place: 0),
    ":": FileCommand(lambda options, place: 0),
    "false": FileCommand(lambda options, place: 1),
}
"""By name, all but ``echo`` and ``test``, whose options follow rules of their own."""


def read(text: str, folder: Path) -> list[Command]:
    """The commands of a script.

    Raises:
        NotSimple: Only a shell can run it.
    """
    return commands_in(text, {**os.environ, "PWD": str(folder)})


def is_simple(words: Sequence[str]) -> bool:
    """Whether a command, given by its words, is one that is done here."""
    name, *rest = words
    if name in COMMANDS:
        return COMMANDS[name].read(rest) is not None
    return name == "echo" or is_question(words)


def run(commands: Sequence[Command], place: Place, other: Fallback) -> int:
    """Run commands one after the other.

    Args:
        commands: From `read`.
        place: Where they run; what they say is added to it.
        other: Does those that are not `is_simple`.

    Returns:
        What the last one ended with: 0 where all is well.
    """
    code = 0
    for index, command in enumerate(commands):
        if (command.after == "&&" and code) or (command.after == "||" and not code):
            continue
        piped = index + 1 < len(commands) and commands[index + 1].after == "|"
        code = _run(command, place, other, command.after == "|", piped)
        ends_here = index + 1 == len(commands) or commands[index + 1].after == ";"
        if code and place.stops and ends_here:
            break
    return code


def _run(command: Command, place: Place, other: Fallback, from_pipe: bool, piped: bool) -> int:
    """Run one command with its streams where they belong."""
    own = Place(place.folder, plain(command.words[0]), stops=place.stops)
    own.given = place.given if from_pipe else b""
    streams: dict[str, Path | str] = {"1": "out", "2": "err"}
    try:
        words = [item for word in command.words for item in expanded(word, str(own.folder))]
        for item in command.redirections:
            _redirect(item, streams, own)
        code = _do(words, own, other)
        said = _sent(streams, own)
    except OSError as problem:  # of a file that is read, or to which something is sent
        own.complain(problem)
        code, said = 1, {"out": b"", "err": own.err}
    place.folder, place.stops = own.folder, own.stops
    place.given = said["out"] if piped else b""
    place.out += b"" if piped else said["out"]
    place.err += said["err"]
    place.denied += own.denied
    return code


def _do(words: Sequence[str], place: Place, other: Fallback) -> int:
    name, *rest = words
    if name == "echo":
        return echo(rest, place)
    if is_question(words):
        return answer(words, place)
    options = COMMANDS[name].read(rest) if name in COMMANDS else None
    return other(words, place) if options is None else COMMANDS[name].run(options, place)


def _redirect(item: Redirection, streams: dict[str, Path | str], place: Place) -> None:
    """Read what a command gets, or note where a stream goes, before the command runs."""
    if item.arrow == ">&":
        streams[item.descriptor] = streams[item.target]
    elif item.content is not None:
        place.given = item.content
    else:
        file = place.file(" ".join(expanded(item.target, str(place.folder))))
        if item.arrow == "<":
            place.given = file.read_bytes()
            return
        with open(file, "wb" if item.arrow == ">" else "ab"):
            pass
        for number in "12" if item.descriptor == "&" else item.descriptor:
            streams[number] = file


def _sent(streams: dict[str, Path | str], place: Place) -> dict[str, bytes]:
    """Write what goes into files; returns what is left to be said, and as complaints."""
    left = {"out": b"", "err": b""}
    for number, content in (("1", place.out), ("2", place.err)):
        target = streams[number]
        if isinstance(target, str):
            left[target] += content
        else:
            with open(target, "ab") as file:
                file.write(content)
    return left
