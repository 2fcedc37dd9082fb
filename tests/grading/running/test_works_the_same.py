"""What a notebook does beside Python comes to the same in a learner's kernel and while grading."""

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.course import read_sources
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.limits import Limits
from autograder.grading.processes import supervisor
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.task import Task
from autograder.grading.results.record import Record
from autograder.patches import PRACTICE, World
from tests.grading.running.kernels import KernelRun, run_in_kernel
from tests.grading.running.notebook_run import Output, Seen, cells, run
from tests.grading.running.test_same_as_kernel import plain
from tests.grading.whole_class.classroom import POINTS, hand_in, solutions

# --- outputs --------------------------------------------------------------------------------------

NOTEBOOK = """
!mkdir -p data/raw && touch data/a.txt data/'b c.txt' && ls -F data
# %%
files = !ls data
files, type(files).__name__, files.grep("txt")
# %%
folder = "made"
!mkdir {folder} && echo $folder > {folder}/name.txt
!cat {folder}/name.txt nothing
# %%
def inner():
    local = "of the function"
    !echo {local} $local
    return !echo {local}

inner()
# %%
%mkdir more
%cp data/a.txt more
%mv more/a.txt more/b.txt
%ls more
%cat more/b.txt
%rm more/b.txt
%rmdir more
# %%
mkdir automagic
# %%
!rm nothing
# %%
_exit_code
# %%
!!ls data
# %%
%sx ls data
# %%
%%bash
set -e
cd data
echo "one
two" > lines.txt
cat lines.txt | wc -l
rm -f lines.txt nothing
# %%
%%sh --out said --err complaint
echo hello
ls nothing
true
# %%
said, complaint
# %%
%%script bash
cat > written.py <<'END'
NUMBER = 5
END
# %%
%%bash
false
# %%
%%sh --no-raise-error
false
# %%
import os

os.system("mkdir -p by_system && ls by_system nothing"), os.path.isdir("by_system")
# %%
import written

written.NUMBER
# %%
%%writefile helpers.py
def double(x):
    return 2 * x
# %%
from helpers import double

double(4)
# %%
%%writefile random.py
raise SystemExit("this hides a module of Python")
# %%
import importlib, random, sys

importlib.reload(random).__file__ == importlib.util.find_spec("random").origin, "" in sys.path[:-1]
# %%
%load_ext autoreload
%autoreload 2
# %%
%%file helpers.py
def double(x):
    return x + x, "anew"
# %%
double(4)
# %%
%cd data
!ls a*
%cd ..
# %%
%%capture captured
!ls data
# %%
captured.stdout
# %%
%pip install numpy "pandas>=2"
# %%
!pip install -q --upgrade pip rasterio
# %%
import sys
!{sys.executable} -m pip install folium && echo on
# %%
%conda install -y -c conda-forge numpy=2 "pandas>=2"
# %%
%mamba install -q rasterio
# %%
kept = [1, 2]
%store kept
del kept
%store -r kept
%store -d kept
kept
# %%
%bookmark here
%bookmark -l
%bookmark -d here
# %%
%env MPLBACKEND=TkAgg
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
# %%
%matplotlib widget
fig, ax = plt.subplots()
ax.plot([1, 2]);
# %%
%matplotlib qt
plt.plot([1]);
# %%
%matplotlib notebook
plt.figure()
plt.show()
# %%
%matplotlib tk
fig
# %%
%matplotlib ipympl
# %%
%matplotlib
# %%
%pylab --no-import-all qt5
# %%
import matplotlib

matplotlib.use("TkAgg")
plt.plot([1, 2]);
# %%
plt.switch_backend("Qt5Agg")
plt.plot([1, 2]);
# %%
matplotlib.use("WebAgg", force=True)
matplotlib.get_backend()
# %%
plt.ion()
plt.plot([1, 2])
plt.pause(0.01)
# %%
plt.ioff()
plt.plot([1, 2]);
# %%
matplotlib.use("agg")
plt.plot([1])
plt.show()
# %%
%matplotlib inline
plt.plot([1]);
# %%
name = input("Your name? ")
import getpass

name, getpass.getpass(), input()
# %%
while True:
    if input("Go on? ") == "yes":
        break
# %%
input("And now? ")
# %%
1 / 0
# %%
%debug
# %%
%%capture
import pdb

pdb.set_trace()
after = "went on"
# %%
after
# %%
from multiprocessing.pool import ThreadPool

with ThreadPool(4) as pool:
    print(pool.map(abs, [-1, -2]), pool.apply_async(abs, [-3]).get())
# %%
import multiprocessing.dummy

with multiprocessing.dummy.Pool() as pool:
    print(list(pool.imap_unordered(abs, [-1])))
lock, queue = multiprocessing.dummy.Lock(), multiprocessing.dummy.Queue()
queue.put(1)
queue.get()
# %%
import multiprocessing

with multiprocessing.Lock(), multiprocessing.RLock():
    event = multiprocessing.Event()
event.is_set()
# %%
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(40) as pool:
    print(sum(pool.map(abs, range(-100, 0))))
"""


def both(notebook: list[Cell], folder: Path) -> list[Seen]:
    """The same cells in a submission's process and in a kernel, in a folder of the same name."""
    seen = []
    for real in (False, True):
        folder.mkdir()
        if real:
            seen.append(Seen())
            assert not run_in_kernel(notebook, seen[-1], {}, folder, Limits())
        else:
            seen.append(run(notebook, folder))
        folder.rename(folder.with_name(f"done-{real}"))
    return seen


def shown(seen: Seen, cell: Cell) -> list[Output]:
    """The outputs of a cell; of a traceback only the last line."""
    outputs = [plain(output) for output in seen.outputs[cell.index]]
    return [{**output, "traceback": output.get("traceback", [])[-1:]} for output in outputs]


def test_outputs_are_the_same(tmp_path: Path) -> None:
    notebook = cells(*NOTEBOOK.split("# %%\n"))
    ours, kernels = both(notebook, tmp_path / "work")
    differs = {
        cell.source: (shown(ours, cell), shown(kernels, cell))
        for cell in notebook
        if shown(ours, cell) != shown(kernels, cell)
    }
    assert differs == {}


REFUSED = """
!gdalinfo nothing.tif
# %%
%%bash
mkdir -p out && gdal_translate a.tif b.tif
# %%
%%bash
for i in 1 2; do echo $i; done
# %%
import os

os.system("tar -xf nothing.tar")
# %%
import subprocess

subprocess.run(["gdalinfo", "nothing.tif"])
# %%
subprocess.run("unzip nothing.zip", shell=True)
# %%
%pip install --no-index nothing-known numpy
# %%
import multiprocessing

process = multiprocessing.Process(target=print)
process.start()
# %%
%conda install -y nothing-known
# %%
import threading, time

try:
    for _ in range(60):
        threading.Thread(target=time.sleep, args=(1,)).start()
except RuntimeError:
    pass
# %%
import socket

for look in (
    lambda: socket.create_connection(("192.0.2.1", 9), timeout=0.01),
    lambda: socket.getaddrinfo("host.invalid", 443),
    lambda: socket.getaddrinfo("localhost", 443),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.gethostname(),
):
    try:
        look()
    except OSError:
        pass
# %%
input()
# %%
import helpers_of_somebody
# %%
[tuple(one) for one in dict.fromkeys(get_ipython().refusals)]
"""


def test_what_grading_refuses_is_noted_while_learning(tmp_path: Path) -> None:
    notebook = cells(*REFUSED.split("# %%\n"))
    ours, kernels = both(notebook, tmp_path / "work")
    last = notebook[-1].index
    assert ours.result(last) == kernels.result(last)
    for kind in ("program", "package", "threads", "host", "input"):
        assert kind in kernels.result(last)


# --- points ---------------------------------------------------------------------------------------

BEFORE = {
    1: ["!mkdir -p downloads", "%pip install numpy pandas requests"],
    2: ["%%bash\nmkdir -p out\necho kept > out/note.txt", "open('out/note.txt').read()"],
    3: ["%matplotlib widget", "import matplotlib\nmatplotlib.use('TkAgg')"],
    4: ["%%writefile helpers.py\nFACTOR = 1", "import helpers", "!touch ../beside.txt"],
    5: ["import os\nos.system('mkdir -p figures')", "import matplotlib.pyplot as plt\nplt.ion()"],
    6: ["files = !ls\nassert 'helpers.py' in files", "!gdalinfo nothing.tif"],
    7: [
        "from multiprocessing.pool import ThreadPool\n"
        "with ThreadPool(4) as pool:\n    pool.map(abs, range(9))",
        "import threading, time\n"
        "for _ in range(100):\n    threading.Thread(target=time.sleep, args=(0.2,)).start()",
        "time.sleep(0.5)  # until they have ended",
    ],
    8: ["%load_ext autoreload\n%autoreload 2\n%mkdir maps\n%ls", "name = input('Your name? ')"],
    9: [
        "%%sh\ncp helpers.py more.py\nmv more.py other.py\nrm other.py",
        "!pip install --no-index nothing-known",
    ],
    10: ["%cd .\n!pwd", "%matplotlib qt"],
    11: ["%pylab notebook", "import matplotlib.pyplot as plt\nplt.switch_backend('qtagg')"],
}
"""Cells that a learner put before the answer to an exercise."""

INSIDE = {
    3: "%matplotlib ipympl",
    5: "!mkdir -p figures/ndvi && touch figures/ndvi/a.txt",
    7: "import multiprocessing.dummy\nmultiprocessing.dummy.Pool(2).map(abs, [1])",
    9: "import psutil\npsutil.virtual_memory(), psutil.Process().memory_info()",
    10: "x = !cat helpers.py\nassert x == ['FACTOR = 1'], x",
    11: "import os\nos.system('gdalinfo nothing.tif 2> /dev/null')",
}
"""What stands at the top of an answer's own cell."""


def with_cells(folder: Path) -> dict[str, bytes]:
    """The solved notebooks, with these cells in them."""
    answers = {n: f"{INSIDE.get(n, '')}\n{code}" for n, code in solutions().items()}
    notebooks = {}
    for path in hand_in(folder, answers).iterdir():
        notebook = json.loads(path.read_text("utf-8"))
        cells: list[Any] = []
        for cell in notebook["cells"]:
            kind, _, number = cell["id"].partition("-")
            more = BEFORE[int(number)] if kind == "exercise" else []
            cells += [
                {
                    "cell_type": "code",
                    "id": f"mine-{number}-{place}",
                    "source": source,
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                }
                for place, source in enumerate(more)
            ]
            cells.append(cell)
        notebooks[path.stem] = json.dumps(notebook | {"cells": cells}).encode()
    return notebooks


def points(record: Record) -> dict[int, float | None]:
    return {row.exercise: row.score for row in record.rows}


def test_points_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = Task(
        student="somebody",
        digest="",
        notebooks=with_cells(tmp_path),
        problems={},
        notes=(),
        course=tuple(read_sources()),
        world=PRACTICE,
        scratch=tmp_path,
        limits=Limits(),
    )
    fork_server = ForkServer(World.load(PRACTICE), tmp_path / "log")
    try:
        graded = fork_server.grade(task)
    finally:
        fork_server.close()
    monkeypatch.setattr(supervisor, "SubmissionRun", KernelRun)
    # Kernels take the place of children, which stay unused.
    kernels = supervisor.grade(task, children=[None] * len(task.course)).record  # type: ignore[list-item]
    assert not graded.record.stopped
    assert points(kernels) == points(graded.record) == POINTS
    shown = " ".join(str(notebook) for notebook in graded.notebooks.values())
    for word in (
        "`gdalinfo` does not run",
        "`../beside.txt` lies elsewhere",
        "can't start new thread",
    ):
        assert word in shown
    assert "Failed to read module" not in shown  # what `%autoreload` says of each file
