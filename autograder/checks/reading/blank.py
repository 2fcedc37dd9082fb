"""The value of ``___`` in a notebook: it raises `BlankError` when it is used."""

from typing import Any, NoReturn

PLACEHOLDER = "___"


class BlankError(Exception):
    """A blank was used before it was filled in."""

    def __init__(self) -> None:
        super().__init__(
            "A blank is still empty: replace each ___ that this cell needs, then run it again."
        )

    def _render_traceback_(self) -> list[str]:
        """One line for IPython to show in place of a traceback."""
        return [f"BlankError: {self}"]


def _refuse(*_: object, **__: object) -> NoReturn:
    raise BlankError


class Blank:
    """Stands for a blank.

    It may be assigned and shown, so that a half-filled cell runs as far as it can; any other use
    raises `BlankError`. IPython binds ``_``, ``__`` and ``___`` to old outputs, but leaves a name
    alone that is bound to something else: so a blank is never silently an old output.
    """

    def __repr__(self) -> str:
        return "___ (a blank to fill in)"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # display hooks, copy and pickle probe for these
            raise AttributeError(name)
        raise BlankError


_OPERATORS = (
    *("add", "and", "divmod", "floordiv", "lshift", "matmul", "mod", "mul", "or", "pow"),
    *("rshift", "sub", "truediv", "xor"),
)
_USES = (
    *("aenter", "aexit", "aiter", "anext", "array", "await", "call", "contains", "delattr"),
    *("delitem", "enter", "exit", "getitem", "instancecheck", "iter", "len", "next", "reversed"),
    *("setattr", "setitem"),
    *("abs", "bool", "bytes", "ceil", "complex", "float", "floor", "format", "fspath", "hash"),
    *("index", "int", "invert", "neg", "pos", "round", "trunc"),
    *("eq", "ge", "gt", "le", "lt", "ne"),
    *(f"{side}{operator}" for operator in _OPERATORS for side in ("", "r", "i")),
)
"""Python's names, without underscores, of all that can be done with an object; showing is not."""

for _use in _USES:
    setattr(Blank, f"__{_use}__", _refuse)
