"""The one family of errors that a user of this project is shown."""

RENEW = (
    "On the SSP Cloud, restart your service from 'My services', or copy new credentials from"
    " 'My account'. Elsewhere, run the first cell of the notebook again: it starts the offline"
    " services"
)
"""What to do about credentials for the object storage that are missing or no longer valid."""


class CourseError(Exception):
    """Something a user can put right.

    Every message has the same three parts, so that it can be read at a glance.

    Args:
        found: What was found, with the value.
        expected: What was expected instead.
        todo: What to do next.
    """

    def __init__(self, found: str, expected: str = "", todo: str = "") -> None:
        self.found = found
        self.expected = expected
        self.todo = todo
        parts = (part.strip().rstrip(".") for part in (found, expected, todo))
        super().__init__(". ".join(part for part in parts if part) + ".")

    def _render_traceback_(self) -> list[str]:
        """One line for IPython to show in place of a traceback: the message says it all."""
        return [f"{type(self).__name__}: {self}"]
