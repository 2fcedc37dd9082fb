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
