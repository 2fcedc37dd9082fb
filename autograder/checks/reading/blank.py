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
    raises `BlankError`.
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


def keep_blank(shell: Any) -> None:
    """Bind ``___`` to a blank, and let it stay one.

    IPython binds ``_``, ``__`` and ``___`` to old outputs, and stops with all three where one of
    them is bound to something else. ``_`` and ``__`` go on being old outputs; ``___`` is left out.

    Args:
        shell: The IPython shell.
    """
    names, hook = shell.user_ns, shell.displayhook
    if type(names.get(PLACEHOLDER)) is not Blank:
        names[PLACEHOLDER] = Blank()
    shell.user_ns_hidden[PLACEHOLDER] = names[PLACEHOLDER]  # like what IPython has bound itself
    if not hasattr(type(hook), PLACEHOLDER):
        # What IPython remembers as the third last output is what the name holds, whatever is put
        # there. A class of this one object; IPython's own stays as it is.
        kept = property(lambda hook: hook.shell.user_ns.get(PLACEHOLDER), lambda hook, output: None)
        usual: Any = type(hook)
        hook.__class__ = type(usual)(usual.__name__, (usual,), {PLACEHOLDER: kept})
