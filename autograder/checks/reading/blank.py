"""The value of ``___`` in a notebook: a blank that says so when it is used."""

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

    Assigning it is allowed, so that a half-filled cell runs as far as it can; using it in any
    other way raises `BlankError`. IPython keeps ``_``, ``__`` and ``___`` for old outputs, and
    leaves the name alone once it is bound: a blank is then never silently an old output.
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
