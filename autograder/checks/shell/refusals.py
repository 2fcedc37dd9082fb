"""Keeps what grading refuses: in a learner's kernel it still works."""

from dataclasses import dataclass

from autograder.checks import texts
from autograder.checks.reading.workspace import MAX_NAME, Refusal


@dataclass
class Refusals:
    """What was refused, or will be while grading.

    Attributes:
        grading: Whether this is grading.
        kept: All of it, in the order in which it came up.
    """

    grading: bool
    kept: list[Refusal]

    def add(self, kind: str, name: object = "") -> str:
        """Keep that something is refused.

        Args:
            kind: One of `reading.workspace.KINDS`.
            name: Of what is refused.

        Returns:
            It in a sentence.
        """
        words = " ".join(str(name).split())
        short = words if len(words) <= MAX_NAME else f"{words[: MAX_NAME - 1]}…"
        self.kept.append(Refusal(kind, short))
        return texts.card(f"refused-{kind}", name=short)
