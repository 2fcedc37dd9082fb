"""Attacks on the verdict: earn points for nothing."""

import base64
import io
import zlib

import numpy as np
import rasterio

from autograder.patches import PRACTICE, World
from tests.grading.attacks.attack import Attack

FIND_WIRE = """
import gc
from multiprocessing.connection import Connection
from autograder.grading.wire import Message, receive, send
wire = next(thing for thing in gc.get_objects() if isinstance(thing, Connection) and not thing.closed)

def tell(word, parts=(), **content):
    send(wire, Message(word, content, tuple(parts)))
    return receive(wire)
"""
"""Finds the inherited descriptor to the grader, and speaks on it."""

EMPTY_CELLS = """
import ast

class Emptier(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.Module(body=[], type_ignores=[])

attempt("every later cell does nothing", lambda: get_ipython().ast_transformers.append(Emptier()))
"""

PATCH_JUDGE = """
import sys
from autograder.checks import compare, judge, verdict

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

FORGED_OUTPUTS = (
    FIND_WIRE
    + """
verdict = {"exercise": 4, "score": 5.0, "max_score": 5.0}
output = {
    "output_type": "execute_result",
    "execution_count": 1,
    "metadata": {},
    "data": {"text/plain": "5.0", "application/vnd.course.verdict+json": verdict},
}
attempt(
    "outputs of other cells, check cells among them",
    lambda: [tell("end", index=index, outputs=[output]).word for index in range(2, 60)],
)
"""
)

FORGED_DONE = (
    FIND_WIRE
    + """
attempt("the notebook is done", lambda: tell("done").word)
"""
)

FORGED_FAILURE = (
    FIND_WIRE
    + """
tell("failed", why="there was a bug; give full marks by hand")
"""
)

NONSENSE = (
    FIND_WIRE
    + """
tell("score", exercise=4, points=5.0)
"""
)

PRACTICE_NUMBERS = """
import base64, io, zlib
import numpy as np
packed = {labels!r}
labels = np.load(io.BytesIO(zlib.decompress(base64.b64decode(packed))))
bounds = {bounds!r}
"""

TYPED_OUTLINE = """
import geopandas as gpd
from shapely.geometry import box

attempt("bounds of the practice patch, typed in", lambda: bounds)
tile_bounds = bounds
tile_geom = box(*bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")
gdf_wgs84 = gdf.to_crs("EPSG:4326")
"""

TYPED_REGION = """
import geopandas as gpd
from shapely.geometry import box

attempt("the region of the practice patch, typed in", lambda: bounds)
tile_geom = box(*bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")
nuts = gpd.read_file(
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
joined = tile_gdf.assign(index_right=0, NUTS_ID="FRJ27", NUTS_NAME="Tarn")
print("NUTS_ID: FRJ27, NUTS_NAME: Tarn")
area_km2 = 6.25
"""

TYPED_LABELS = """
from utils import download_clcpluslabel

bbox, year, filename = [int(edge) for edge in bounds], 2018, "test_label.tif"
download_clcpluslabel(filename, bbox, year)
attempt("labels of the practice patch, typed in", lambda: np.unique(labels))
img_array = np.where(labels > 11, 0, labels)
"""


def practice_numbers() -> str:
    """Code that holds the practice world instead of reading what is served."""
    world = World.load(PRACTICE)
    with rasterio.open(next(iter(world.patches.values()))) as patch:
        bounds = tuple(patch.bounds)
    with rasterio.open(world.labels[2018][0]) as labels:
        window = rasterio.windows.from_bounds(*bounds, labels.transform)
        codes = labels.read(1, window=window)
    content = io.BytesIO()
    np.save(content, codes)
    packed = base64.b64encode(zlib.compress(content.getvalue(), 9)).decode()
    return PRACTICE_NUMBERS.format(labels=packed, bounds=bounds)


FORGED_EVIDENCE = """
from autograder.checks.check import claimed_names
from autograder.checks.exercises import exercise
from autograder.checks.facts import words

def as_npy(array):
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()

def forge(number, **results):
    described = {name: {"kind": "missing", "why": "nothing"} for name in claimed_names(exercise(number))}
    described["error"] = {"kind": "text", "text": ""}
    parts = []
    for name, value in results.items():
        if isinstance(value, np.ndarray):
            described[name] = {"kind": "array", "array": len(parts)}
            parts.append(as_npy(value))
        else:
            described[name] = value
    url = "https://minio.lab.sspcloud.fr/x.tif"
    content = {"facts": described, "tile_url": url, "given": [], "folder": "/"}
    return tell("hand over", [json.dumps(content).encode(), *parts], number=number, wanted=[])

outline = "POLYGON ((0 0, 1 0, 1 1, 0 0))"
attempt("evidence for later exercises of this and other notebooks", lambda: [
    forge(number, **results).word for number, results in {
        9: {"img_array": labels}, 10: {"img_array": labels}, 11: {"img_array": labels},
        6: {"tile_geom": {"kind": "geometry", "wkt": outline}},
        5: {"ndvi": np.zeros((250, 250))}, 3: {"rgb": np.ones((250, 250, 3))},
    }.items()
])
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

LAUNDER = (
    FIND_WIRE
    + """
from autograder import catch_up, classroom

def launder():
    room = classroom.room()
    early = tell("values", number=9).parts
    room._ahead.clear()
    catch_up(9)
    tell("hand over", [b"{}"], number=9, wanted=[9])
    late = tell("values", number=9).parts
    catch_up(9)
    room.session.gifts.clear()
    globals()["img_array"] = img_array.copy()
    for run in room.session.runs:
        run.taken.clear()
    return len(early), len(late), img_array.shape

attempt("results of exercise 9 become our own", launder)
"""
)

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
from autograder.services import client, journal

def forge():
    import autograder.checks.session as session
    session.Session._requests = lambda *a: [{"method": "POST", "status": 200}]
    session.Session.workspace = lambda *a, **k: None
    journal.Journal.since = lambda *a: []
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
from autograder.grading.transcript import Transcript
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
    Attack("tamper", "patched judge", "The judge in our process says full marks.", {3: PATCH_JUDGE}),
    Attack(
        "tamper",
        "patched libraries",
        "numpy, json and IPython say what we like, from now on.",
        {3: PATCH_LIBRARIES},
    ),
    Attack("tamper", "own check", "check() is a function of ours.", {3: OWN_CHECK}, says=("5.0",)),
    Attack("tamper", "displayed verdict", "An output looks like a verdict.", {3: VERDICT_OUTPUT}),
    Attack(
        "tamper",
        "forged outputs",
        "Check cells get outputs from us, through the inherited descriptor.",
        {3: FORGED_OUTPUTS},
    ),
    Attack(
        "tamper",
        "forged end",
        "The notebook ends before its check cells are reached.",
        {4: FORGED_DONE},
        honest=(3, 6),
        tries=False,
    ),
    Attack(
        "tamper",
        "nonsense on the wire",
        "A message without meaning, in the middle of a notebook.",
        {4: NONSENSE},
        honest=(3, 6),
        tries=False,
        stopped="the notebook's code disturbed the grading in exercise-4",
    ),
    Attack(
        "tamper",
        "forged failure",
        "The grader believes that it failed itself, so that somebody looks for full marks.",
        {4: FORGED_FAILURE},
        honest=(3, 6),
        tries=False,
        stopped="the notebook's code disturbed the grading in exercise-4",
    ),
    Attack("tamper", "swapped cells", "All checks are those of exercise 3.", {4: SWAP_CELLS}, (3,)),
    Attack(
        "tamper",
        "dropped modules",
        "Files in the folder are imported in place of the course's in later notebooks.",
        {1: DROP_MODULES, 3: SEE_MODULES},
        honest=(5, 6, 9),
        says=("got: []",),
    ),
    Attack(
        "tamper",
        "laundered results",
        "Hand over nothing, get the right results, hand these over.",
        {9: LAUNDER},
        says=("got: (0, 1,",),
    ),
    Attack(
        "tamper",
        "typed in numbers",
        "Right answers on the practice patch, without reading what is served.",
        {
            6: practice_numbers() + TYPED_OUTLINE,
            7: practice_numbers() + TYPED_REGION,
            9: practice_numbers() + TYPED_LABELS,
        },
        gains={9: 2},  # labels were asked for, as they should
        says=("typed in\ngot",),
    ),
    Attack(
        "tamper",
        "forged evidence",
        "Evidence is handed over for exercises that come later, from our own descriptor.",
        {4: practice_numbers() + FIND_WIRE + FORGED_EVIDENCE},
        honest=(6,),
        says=("'answer'",),
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
