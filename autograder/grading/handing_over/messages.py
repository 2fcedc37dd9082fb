"""Messages between the process that runs a submission and its supervisor.

A message is a word, a json object and byte strings. What comes from a submission may be anything:
the receiver accepts only json and bytes, of bounded length.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Protocol

from autograder.grading.handing_over.evidence import Packed
from autograder.grading.handing_over.hostile_json import parsed
from autograder.grading.handing_over.outputs import sound_outputs

MAX_HEAD = 12_000_000
"""Longest json part in bytes: all outputs of one cell."""

MAX_PART = 64_000_000
"""Longest byte string in bytes: one array."""

MAX_PARTS = 64
"""Most byte strings of a message."""

MAX_ALL_PARTS = 128_000_000
"""Bytes of all byte strings of a message, also held by the supervisor: evidence has at most 110
million."""


class GradingFailedError(Exception):
    """The grader itself failed; the submission cannot be judged.

    Attributes:
        before_code: Whether no code of the submission had run yet: then it is not the cause.
    """

    def __init__(self, reason: str, before_code: bool = True) -> None:
        super().__init__(reason, before_code)
        self.before_code = before_code

    def __str__(self) -> str:
        return str(self.args[0])


class BrokenMessageError(Exception):
    """What arrived is no message."""


@dataclass(frozen=True)
class Message:
    """One message: its word, a json object and byte strings."""

    word: str
    content: dict[str, Any] = field(default_factory=dict)
    parts: tuple[bytes, ...] = ()


def send(connection: Connection, message: Message) -> None:
    """Send a message; returns when all of it is written to the connection.

    Raises:
        OSError: The other end is gone.
    """
    head = [message.word, message.content, len(message.parts)]
    # Escapes would make some text six times as long.
    connection.send_bytes(json.dumps(head, ensure_ascii=False).encode(errors="surrogatepass"))
    for part in message.parts:
        connection.send_bytes(part)


def receive(connection: Connection) -> Message:
    """Wait for the next message.

    Raises:
        EOFError: The other end is gone, or sent more than the limits allow.
        BrokenMessageError: What arrived is no message.
    """
    try:
        word, content, count = parsed(connection.recv_bytes(MAX_HEAD))
        if type(word) is not str or type(content) is not dict or type(count) is not int:
            raise ValueError
        parts: list[bytes] = []
        left = MAX_ALL_PARTS
        for _ in range(min(count, MAX_PARTS)):
            parts.append(connection.recv_bytes(min(MAX_PART, left)))
            left -= len(parts[-1])
    except (ValueError, TypeError, MemoryError):
        raise BrokenMessageError from None
    except OSError:  # a length beyond the limit, or a connection that was reset
        raise EOFError from None
    return Message(word, content, tuple(parts))


class Contact(Protocol):
    """What the process that runs cells tells its supervisor. Cells are named by `Cell.index`."""

    def begin(self, index: int) -> None:
        """A cell is about to run; returns when the supervisor has noted that."""

    def end(self, index: int, outputs: Sequence[dict[str, Any]]) -> None:
        """A cell has run, with these outputs."""

    def hand_over(self, number: int, packed: Packed, wanted: Collection[int]) -> dict[int, bytes]:
        """Hand over the evidence of an exercise.

        Args:
            number: The exercise.
            packed: Its evidence.
            wanted: Exercises for which `catch_up` was called before their own check.

        Returns:
            The files of values, by exercise, for those of ``wanted`` that are handed over by now.
        """

    def values(self, number: int) -> bytes | None:
        """The file of values of an exercise; ``None`` until its own evidence is handed over."""


class PipeContact:
    """A `Contact` through a connection, for the submission's end: it trusts the answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, index: int) -> None:
        """See `Contact`."""
        self._ask(Message("begin", {"index": index}))

    def end(self, index: int, outputs: Sequence[dict[str, Any]]) -> None:
        """See `Contact`."""
        shown = sound_outputs(list(outputs), MAX_HEAD)  # no more than the supervisor keeps
        self._ask(Message("end", {"index": index, "outputs": shown}))

    def hand_over(self, number: int, packed: Packed, wanted: Collection[int]) -> dict[int, bytes]:
        """See `Contact`."""
        content = {"number": number, "wanted": sorted(wanted)}
        answer = self._ask(Message("hand over", content, (packed.description, *packed.arrays)))
        return dict(zip(answer.content["numbers"], answer.parts, strict=True))

    def values(self, number: int) -> bytes | None:
        """See `Contact`."""
        answer = self._ask(Message("values", {"number": number}))
        return answer.parts[0] if answer.parts else None

    def done(self) -> None:
        """All cells have run."""
        self._ask(Message("done"))

    def _ask(self, message: Message) -> Message:
        send(self._connection, message)
        return receive(self._connection)
