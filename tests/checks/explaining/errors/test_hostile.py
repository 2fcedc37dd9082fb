"""Exceptions and facts that are made to break a check do not."""

import random
from typing import Any
from unittest import mock

import pytest

from autograder.checks.explaining import errors
from autograder.checks.reading import facts
from autograder.checks.reading.problems import MAX_PARTS, Problem
from autograder.checks.reading.problems.gathering import gather
from tests.checks.notebook_stand_in import Notebook

CELLS = {
    "str raises": """
class Bad(Exception):
    def __str__(self): raise SystemExit
raise Bad(1)""",
    "str loops": """
class Bad(Exception):
    def __str__(self):
        while True: pass
raise Bad("a")""",
    "argument loops": """
class Odd:
    def __repr__(self):
        while True: pass
    __str__ = __repr__
raise KeyError(Odd())""",
    "lying class": """
class Meta(type):
    def __getattribute__(cls, name): raise SystemExit
class Bad(AttributeError, metaclass=Meta):
    def __getattribute__(self, name): raise SystemExit
    __class__ = property(lambda self: 1 / 0)
raise Bad("a", name="b", obj=3)""",
    "obj loops": """
class Odd:
    def __getattribute__(self, name):
        if name in ("__dict__", "__class__"):
            while True: pass
        raise AttributeError(name, name=name, obj=self)
    def __dir__(self):
        while True: pass
    __dict__ = property(__dir__)
Odd().thing""",
    "names that lie": """
class Name(str):
    def __eq__(self, other): raise SystemExit
    def __hash__(self): return 1
    def __len__(self): raise SystemExit
raise NameError("a", name=Name("b"))""",
    "huge": 'raise ValueError("x" * 50_000_000)',
    "cause of itself": """
a, b = ValueError("a"), TypeError("b")
a.__cause__ = b
b.__cause__ = a
raise a""",
    "long chain": """
error = ValueError("a")
for _ in range(100_000):
    new = ValueError("a")
    new.__context__ = error
    error = new
raise error""",
    "dictionary of its own": """
class Sly(dict):
    def __iter__(self):
        while True: pass
    keys = items = get = __getitem__ = __contains__ = __iter__
class Odd: pass
odd = Odd()
odd.__dict__ = Sly(a=1)
odd.b""",
    "signature lies": """
import functools
def f(): pass
f.__wrapped__ = f
f.__signature__ = property(lambda self: 1 / 0)
f(colour=1)""",
    "module lies": """
import sys, types
class Sly(types.ModuleType):
    __dict__ = property(lambda self: 1 / 0)
    def __getattr__(self, name): raise AttributeError(name, name=name, obj=self)
sys.modules["_cython_9"] = sly = Sly("sly")
sly.thing""",
    "equal to nothing": """
class Odd:
    def __eq__(self, other):
        while True: pass
    __hash__ = None
len(Odd(), Odd())""",
    "syntax error of its own": """
problem = SyntaxError("a")
problem.lineno, problem.msg, problem.text = -5, ValueError, 7
raise problem""",
    "deep code": "x = " + "(" * 90 + "1" + ")" * 90 + ".a",
    "many names": "globals().update({f'name_{i}': i for i in range(200_000)})\nnama_1",
}


@pytest.mark.parametrize("name", CELLS)
def test_no_exception_breaks_a_check(notebook: Notebook, name: str) -> None:
    # IPython itself may loop where it shows such an exception.
    with mock.patch.object(notebook.shell, "showtraceback"):
        notebook.answer(3, CELLS[name])
    workspace = notebook.workspace(3)
    assert workspace.error
    assert len(workspace.problem) <= MAX_PARTS
    assert all(type(part) is str and len(part) <= facts.MAX_TEXT for part in workspace.problem)
    errors.explain({"problem": facts.problem(workspace)}, 3)
    assert notebook.checker.check(3).mistake


def test_an_exception_without_a_traceback_is_told() -> None:
    assert "kind=ValueError" in gather(ValueError("a"), {}, "", "")


KEYS = [
    *("kind", "family", "said", "cause", "line", "code", "piece", "node", "direct", "asked"),
    *("owner", "owner-type", "near", "keys", "callee", "parameter", "argument", "operand"),
    *("shows", "slip", "opened", "character", "made-line", "made-as", "missing", "index"),
    *("argument-at", "owner-size", "left-count", "right", "status", "host", "uncalled", "outer"),
]
VALUES = [
    *("", "0", "1", "-1", "9" * 290, "²", "x" * 290, "`{line}`", "{", "%s", "\t\t\t\t"),
    *("a\tb\t5\tc", "yes", "TypeError", "AttributeError", "KeyError", "IndexError", "ValueError"),
    *("OSError", "Subscript"),
    *("NameError", "ImportError", "CourseError", "unpacks", "own-argument", "own-attribute"),
    *("one-of", "own-key", "blank", "comma-missing", "Subscript", "bracket-of-another", "int"),
    *("missing 1 required positional argument: 'a'", "'a' object is not callable"),
    *("takes 1 positional argument but 2 were given", "band index 1 out of range"),
    *("index 9 is out of bounds for axis 0 with size 9", "already has a CRS", "tuple\t"),
    *("unsupported operand type(s) for -: 'a' and 'b'", "HTTP Error 404", "Dataset is closed"),
]


def test_no_claim_about_an_exception_breaks_an_explanation() -> None:
    chance = random.Random(3)
    told = 0
    for _ in range(3000):
        count = chance.randrange(60)
        claims = [f"{chance.choice(KEYS)}={chance.choice(VALUES)}" for _ in range(count)]
        found = errors.explain({"problem": facts.texts(["line=3", *claims])}, 3)
        told += found is not None
        for value in found.values.values() if found else ():
            assert type(value) is str
            assert len(value) < 4000
    assert told > 2000


@pytest.mark.parametrize(
    "fact",
    [
        facts.missing("gone"),
        facts.text("line=3"),
        {"kind": "numbers", "values": [1.0]},
        facts.texts(["="] * 700),
        facts.texts(["line=99999999999"]),
        None,
    ],
)
def test_another_fact_in_its_place_tells_nothing(fact: Any) -> None:
    assert errors.explain({"problem": fact} if fact else {}, 3) is None
    assert not Problem.read(fact).line
