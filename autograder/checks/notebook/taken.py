"""Names of the course's functions that a learner has taken for something else."""

import ast
import builtins
from types import FunctionType
from typing import Any

from IPython.core.error import InputRejected

from autograder.checks.notebook.names import COURSE_CALLS, names_of
from autograder.checks.texts import card as say


class TakenNameError(InputRejected):
    """A cell asks the course by a name that means something else now. The cell is not run."""

    def _render_traceback_(self) -> list[str]:
        """One line for IPython to show in place of a traceback."""
        return [f"TakenNameError: {self}"]


class TakenNames(ast.NodeTransformer):
    """Looks at each cell before it runs; IPython calls it as a transformer of code.

    Args:
        shell: The IPython shell.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def visit(self, node: Any) -> Any:
        """The code, unchanged.

        Raises:
            TakenNameError: It calls a function of the course whose name is taken.
        """
        if isinstance(node, ast.Module):
            asked = COURSE_CALLS & names_of(node).inputs
            for call in ast.walk(node):
                function = call.func if isinstance(call, ast.Call) else None
                if isinstance(function, ast.Name) and function.id in asked:
                    self._demand(function.id, alone=_is_all(node, call))
        return node

    def _demand(self, name: str, alone: bool) -> None:
        """Refuse a call of something else; the learner's own function is called, save alone."""
        names = self._shell.user_ns
        if name in names:
            value = names[name]
            of_course = type(value) is FunctionType and value.__module__ == "autograder"
            if of_course or (callable(value) and not alone):
                return
            raise TakenNameError(say("name-taken", name=name))
        if not hasattr(builtins, name):
            raise TakenNameError(say("name-gone", name=name))


def _is_all(tree: ast.Module, call: ast.AST) -> bool:
    """Whether a call is all that a cell does, in the form in which the course is asked."""
    match tree.body:
        case [ast.Expr(value=ast.Call(args=[] | [ast.Constant(value=int()), *_]) as only)]:
            return only is call
    return False
