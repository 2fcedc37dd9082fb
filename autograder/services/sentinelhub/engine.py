"""Runs JavaScript that nobody trusts: QuickJS, compiled to WebAssembly, run by Wasmtime.

The script sees its own memory and nothing else: no files, no network, no Python. How long it may
run is counted in instructions, not in seconds, so that a slow computer refuses no script that a
fast one runs.
"""

import hashlib
import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import quickjs_rs
import wasmtime
from quickjs_rs import _engine, _wasmtime

from autograder.services.sentinelhub.refusals import ScriptRefused
from autograder.services.sentinelhub.translated import translated

TEXT_LIMIT = 50_000
"""Longest script, in characters."""

INSTRUCTIONS = 30_000_000_000
"""Instructions that one script may take in all, some 4 s; true colour of Bulgaria takes 5e9."""

MEMORY = 32 * 1024 * 1024
"""Bytes that a script may hold."""

STACK = 512 * 1024
"""Bytes of stack that a script may use; more is refused as endless recursion."""

LONGEST_MESSAGE = 300

_SECONDS = 600.0
"""Instructions end a script long before."""

_QUICKJS = "quickjs"
"""Where quickjs_rs looks for what it runs."""

_PLACE = re.compile(r"eval_script:(\d{1,6})")
_PRELUDE = (Path(__file__).parent / "evalscript.js").read_text(encoding="utf-8")


def _configured() -> wasmtime.Engine:
    """An engine that counts instructions, and compiles without threads: it is forked."""
    config = wasmtime.Config()
    config.consume_fuel = True
    config.parallel_compilation = False
    config.max_wasm_stack = STACK
    return wasmtime.Engine(config)


def _instantiate(
    artifact: _wasmtime.SharedWasmArtifact, store: wasmtime.Store
) -> wasmtime.Instance:
    """A fresh QuickJS with its instructions counted out."""
    store.set_fuel(INSTRUCTIONS)
    store.set_limits(memory_size=2 * MEMORY)
    return _wasmtime.instantiate_wasm_artifact(artifact, store)


# quickjs_rs ends scripts by a clock that loops inside of QuickJS do not look at.
_wasmtime._SHARED_ENGINE = _configured()
_engine.instantiate_wasm_artifact = _instantiate  # type: ignore[attr-defined]


_lock = threading.Lock()


def _translate() -> None:
    """Give quickjs_rs QuickJS in machine code, which it would else translate anew."""
    with _lock:
        if _QUICKJS not in _wasmtime._SHARED_ARTIFACTS:
            engine, program = _wasmtime.shared_wasmtime_engine(), _engine._read_guest_wasm()
            _wasmtime._SHARED_ARTIFACTS[_QUICKJS] = _wasmtime.SharedWasmArtifact(
                translated(engine, program),
                _engine._build_shared_linker(engine),
                hashlib.sha256(program).digest(),
            )


class Engine:
    """Runs one script. Close it, or use it as a context manager.

    Args:
        script: The script; what it defines can be used in `run`.

    Raises:
        ScriptRefused: It is too long, cannot be read, or fails.
    """

    def __init__(self, script: str) -> None:
        if len(script) > TEXT_LIMIT:
            raise ScriptRefused("RangeError: the script is too long")
        _translate()
        self._runtime = quickjs_rs.Runtime(memory_limit=MEMORY, stack_limit=STACK)
        self._context = self._runtime.new_context(timeout=_SECONDS)
        try:
            for text in (_PRELUDE, script):
                self.run(f"{text}\n;0")  # its value may be anything, and large
        except ScriptRefused:
            self.close()
            raise

    def run(self, expression: str, **given: Any) -> Any:
        """The value of an expression.

        Args:
            expression: JavaScript. Its value is a number, a text or bytes, whatever the script
                has changed: to read anything else would take Python's time, which nobody counts.
            given: Values of global variables, made of what json knows, or bytes.

        Raises:
            ScriptRefused: It fails, takes too long or too much memory, or has another value.
        """
        try:
            for name, value in given.items():
                self._context.globals[name] = value
            return self._context.eval(expression)
        except quickjs_rs.JSError as error:
            raise ScriptRefused(f"{str(error)[:LONGEST_MESSAGE]}{_line(error)}") from None
        except quickjs_rs.MemoryLimitError:
            raise ScriptRefused("RangeError: the script takes too much memory") from None
        except wasmtime.Trap as trap:
            endless = trap.trap_code == wasmtime.TrapCode.STACK_OVERFLOW
            raise ScriptRefused(
                "RangeError: Maximum call stack size exceeded"
                if endless
                else "Error: the script takes too many steps"
            ) from None
        except (quickjs_rs.QuickJSError, UnicodeError) as error:
            raise ScriptRefused(f"TypeError: {error}"[:LONGEST_MESSAGE]) from None

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give its memory back."""
        with suppress(wasmtime.Trap):  # which it takes to let go of values; it may have none left
            self._context.close()
        self._runtime.close()


def _line(error: quickjs_rs.JSError) -> str:
    """Where a script cannot be read. Where it fails otherwise, its names say enough."""
    place = _PLACE.search(error.stack or "") if error.name == "SyntaxError" else None
    return f" (line {place[1]})" if place else ""
