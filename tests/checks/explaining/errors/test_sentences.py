"""What a card says of exceptions is true of the objects at hand, whole and short."""

import re

import pytest

from autograder.checks import texts
from autograder.checks.explaining import errors
from autograder.checks.explaining.errors import wording
from autograder.checks.reading import facts
from autograder.notebooks.lint.texts import LONGEST_MESSAGE, faults
from tests.checks.notebook_stand_in import Notebook

FIGURE = "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(1, 2)\n"
FRAME = (
    "import geopandas as gpd\nfrom shapely.geometry import box\nbounds = (0, 1, 2, 3)\n"
    "gdf = gpd.GeoDataFrame({'tile': ['A']}, geometry=[box(*bounds)], crs='EPSG:3035')\n"
)
ARRAY = "import numpy as np\nrgb = np.ones((6, 5, 3))\n"


def said(notebook: Notebook, number: int, code: str) -> tuple[str, str]:
    """Key and sentence on the exception that stops a cell; empty for none."""
    notebook.answer(number, code)
    workspace = notebook.workspace(number)
    evidence = {**facts.of_code(workspace.source), "problem": facts.problem(workspace)}
    found = errors.explain(evidence, number)
    if found is None:
        return "", ""
    entry = texts.explanation(number, found.key)
    assert entry
    return found.key, entry.filled(found.values).say


CASES: dict[str, tuple[int, str, str, str]] = {
    # name: exercise, code, key, a part of the sentence
    "setter": (11, FIGURE + "axes[0].title('A')", "value-called-setter", "`set_title`"),
    "called": (7, FRAME + "bounds_of = gdf.total_bounds()", "value-called", "an array"),
    "several": (11, FIGURE + "axes.imshow([[1]])", "one-of-several", "`axes` is an array"),
    "figure": (11, FIGURE + "fig.imshow([[1]])", "figure-for-axes", "`fig` is the whole"),
    "swapped": (11, FIGURE + "axes[0].imshow([[1]], cmpa='gray')", "argument-misspelt", "`cmap`"),
    "colours": (11, FIGURE + "axes[0].imshow([[1]], cmap='RdYlgn')", "value-misspelt", "`RdYlGn`"),
    "plain": (6, FRAME + "gdf.to_csr(4326)", "attribute-misspelt", "`to_crs`"),
    "column": (7, FRAME + "gdf['Tile']", "key-misspelt", "`tile`"),
    "keys": (1, "answer = {'code': 400, 'text': ''}\nanswer['features']", "key-unknown", "`code`"),
    "as key": (1, "answer = {'code': 400}\nanswer.code", "key-as-attribute", "`answer`"),
    "twice": (1, "answer = {'code': 400}\nanswer.json()", "read-already", "a dictionary"),
    "declared": (6, FRAME + "gdf.set_crs('EPSG:4326')", "crs-declared-already", "`gdf` knows"),
    "naive": (6, FRAME + "gpd.GeoDataFrame(geometry=gdf.geometry.values).set_crs(None, "
              "allow_override=True).to_crs(3035)", "crs-not-declared", "CRS"),
    "star": (6, FRAME + "box(bounds)", "not-unpacked", "4 separate values"),
    "no star": (6, FRAME + "box(1, 2)", "arguments-missing", "`maxx`, `maxy`"),
    "one lost": (9, "from utils import download_clcpluslabel\n"
                 "download_clcpluslabel('a.tif', [1, 2, 3, 4])", "argument-missing", "`year`"),
    "predicate": (7, FRAME + "gpd.sjoin(gdf, gdf, predicate='intersect')", "value-misspelt",
                  "`intersects`"),
    "renamed": (7, FRAME + "gpd.sjoin(gdf, gdf, op='intersects')", "argument-renamed",
                "`predicate`"),
    "inner": (5, ARRAY + FIGURE + "axes[0].imshow(np.clip(rgb, 0, 1, cmap='gray'))",
              "argument-of-outer", "`axes[0].imshow`"),
    "not called": (2, "from utils import get_file_system\nget_file_system.put('a', 'b')",
                   "function-not-called", "`get_file_system`"),
    "stored": (2, "from utils import get_file_system\nfs = get_file_system\nfs.put('a', 'b')",
               "function-stored", "line 2"),
    "none": (6, FRAME + "gdf = gdf.to_crs(4326, inplace=True)\ngdf.total_bounds", "none-stored",
             "line 5"),
    "none of a call": (6, "print('a').upper()", "none-of-a-call", "gives back nothing"),
    "comma": (6, FRAME + "gdf = gdf.to_crs(4326),\ngdf.total_bounds", "trailing-comma", "line 5"),
    "comma lost": (8, "bounds = [[1, 2] [3, 4]]", "comma-before-bracket", "`[1, 2]`"),
    "call of a tuple": (8, "bounds = [(1, 2) (3, 4)]", "comma-before-bracket", "`(1, 2)`"),
    "overwritten": (6, FRAME + "box = box(*bounds)\nbox(1, 2, 3, 4)", "function-overwritten",
                    "line 5"),
    "package": (8, "import folium\nfolium(location=[1, 2])", "package-called", "`folium`"),
    "unpacking": (8, "west, south = (1, 2, 3)", "values-too-many", "2 names"),
    "too few": (8, "west, south, east = (1, 2)", "values-too-few", "2 values"),
    "no parts": (8, "west, south = 3", "not-to-be-taken-apart", "a whole number"),
    "index": (11, FIGURE + "axes[2].imshow([[1]])", "index-too-large", "0 to 1"),
    "axes": (11, FIGURE + "axes[0, 0].imshow([[1]])", "too-many-indices", "dimension 1"),
    "round": (3, ARRAY + "rgb.mean[0]", "square-brackets-for-a-call", "`rgb.mean`"),
    "uncalled": (5, ARRAY + "rgb.mean - 1", "function-named-only", "`rgb.mean`"),
    "operands": (5, "'4' - 1", "operands-do-not-fit", "a text"),
    "shapes": (5, ARRAY + "rgb - np.ones((5, 5))", "shapes-do-not-fit", "(6,5,3) (5,5)"),
    "image": (3, ARRAY + FIGURE + "axes[0].imshow(rgb.T)", "not-an-image-shape", "(3, 5, 6)"),
    "truth": (5, ARRAY + "if rgb > 0:\n    pass", "truth-of-many", "whole array"),
    "one number": (7, FRAME + "area = gdf.area\nf'{area:.2f}'", "not-one-number", "column"),
    "array for name": (10, ARRAY + "np.save(rgb, 'a.npy')", "file-name-elsewhere", "`'a.npy'`"),
    "misspelt": (6, "tile_geom = 1\ntile_goem", "name-misspelt", "`tile_geom`"),
    "later": (3, "print(unheard_p98)\nunheard_p98 = 1", "name-made-later", "line 2"),
    "text": (5, "cmap = RdYlGn", "name-unknown", "quotation marks"),
    "exercise": (4, "print(rgb_data, rgb)", "name-of-exercise-cell", "exercise 3"),
    "result": (4, "print(rgb)", "name-of-exercise", "`catch_up(3)`"),
    "given": (6, "print(tile_bounds)", "name-given", "from the top"),
    "far": (4, "print(img_array)", "name-of-notebook", "notebook 5"),
    "alias": (9, "np.zeros(3)", "name-given", "`np`"),
    "imported": (1, "gpd.read_file('a')", "package-not-imported", "`geopandas`"),
    "import": (8, "from rasterio.warp import transform_bound", "import-misspelt",
               "`transform_bounds`"),
    "module": (3, "import rasteri", "package-misspelt", "`rasterio`"),
    "submodule": (8, "import rasterio.wrap", "import-misspelt", "`warp`"),
    "file": (10, "open('nothing.npy')", "file-not-there", "`nothing.npy`"),
    "refused": (9, "from utils import download_clcpluslabel\n"
                "download_clcpluslabel('a.tif', 2018, 2018)", "refused", "Four finite numbers"),
    "zero": (5, "1 / 0", "divided-by-zero", "line 1"),
    "endless": (5, "def f():\n    f()\nf()", "calls-itself", "line 2"),
    "json": (1, "import json\njson.loads('<html>')", "not-json", "not json"),
    "json type": (1, "import json\njson.dumps({'a': {1, 2}})", "not-for-json", "a set"),
    "blank": (1, "import json\njson.dumps({'a': ___})", "blank-used", "line 2"),
    "blank kept": (1, "limit = ___\nprint(limit + 1)", "blank-stored", "line 1"),
    "blank shown": (11, FIGURE + "plt.subplots(1, ___)", "blank-used", "`___`"),
    "number text": (3, ARRAY + "np.percentile(rgb, '98')", "number-as-text", "`'98'`"),
    "apart": (8, "import numpy as np\nnp.mean(1.5, 2.5)", "numbers-apart", "`axis`"),
    "wrapped": (9, "try:\n    {}['a']\nexcept KeyError:\n    1 / 0", "divided-by-zero", "line 4"),
}  # fmt: skip


def test_a_blank_of_an_earlier_exercise_is_not_looked_for_in_this_one(notebook: Notebook) -> None:
    notebook.answer(9, "img_array = ___")
    found, sentence = said(notebook, 10, "print(img_array + 1)")
    assert found == "blank-of-earlier"
    assert "an earlier exercise" in sentence
    assert not faults(sentence, LONGEST_MESSAGE)


@pytest.mark.parametrize("name", CASES)
def test_an_exception_is_told_in_the_terms_of_the_line(notebook: Notebook, name: str) -> None:
    number, code, key, part = CASES[name]
    found, sentence = said(notebook, number, code)
    assert found == key
    assert part in sentence or part.capitalize() in sentence
    assert not faults(sentence, LONGEST_MESSAGE)


@pytest.mark.parametrize(
    "message",
    [
        "Specify 'allow_override=True' to allow replacing the existing CRS",
        "Try to pip install it.",
        "Please report this as an issue.",
        "Use a.any() or a.all().",
        "<Figure object at 0x7f3a2c>",
        " ".join(["much"] * 60),
        "",
    ],
)
def test_words_of_a_library_that_lead_astray_are_not_quoted(message: str) -> None:
    assert wording.quotable(message) == ""
    assert wording.quotable(f"The array is empty. {message}") == "The array is empty."


def test_a_long_line_ends_at_a_word() -> None:
    line = "ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)"
    for limit in range(len(line)):
        shown = wording.code(line, limit).removesuffix("…").rstrip()
        assert line.startswith(shown)
        assert not re.match(r"\w", line[len(shown) :]) or not re.search(r"\w$", shown)


def test_every_key_of_a_case_is_a_sentence() -> None:
    known = texts.read(texts.ANY_EXERCISE, "en").explanations
    assert {key for _, _, key, _ in CASES.values()} <= known.keys()
