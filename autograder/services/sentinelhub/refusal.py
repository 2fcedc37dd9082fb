"""How the Process API refuses."""

BAD_PAYLOAD = "COMMON_BAD_PAYLOAD"


class ProcessError(Exception):
    """A request that is answered with status 400.

    Args:
        message: What the answer says.
        parameter: Path of the field that is wrong (``output->width``).
        code: The service's name for the kind of error.
    """

    def __init__(self, message: str, parameter: str | None = None, code: str = BAD_PAYLOAD) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.code = code
