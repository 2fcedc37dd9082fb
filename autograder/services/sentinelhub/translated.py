"""WebAssembly in machine code: translated once, which takes a second, and kept in the user's cache.

What is read back runs as it is. So it must be a file of this user's that nobody else can write,
with the digest that it was written with; Wasmtime looks after versions and processors.
"""

import contextlib
import hashlib
import os
import stat
from pathlib import Path

import wasmtime
from platformdirs import user_cache_path

from autograder.careful_files import open_regular, within, write_file

LARGEST = 50_000_000
"""Bytes of the largest file that is read back."""

_DIGEST = hashlib.sha256().digest_size


def translated(engine: wasmtime.Engine, program: bytes) -> wasmtime.Module:
    """A program in machine code: the one that is kept, or a new one, which is kept if possible."""
    name = hashlib.sha256(program).hexdigest()[:16]
    file = user_cache_path("satellite-course") / "webassembly" / name
    if kept := _read(file):
        with contextlib.suppress(wasmtime.WasmtimeError):  # for another processor or version
            return wasmtime.Module.deserialize(engine, kept)
    module = wasmtime.Module(engine, program)
    content = bytes(module.serialize())
    if not file.is_absolute():  # a user without a home
        return module
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(file, hashlib.sha256(content).digest() + content, mode=0o600)
    return module


def _read(file: Path) -> bytes:
    """What is kept in a file; nothing where it is not as it was written, or not ours alone."""
    try:
        with open_regular(file) as stream:
            status = os.fstat(stream.fileno())
            ours = status.st_uid == os.geteuid() and not status.st_mode & (
                stat.S_IWGRP | stat.S_IWOTH
            )
            content = within(stream, LARGEST) if ours else b""
    except OSError:
        return b""
    digest, content = content[:_DIGEST], content[_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else b""
