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
    shell: Any, tell: Callable[[str], None], answered: Callable[[], object]
) -> None:
    """Have `input` give an empty text at once where the frontend lets nobody answer.

    Args:
        shell: The IPython shell, with the kernel that asks.
        tell: Is told the question.
        answered: Is called where somebody has answered.
    """
    asked_in: list[int] = []

    def asking(ask: Callable[..., str]) -> Callable[..., str]:
        def asked(prompt: object = "", *arguments: Any, **options: Any) -> str:
            try:
                answer = ask(prompt, *arguments, **options)
            except StdinNotImplementedError:
                if str(prompt).startswith(DEBUGGERS):
                    return GO_ON
                asked_in.append(shell.execution_count)
                if asked_in.count(shell.execution_count) > MOST:
                    raise
                tell(str(prompt))
                return ""
            if not str(prompt).startswith(DEBUGGERS):
                answered()
            return answer

        return asked

    for name in FUNCTIONS:
        setattr(shell.kernel, name, asking(getattr(shell.kernel, name)))
