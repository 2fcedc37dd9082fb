"""What grading refuses of what a learner's code did, as data; `texts` holds the sentences."""

from typing import NamedTuple

KINDS = (
    *("program", "processes", "threads", "input"),
    *("path", "module", "package", "host"),
)
"""What can be refused: the sentence of each is ``refused-…`` on the card."""

MAX_NAME = 100
"""Characters of a name that are kept."""

MOST = 20
"""Most refusals that are kept of one exercise."""


class Refusal(NamedTuple):
    """One thing that is refused while grading.

    Attributes:
        kind: One of `KINDS`.
        name: The program, path, module, package or host, or a number of threads.
    """

    kind: str
    name: str = ""
