"""A blank may be stored and shown; every other use of it says that it is empty."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter

from autograder.checks.reading.blank import Blank, BlankError
from tests.checks.notebook_stand_in import Notebook

USES = [
    *("___ == 10", "10 == ___", "___ != 1", "___ < 1", "1 >= ___", "___ + 1", "1 - ___", "___ * 2"),
    *("___ ** 2", "2 ** ___", "___ // 2", "7 % ___", "___ & 1", "1 | ___", "~___", "-___", "+___"),
    *("___ @ ___", "divmod(___, 2)", "1 << ___", "abs(___)", "round(___)", "int(___)", "len(___)"),
    *("float(___)", "complex(___)", "bytes(___)", "hash(___)", "{___: 1}", "{___}", "[*___]"),
    *("reversed(___)", "list(___)", "next(___)", "f'{___}'", "f'{___:.2f}'", "format(___)"),
    *("'%d' % ___", "bool(___)", "not ___", "1 if ___ else 2", "1 in ___", "___()", "___[0]"),
    *("___.read", "range(___)", "isinstance(1, ___)", "open(___)", "max(___, 1)", "sum(___)"),
    *("np.array(___)", "np.abs(___)", "np.ones(2) == ___", "np.float64(1) * ___", "np.ones(___)"),
    *("pd.Series([1]) * ___", "pd.DataFrame({'a': [1]})[___]"),
]
STATEMENTS = [
    *("x = 1; x += ___", "___[0] = 1", "del ___[0]", "___.a = 1", "del ___.a", "a, b = ___"),
    *("for x in ___: pass", "with ___: pass", "while ___: pass", "if ___: pass", "assert ___"),
]


@pytest.mark.parametrize("code", [*USES, *STATEMENTS])
def test_every_use_says_that_the_blank_is_empty(code: str) -> None:
    names = {"___": Blank(), "np": np, "pd": pd}
    with pytest.raises(BlankError):
        exec(code, names)


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    running = Notebook()
    yield running
    running.close()


@pytest.mark.parametrize(
    "code",
    [
        *("x = ___", "[___, 1]", "{'a': ___}", "print(___)", "repr(___)", "f'{___!r}'", "x is ___"),
        *("___", "x", "%whos", "%who", "x?", "Out", "del x", "import copy; copy.copy(___)"),
        *("import pandas as pd; pd.Series([___])", "import pickle; pickle.dumps(___)"),
    ],
)
def test_ipython_shows_and_stores_a_blank(notebook: Notebook, code: str) -> None:
    notebook.run("x = ___")
    notebook.run(code)
    assert not notebook.session.runs[-1].error
    assert "___" in notebook.shell.user_ns
    with provisionalcompleter():
        for typed in ("x.", "__", "x[", "x("):
            assert list(notebook.shell.Completer.completions(typed, len(typed))) is not None


@pytest.mark.parametrize("each", ["last_expr", "all"])
def test_older_outputs_go_on_under_their_names_and_the_blank_stays(
    notebook: Notebook, each: str
) -> None:
    notebook.shell.ast_node_interactivity = each
    notebook.run("1")
    notebook.run("2 * 21")
    assert (notebook.shell.user_ns["_"], notebook.shell.user_ns["__"]) == (42, 1)
    notebook.run("'a'\n'b'\n'c'\nkept = ___\n_ + __")
    assert type(notebook.shell.user_ns["kept"]) is Blank
    assert type(notebook.shell.user_ns["___"]) is Blank
    assert notebook.shell.user_ns["_"] == {"last_expr": 43, "all": "cb"}[each]
    notebook.shell.ast_node_interactivity = "last_expr"


def test_a_blank_that_was_overwritten_is_one_again(notebook: Notebook) -> None:
    notebook.run("___ = 5")
    notebook.run("x = ___")
    assert type(notebook.shell.user_ns["x"]) is Blank
