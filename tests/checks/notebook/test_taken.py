"""A name of the course that was taken for something else is named when the course is asked."""

from collections.abc import Iterator

import pytest

import autograder
from autograder.checks.notebook.names import COURSE_CALLS
from tests.checks.notebook_stand_in import Notebook

ASKED = {
    "answer": "answer(3, 5)",
    "catch_up": "catch_up(3)",
    "check": "check(3)",
    "hint": "hint(3)",
    "progress": "progress()",
    "rehearse": "rehearse()",
    "start_course": "start_course()",
}
TAKEN = ["{} = 5", "{} = 'text'", "{} = None", "{}, other = 1, 2", "for {} in [1]: pass"]
FUNCTIONS = ["def {}(*a): return 7", "{} = lambda *a: 7", "{} = print", "class {}: pass"]


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    running = Notebook()
    running.run(f"from autograder import {', '.join(autograder.__all__)}")
    yield running
    running.close()


def said(notebook: Notebook) -> str:
    return notebook.session.runs[-1].error


@pytest.mark.parametrize("name", sorted(COURSE_CALLS))
@pytest.mark.parametrize("code", [*TAKEN, *FUNCTIONS])
def test_the_next_use_says_which_name_was_taken(notebook: Notebook, name: str, code: str) -> None:
    notebook.run(code.format(name))
    shown = notebook.run(ASKED[name])
    assert f"TakenNameError: `{name}` is a variable of yours now" in shown
    assert "run the first cell of the notebook again" in shown
    assert "Traceback" not in shown
    notebook.run("from autograder import *")
    assert notebook.shell.user_ns[name] is getattr(autograder, name)
    assert "TakenNameError" not in notebook.run(f"if False:\n    {ASKED[name]}")


@pytest.mark.parametrize("name", sorted(COURSE_CALLS))
@pytest.mark.parametrize("code", ["del {}", "%reset -f"])
def test_a_name_that_is_gone_can_be_had_again(notebook: Notebook, name: str, code: str) -> None:
    notebook.run(code.format(name))
    assert f"Run `from autograder import {name}` to get it back" in notebook.run(ASKED[name])


@pytest.mark.parametrize(
    "code",
    [
        *("def check(a): return a\nx = check(5)", "check = len\nx = check('abc')"),
        *(
            "def f(check): return check(2)\nx = f(abs)",
            "from math import sqrt as hint; x = hint(4)",
        ),
        *("x = [progress() for progress in (int, str)]", "x = print('check(5)')"),
    ],
)
def test_a_learner_s_own_function_is_theirs(notebook: Notebook, code: str) -> None:
    notebook.run(code)
    assert not said(notebook)


def test_a_function_of_another_cell_is_called_with_other_values(notebook: Notebook) -> None:
    notebook.run("def check(values): return sum(values)")
    notebook.run("x = check([1, 2])")
    assert notebook.shell.user_ns["x"] == 3


def test_a_cell_that_asks_by_a_taken_name_is_not_run(notebook: Notebook) -> None:
    notebook.run("hint = 5")
    notebook.run("done = True\nhint(3)")
    assert "done" not in notebook.shell.user_ns
    assert said(notebook).startswith("TakenNameError")


def test_all_functions_of_the_course_are_known() -> None:
    assert set(autograder.__all__) == COURSE_CALLS == ASKED.keys()
