"""Remarks of a card at full points: what the code did that is refused while grading."""

from autograder.checks.notebook.modules import lacking
from autograder.checks.reading.workspace import Workspace
from autograder.checks.texts import card as say


def not_later(workspace: Workspace) -> tuple[str, ...]:
    """The first thing that will be refused, in words, and how to see what becomes of the rest."""
    refused = (*workspace.refused, *lacking(workspace.source, workspace.names))
    if not refused:
        return ()
    first = say(f"refused-{refused[0].kind}", name=refused[0].name)
    return (f"{first} {say('not-later')}",)
