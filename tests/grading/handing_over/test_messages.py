"""Messages from a submission: bounded in what they take to read and to answer."""

import contextlib
import json
import threading
from collections.abc import Collection, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from autograder.grading.handing_over import messages
from autograder.grading.handing_over.evidence import Packed
from autograder.grading.handing_over.messages import BrokenMessageError, Message, receive, send
from autograder.grading.processes.submission_judge import answer


def test_a_message_arrives_as_it_was_sent() -> None:
    ours, theirs = Pipe()
    message = Message("end", {"outputs": ["é\u0000", "\ud800", 1.5]}, (b"", b"array"))
    send(theirs, message)
    assert receive(ours) == message


def test_all_byte_strings_of_a_message_are_bounded_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "MAX_ALL_PARTS", 1_000)
    ours, theirs = Pipe()
    send(theirs, Message("hand over", {}, (bytes(500), bytes(500))))
    assert len(receive(ours).parts) == 2
    send(theirs, Message("hand over", {}, (bytes(500), bytes(501))))
    with pytest.raises(EOFError):
        receive(ours)


@pytest.mark.parametrize(
    "part", [b"[],", b"{},", b'{"":0},', b'{"a":[{}]},', b'"",', b'["[","]"],', b'["\\\\"],']
)
def test_parts_of_a_message_are_bounded_before_it_is_read(part: bytes) -> None:
    ours, theirs = Pipe()
    body = b'["end",{"outputs":[' + part * (3_000_000 // len(part)) + b"0]},0]"
    with threading_send(theirs, body), pytest.raises(BrokenMessageError):
        receive(ours)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": [1, "b"]}' * 9_000, '\\"[{' * 9_000, "\\"])
def test_brackets_in_what_a_cell_shows_are_text(text: str) -> None:
    ours, theirs = Pipe()
    message = Message("end", {"outputs": [text, {"text": text}]})
    with threading_send(theirs, written(message)):
        assert receive(ours) == message


def written(message: Message) -> bytes:
    """The json of a message without byte strings."""
    return json.dumps([message.word, message.content, 0]).encode()


@contextlib.contextmanager
def threading_send(connection: Connection, body: bytes) -> Iterator[None]:
    """Send meanwhile: a pipe holds less."""
    sender = threading.Thread(target=connection.send_bytes, args=[body])
    sender.start()
    yield
    sender.join()


class Counting:
    """A judge that notes for what it was asked."""

    wanted: Collection[int] = ()

    def begin(self, index: int) -> None: ...

    def end(self, index: int, outputs: object) -> None: ...

    def values(self, number: int) -> None: ...

    def hand_over(self, number: int, packed: Packed, wanted: Collection[int]) -> dict[int, bytes]:
        self.wanted = wanted
        return {}


def test_values_are_read_once_however_often_they_are_asked_for() -> None:
    judge = Counting()
    wanted = [9, *[3] * 100_000, 10**30, -1, "3", None]
    answer(judge, "hand over", {"number": 3, "wanted": wanted}, (b"x",))
    assert sorted(judge.wanted) == [3, 9]
