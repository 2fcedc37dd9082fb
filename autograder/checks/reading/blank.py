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

    It may be assigned, so that a half-filled cell runs as far as it can; any other use raises
    `BlankError`. IPython binds ``_``, ``__`` and ``___`` to old outputs, but leaves a name alone
    that is bound to something else: so a blank is never silently an old output.
    """

    def __repr__(self) -> str:
        return "___ (a blank to fill in)"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # display hooks, copy and pickle probe for these
            raise AttributeError(name)
        raise BlankError

    __call__ = __getitem__ = __iter__ = __len__ = __bool__ = __contains__ = _refuse
    __enter__ = __exit__ = __fspath__ = __index__ = __int__ = __float__ = _refuse
    __neg__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __lt__ = __le__ = __gt__ = __ge__ = __array__ = _refuse
