"""WebAssembly is translated once; what is read back is ours, and as it was written."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import wasmtime

from autograder.services.sentinelhub.translated import translated

PROGRAM = bytes(wasmtime.wat2wasm('(module (func (export "seven") (result i32) i32.const 7))'))
OTHER = bytes(wasmtime.wat2wasm('(module (func (export "seven") (result i32) i32.const 8))'))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def _answer(engine: wasmtime.Engine | None = None, program: bytes = PROGRAM) -> int:
    engine = engine or wasmtime.Engine()
    store = wasmtime.Store(engine)
    instance = wasmtime.Instance(store, translated(engine, program), [])
    seven = instance.exports(store)["seven"]
    assert isinstance(seven, wasmtime.Func)
    return int(seven(store))


def _kept(cache: Path) -> Path:
    (file,) = (path for path in cache.rglob("*") if path.is_file())
    return file


def test_what_was_translated_is_not_translated_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _answer() == 7
    assert _kept(cache).stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(wasmtime.Module, "__init__", None)
    assert _answer() == 7


def _changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def _of_another_program(file: Path) -> None:
    code = bytes(wasmtime.Module(wasmtime.Engine(), OTHER).serialize())
    file.write_bytes(hashlib.sha256(code).digest() + code)
    file.chmod(0o666)  # as another user could have written it


def _for_another_machine(file: Path) -> None:
    config = wasmtime.Config()
    config.consume_fuel = True
    code = bytes(wasmtime.Module(wasmtime.Engine(config), OTHER).serialize())
    file.write_bytes(hashlib.sha256(code).digest() + code)


def _a_link(file: Path) -> None:
    file.rename(file.with_suffix(".moved"))
    _of_another_program(file.with_suffix(".moved"))
    file.symlink_to(file.with_suffix(".moved"))


@pytest.mark.parametrize(
    "spoil",
    [
        _changed,
        _of_another_program,
        _for_another_machine,
        _a_link,
        lambda file: file.write_bytes(file.read_bytes()[:100]),
        lambda file: file.write_bytes(b""),
    ],
)
def test_what_is_not_as_it_was_written_is_translated_anew(
    cache: Path, spoil: Callable[[Path], object]
) -> None:
    _answer()
    spoil(_kept(cache))
    assert _answer() == 7


def test_a_cache_that_cannot_be_written_hinders_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert _answer() == 7
