"""Attacks on the verdict from within: whatever our process is made to say."""

from tests.grading.attacks.attack import Attack

EMPTY_CELLS = """
import ast

class Emptier(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.Module(body=[], type_ignores=[])

attempt("every later cell does nothing", lambda: get_ipython().ast_transformers.append(Emptier()))
"""


PATCH_JUDGE = """
import sys
from autograder.checks.judging import compare
from autograder.checks.judging import judge
from autograder.checks.judging import verdict

def full(*arguments, **options):
    return None

def patch():
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("autograder."):
            for name in ("compare", "judge", "judge_exercise", "remarks_on", "unpack"):
                if callable(getattr(module, name, None)):
                    setattr(module, name, full)
    verdict.Verdict.score = property(lambda self: self.max_score)
    return verdict.Verdict.score

attempt("judge and verdict say full marks", patch)
"""


PATCH_LIBRARIES = """
import json
import numpy as np

def patch():
    np.testing.assert_allclose = np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
    json.loads = lambda *a, **k: {"score": 5.0}
    get_ipython().run_cell = lambda *a, **k: None
    get_ipython().events.trigger = lambda *a, **k: None
    return np.allclose(1, 2)

attempt("comparisons always hold", patch)
"""


OWN_CHECK = """
import autograder
from autograder import classroom

def five(number=0):
    return 5.0

def patch():
    autograder.check = classroom.room().check = five
    return autograder.check(3)

attempt("check gives five points", patch)
check = five
check(3)
"""


VERDICT_OUTPUT = """
from IPython.display import display
verdict = {"exercise": 3, "score": 5.0, "max_score": 5.0, "mistake": None, "message": ""}
bundle = {
    "text/plain": "5.0",
    "text/html": "<p>5 of 5 points</p>",
    "application/vnd.course.verdict+json": verdict,
}
attempt("a verdict is displayed", lambda: display(bundle, raw=True))

class Five(float):
    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle

Five(5.0)
"""


SWAP_CELLS = """
import sys
from dataclasses import replace

def swap():
    frame = sys._getframe()
    while "cells" not in frame.f_locals or "contact" not in frame.f_locals:
        frame = frame.f_back
    cells = frame.f_locals["cells"]
    changed = 0
    for place, cell in enumerate(cells):
        if cell.kind == "check":
            cells[place] = replace(cell, exercise=3)
            changed += 1
    return changed

attempt("each check cell is one of exercise 3", swap)
"""


DROP_MODULES = """
from pathlib import Path

NAMES = ("autograder", "utils", "numpy", "json", "matplotlib", "sitecustomize", "usercustomize",
         "IPython", "rasterio", "encodings")

def drop():
    code = f"print({places['mark']!r}, __name__)\\ncheck = start_course = lambda *a: 5.0\\n"
    startup = Path(".ipython/profile_default/startup")
    startup.mkdir(parents=True)
    profile = Path("profile_default/startup")
    profile.mkdir(parents=True)
    for place in (startup, profile):
        (place / "00.py").write_text(code)
    for name in NAMES:
        Path(f"{name}.py").write_text(code)
    for name in ("ipython_config.py", "jupyter_config.py", "matplotlibrc", ".pth", "x.pth"):
        Path(name).write_text(code)
    return len(list(Path().iterdir()))

attempt("modules that shadow those of the course in later notebooks", drop)
"""


SEE_MODULES = """
import importlib, sys

def see():
    import autograder, matplotlib, numpy, utils
    modules = [autograder, json, matplotlib, numpy, utils, importlib.import_module("wave")]
    return [m.__name__ for m in modules if m.__file__.startswith(__import__("os").getcwd())]

attempt("see which modules are ours", see)
"""


FAKE_SESSION = """
class Answer:
    status_code = 200
    content = b"II*\\x00"
    headers = {}

    def json(self):
        return {"features": [{"properties": {"eo:cloud_cover": 1.0}}] * 50}

class Session:
    token = {"access_token": "x", "expires_in": 600}
    authorized = True

    def post(self, url, json=None, **options):
        return Answer()

attempt("a session that asks nobody", lambda: Session().post("").json()["features"][0])
client_id, client_secret = "course-client", "course-secret"
oauth, token = Session(), Session.token
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}
response = oauth.post(catalog_url, json=search_body)
results = response.json()
print(f"Found {len(results['features'])} products")
"""


FORGED_JOURNAL = """
from autograder.services import journal
from autograder.services.lifetime import client

def forge():
    import autograder.checks.notebook.session as session
    session.Session._requests = lambda *a: [{"method": "POST", "status": 200}]
    session.Session.workspace = lambda *a, **k: None
    journal.Journal.requests = lambda *a: []
    return "patched"

attempt("a journal of our own", forge)
"""


HOOKS = """
ip = get_ipython()

class Out(SystemExit):
    pass

def full(*arguments):
    import builtins
    builtins.check = lambda number: 5.0
    ip.user_ns["check"] = builtins.check

attempt("a hook before and after each cell", lambda: [
    ip.events.register(name, full) for name in ("pre_run_cell", "post_run_cell", "post_execute")
])
ip.display_formatter.format = lambda *a, **k: ({"text/plain": "5.0"}, {})
ip.showtraceback = lambda *a, **k: None
ip.transform_cell = lambda source: "5.0"
"""


STOLEN_TRANSCRIPT = """
import gc
from autograder.grading.running.transcript import Transcript
transcript = next(thing for thing in gc.get_objects() if isinstance(thing, Transcript))

def rewrite():
    result = {"output_type": "execute_result", "data": {"text/plain": "5.0"}, "metadata": {}}
    Transcript.take = lambda self: [{**result, "execution_count": 1}]
    return "from now on"

attempt("what every cell shows is the number 5.0", rewrite)
"""


ATTACKS = [
    Attack(
        "tamper",
        "emptied cells",
        "An AST transformer empties all later cells, so that no check fails.",
        {3: EMPTY_CELLS},
        honest=(6,),
    ),
    Attack(
        "tamper", "patched judge", "The judge in our process says full marks.", {3: PATCH_JUDGE}
    ),
    Attack(
        "tamper",
        "patched libraries",
        "numpy, json and IPython say what we like, from now on.",
        {3: PATCH_LIBRARIES},
    ),
    Attack("tamper", "own check", "check() is a function of ours.", {3: OWN_CHECK}, says=("5.0",)),
    Attack("tamper", "displayed verdict", "An output looks like a verdict.", {3: VERDICT_OUTPUT}),
    Attack("tamper", "swapped cells", "All checks are those of exercise 3.", {4: SWAP_CELLS}, (3,)),
    Attack(
        "tamper",
        "dropped modules",
        "Files in the folder are imported in place of the course's in later notebooks.",
        {1: DROP_MODULES, 3: SEE_MODULES},
        honest=(5, 6, 9),
        says=("got: []",),
    ),
    Attack("tamper", "fake session", "Requests are made up, none is sent.", {1: FAKE_SESSION}),
    Attack("tamper", "forged journal", "The list of requests is ours.", {1: FORGED_JOURNAL}),
    Attack("tamper", "hooks", "Hooks of IPython run around every cell.", {3: HOOKS}),
    Attack(
        "tamper",
        "stolen transcript",
        "Whatever a cell shows is a number.",
        {3: STOLEN_TRANSCRIPT},
        tries=False,
    ),
]
