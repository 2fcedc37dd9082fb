"""Questions to a learner, where nobody can answer."""

from collections.abc import Callable
from typing import Any

from IPython.core.error import StdinNotImplementedError

FUNCTIONS = ("raw_input", "getpass")
"""Methods of a kernel that stand behind `input` and `getpass.getpass`."""

MOST = 10
"""Questions of a cell that are passed over; code that asks on until it is answered ends then."""

DEBUGGERS = ("ipdb>", "(Pdb)")
"""How debuggers ask what to do."""

GO_ON = "continue"


def go_on_unanswered(
    shell: Any, heard: Callable[[], object], unanswered: Callable[[str], None]
) -> None:
    """Have `input` give an empty text at once where the frontend lets nobody answer.

    Args:
        shell: The IPython shell, with the kernel that asks.
        heard: Called for each question that is not a debugger's.
        unanswered: Gets a question that nobody can answer.
    """
    asked_in: list[int] = []

    def asking(ask: Callable[..., str]) -> Callable[..., str]:
        def asked(prompt: object = "", *arguments: Any, **options: Any) -> str:
            debugs = str(prompt).startswith(DEBUGGERS)
            if not debugs:
                heard()
            try:
                return ask(prompt, *arguments, **options)
            except StdinNotImplementedError:
                if debugs:
                    return GO_ON
                asked_in.append(shell.execution_count)
                if asked_in.count(shell.execution_count) > MOST:
                    raise
                unanswered(str(prompt))
                return ""

        return asked

    for name in FUNCTIONS:
        setattr(shell.kernel, name, asking(getattr(shell.kernel, name)))
