"""At full points a card says what the code did that is refused while grading, seen as it ran."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.services import Services
from tests.checks.notebook_stand_in import EXERCISES, START, lab_kernel

REFUSED = {
    "written by numpy": ("np.save('{there}/out.npy', ndvi)", "{there}/out.npy"),
    "written by Python": ("open('../out.txt', 'w').close()", "../out.txt"),
    "written by pathlib": (
        "from pathlib import Path\n(Path('{there}') / 'p.txt').write_text('a')",
        "{there}/p.txt",
    ),
    "written by matplotlib": ("fig.savefig('{there}/f.png')", "{there}/f.png"),
    "written by GDAL": (
        "with rasterio.open('{there}/r.tif', 'w', driver='GTiff', width=2, height=2, count=1, "
        "dtype='uint8', transform=rasterio.Affine(10, 0, 0, 0, -10, 0)): pass",
        "{there}/r.tif",
    ),
    "read by GDAL, under a name made of parts": (
        "place = '{there}'\nwith rasterio.open(f'{{place}}/given.tif') as example: pass",
        "{there}/given.tif",
    ),
    "written by numpy, under a name made earlier": ("np.save(out, ndvi)", "{there}/earlier.npy"),
    "a folder that is made": (
        "import os\nos.makedirs('{there}/new', exist_ok=True)",
        "{there}/new",
    ),
    "a folder that is listed": ("import os\nlen(os.listdir('..'))", ".."),
    "a module beside": ("import beside\nbeside.three()", "beside"),
    "a function of a module beside": ("from beside import three\nthree()", "beside"),
    "a module on the path": ("import afar", "afar"),
    "beside a magic": ("%matplotlib inline\nimport afar", "afar"),
    "a program after !": ("!date", "date"),
    "a program in %%bash": ("get_ipython().run_cell_magic('bash', '', 'date')", "date"),
    "a program of os.system": ("import os\nos.system('date')", "date"),
    "a program of subprocess": ("import subprocess\nsubprocess.run(['date'])", "date"),
    "a process": (
        "import multiprocessing\nmultiprocessing.get_context('fork').Process(target=int).start()",
        "multiprocessing.pool.ThreadPool",
    ),
    "a file that a command copies from elsewhere": ("!cp ../beside.txt .", "beside.txt"),
    "a host past the services": (
        "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 9), timeout=0.01)\n"
        "except OSError:\n    pass",
        "192.0.2.1",
    ),
    "a loop of a shell": ("!for f in *; do echo $f; done", "do echo $f; done"),
    "what a command says": ("!echo $(ls)", "echo $(ls)"),
    "a loop in %%bash": (
        "get_ipython().run_cell_magic('bash', '', 'while false; do true; done')",
        "while false; do true; done",
    ),
    "a table beside, read by pandas": (
        "import pandas as pd\npd.read_csv('old.csv')",
        "old.csv",
    ),
    "a text beside, read by Python": ("open('old' + '.csv').read()", "old.csv"),
    "an array beside, under a name": ("name = 'old.npy'\nnp.load(name)", "old.npy"),
    "a raster beside": ("with rasterio.open('old.tif') as example: pass", "old.tif"),
    "outlines beside": (
        "import geopandas as gpd\ngpd.read_file('old.geojson')",
        "old.geojson",
    ),
    "a package": ("%matplotlib inline\nimport pytest", "pytest"),
    "a package that a magic loads": ("%load_ext pytest", "pytest"),
    "a part of a package": ("import hypothesis.strategies as st", "hypothesis"),
}
"""What is added to a right answer, and the name in the remark."""

NOTHING = {
    "the answer alone": "",
    "a file beside the notebook": "open('x.txt', 'w').close()\nnp.save('x.npy', ndvi)",
    "a folder beside the notebook": "import os\nos.makedirs('o', exist_ok=True)\nos.listdir('o')",
    "a temporary folder": (
        "import tempfile\nwith tempfile.TemporaryDirectory() as t:\n    open(t + '/x', 'w').close()"
    ),
    "temporary files": (
        "import tempfile\nfor kind in (tempfile.NamedTemporaryFile, tempfile.TemporaryFile):\n"
        "    with kind(suffix='.tif') as t:\n        t.write(b'x')"
    ),
    "a host that the services refuse alike": (
        "import requests\ntry:\n    requests.get('https://example.com')\n"
        "except requests.RequestException:\n    pass"
    ),
    "a file beside the notebook that is written anew": (
        "np.save('older.npy', ndvi)\nnp.load('older.npy')\nopen('older.csv', 'w').write('a,b')\n"
        "import pandas as pd\npd.read_csv('older.csv')"
    ),
    "an object whose class answers nothing": (
        "class Meta(type):\n    def __getattribute__(cls, name):\n        raise SystemExit\n"
        "class Bad(metaclass=Meta):\n    pass\nbad = Bad()"
    ),
    "packages of the course": (
        "import geopandas, folium, requests, s3fs, PIL.Image, shapely, pyproj, IPython, urllib3"
    ),
    "Python's own modules": "import json, sqlite3, xml.etree.ElementTree, zoneinfo",
    "fonts that matplotlib looks for": (
        "import matplotlib.font_manager as fonts\nfonts._load_fontmanager(try_read_cache=False)"
    ),
    "the settings of matplotlib beside its magic": (
        "%matplotlib inline\nimport matplotlib\n"
        "matplotlib._get_config_or_cache_dir(matplotlib._get_xdg_config_dir)"
    ),
    "an extension of IPython": "%load_ext autoreload\n%autoreload 2",
    "file commands": ("!mkdir -p made && touch made/a.txt && ls made\n%ls made"),
    "a module that the notebook writes in a cell": (
        "get_ipython().run_cell_magic('writefile', 'other.py', 'five = 5')\nimport importlib\n"
        "importlib.invalidate_caches()\nimport other"
    ),
    "a module that the notebook writes": (
        "open('own.py', 'w').write('four = 4')\nimport importlib\nimportlib.invalidate_caches()\n"
        "import own"
    ),
    "a folder of modules that the notebook writes": (
        "import importlib, os\nos.makedirs('tools', exist_ok=True)\n"
        "open('tools/six.py', 'w').write('six = 6')\nimportlib.invalidate_caches()\n"
        "from tools import six"
    ),
    "paths that are only text": "ax.set_title('from /etc to ../b')",
}
"""What is no concern."""

Play = Callable[[str], str]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import numpy as np
    import rasterio

    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "afar.py").write_text("")
    with rasterio.open(
        folder / "given.tif", "w", driver="GTiff", width=2, height=2, count=1, dtype="uint8",
        transform=rasterio.Affine(10, 0, 0, 0, -10, 0),
    ) as raster:  # fmt: skip
        raster.write(np.zeros((1, 2, 2), np.uint8))
    return folder


@pytest.fixture(scope="module")
def remarks(there: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Remarks on exercise 5 with something added, in a kernel like JupyterLab's."""
    folder = tmp_path_factory.mktemp("notebook") / "own"
    folder.mkdir()
    (folder.parent / "beside.txt").write_text("beside")
    (folder / "beside.py").write_text("def three():\n    return 3\n")
    fill(folder, there)
    with Services() as services:
        progress = {"JUPYTER_DATA_DIR": str(folder.parent)}
        environment = {**os.environ, **services.environment, **progress}
        with lab_kernel(environment, folder) as run:
            run(START, "given-02-01")
            earlier = f"out = '{there}/earlier.npy'"
            run(f"import sys\nsys.path.append('{there}')\n{earlier}", "given-02-02")
            for number in (3, 4):
                run(EXERCISES[number].solution, f"exercise-{number}")

            def play(added: str) -> str:
                problem = run(f"{EXERCISES[5].solution}\n{added}", "exercise-5")
                assert "Error" not in problem, problem
                return run("card = check(5)\ncard.passed, card.remarks", "check-5")

            yield play


def fill(folder: Path, there: Path) -> None:
    """Files beside the notebook that are older than its kernel."""
    import numpy as np

    outline = '{"type": "Point", "coordinates": [1, 2]}'
    feature = f'{{"type": "Feature", "properties": {{}}, "geometry": {outline}}}'
    (folder / "old.csv").write_text("a,b\n1,2\n")
    (folder / "older.csv").write_text("a\n1\n")
    (folder / "old.geojson").write_text(f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    np.save(folder / "old.npy", np.zeros(2))
    np.save(folder / "older.npy", np.zeros(2))
    (folder / "old.tif").write_bytes((there / "given.tif").read_bytes())
    for file in folder.glob("old*"):
        os.utime(file, (0, 1_000_000_000))


@pytest.mark.parametrize("kind", REFUSED)
def test_what_will_be_refused_is_named(remarks: Play, there: Path, kind: str) -> None:
    added, name = (part.format(there=there) for part in REFUSED[kind])
    for said in (remarks(added), remarks(added)):  # run again, it is still so
        assert said.startswith("(True,")
        assert re.search(rf"`[^`]*{re.escape(name)}`", said)
        assert "rehearse()" in said


@pytest.mark.parametrize("kind", NOTHING)
def test_what_works_alike_is_not_remarked_on(remarks: Play, kind: str) -> None:
    assert remarks(NOTHING[kind]) == "(True, ())"


def test_a_remark_goes_with_what_caused_it(remarks: Play, there: Path) -> None:
    assert "out.npy" in remarks(f"np.save('{there}/out.npy', ndvi)")
    assert remarks("") == "(True, ())"
