"""What a submission's process does with its cells, whatever is in them."""

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autograder.checks.exercises import exercise
from autograder.checks.showing.catch_up import read_values
from autograder.grading.handing_over.evidence import Packed
from autograder.grading.limits import Limits
from autograder.patches import PRACTICE, World
from autograder.services.lifetime.instance import Instance
from tests.grading.running.notebook_run import Output, cells, run

START = (
    "given-01",
    "from autograder import answer, catch_up, check, hint, progress, rehearse, start_course\n\n"
    "start_course()",
)
PLOT = "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\nax.plot([0, 1])\nplt.show()"


# --- where cells end ------------------------------------------------------------------------------


def test_a_cell_that_takes_too_long_is_ended_and_later_ones_run(tmp_path: Path) -> None:
    notebook = cells("import time\n\nprint('begun')\ntime.sleep(60)", "1 + 1")
    seen = run(notebook, tmp_path, limits=Limits(cell_seconds=3), interrupts={0: 0.5})
    assert seen.text(0) == "begun\n"
    assert seen.error(0) == "CellTimeoutError: a cell ran longer than 3 s"
    assert seen.result(1) == "2"


def test_waiting_for_something_is_ended_as_well(tmp_path: Path) -> None:
    notebook = cells("import asyncio\n\nawait asyncio.sleep(60)", "1 + 1")
    seen = run(notebook, tmp_path, limits=Limits(cell_seconds=3), interrupts={0: 0.5})
    assert seen.error(0) == "CellTimeoutError: a cell ran longer than 3 s"
    assert seen.result(1) == "2"


def test_an_interrupt_between_cells_does_nothing(tmp_path: Path) -> None:
    seen = run(cells("1 + 1", ("check-3", ""), "2 + 2"), tmp_path, interrupts={0: 0, 1: 0, 2: 0})
    assert [seen.result(0), seen.result(2)] == ["2", "4"]
    assert seen.ended


@pytest.mark.parametrize("goodbye", ["exit()", "quit()", "exit"])
def test_who_leaves_is_gone_as_with_a_kernel(goodbye: str, tmp_path: Path) -> None:
    seen = run(cells("print('here')", goodbye, "print('there')"), tmp_path)
    assert list(seen.outputs) == [0, 1]
    assert not seen.ended


def test_an_error_ends_its_cell_only(tmp_path: Path) -> None:
    seen = run(cells("x = 1\n1 / 0", "x", "raise SystemExit", "x + 1"), tmp_path)
    assert seen.error(0) == "ZeroDivisionError: division by zero"
    assert [seen.result(1), seen.result(3)] == ["1", "2"]


# --- what cells show ------------------------------------------------------------------------------


def test_a_notebook_that_shows_without_end_is_cut(tmp_path: Path) -> None:
    endless = "for i in range(300_000):\n    print('again and again')"
    seen = run(
        cells("print('first')", endless, "print('last')"), tmp_path, limits=Limits(output=9999)
    )
    assert seen.text(0) == "first\n"
    assert 5_000 < len(seen.text(1)) < 10_000
    assert seen.text(1, "stderr") == "More output is not kept: this notebook shows too much.\n"
    assert seen.outputs[2] == []


def test_many_small_outputs_count_as_well(tmp_path: Path) -> None:
    seen = run(cells("for i in range(9999):\n    display(i)"), tmp_path, limits=Limits(output=9999))
    assert len(seen.outputs[0]) < 100


PROGRAMS = {
    "!gdalinfo a.tif": "gdalinfo",
    "!/usr/bin/gdalinfo a.tif > b.txt": "gdalinfo",
    "!!cp a.tif b.tif; gdalinfo b.tif": "gdalinfo",
    "%%bash\nls && tar -x": "tar",
    "%%bash\nfor i in 1 2; do echo $i; done": "for i in",
    "%%perl\nprint 1": "perl",
    "%%script --bg bash\nls": "bash",
    "import os\nos.system('gdalinfo a.tif')": "gdalinfo",
    "import os\nos.popen('gdalinfo a.tif').read()": "gdalinfo",
    "import subprocess\nsubprocess.run(['gdalinfo', 'a.tif'])": "gdalinfo",
    "import subprocess\nsubprocess.check_output('gdalinfo a.tif', shell=True)": "gdalinfo",
    "import asyncio\nawait asyncio.create_subprocess_exec('/usr/bin/gdalinfo')": "gdalinfo",
}


@pytest.mark.parametrize(("code", "program"), PROGRAMS.items())
def test_a_program_is_refused_in_a_sentence_that_names_it(
    code: str, program: str, tmp_path: Path
) -> None:
    seen = run(cells(code, "[tuple(one) for one in get_ipython().refusals]"), tmp_path)
    said = seen.text(0) + seen.text(0, "stderr") + seen.error(0) + seen.result(0)
    assert f"While grading, no program is started: `{program}" in said
    assert seen.result(1).startswith(f"[('program', '{program}")


PROCESSES = [
    "multiprocessing.Pool(2)",
    "multiprocessing.Process(target=print).start()",
    "multiprocessing.get_context('spawn').Pool(2)",
    "multiprocessing.Manager()",
    "concurrent.futures.ProcessPoolExecutor(2).submit(abs, 1)",
    "os.fork()",
]


@pytest.mark.parametrize("code", PROCESSES)
def test_a_pool_of_processes_is_refused_in_a_sentence(code: str, tmp_path: Path) -> None:
    seen = run(cells(f"import os, multiprocessing, concurrent.futures\n\n{code}"), tmp_path)
    assert seen.error(0).startswith("PermissionError: While grading, no process is started.")


def test_after_what_is_refused_a_cell_goes_on(tmp_path: Path) -> None:
    code = "files = !gdalinfo a.tif\n!gdalinfo a.tif\n%pip install nothing-known\nlen(files)"
    seen = run(cells(code, "import numpy\n!pip install 'numpy<1' numpy"), tmp_path)
    assert seen.result(0) == "1"
    assert "nothing is installed: `nothing-known`" in seen.text(0, "stderr")
    assert "nothing is installed: `numpy<1`" in seen.text(1, "stderr")
    assert "is there already" in seen.text(1)


def test_more_threads_than_there_may_be_are_refused_as_by_a_system(tmp_path: Path) -> None:
    code = (
        "import threading\n\nend = threading.Event()\n"
        "for _ in range(100):\n    threading.Thread(target=end.wait).start()"
    )
    seen = run(cells(code, "end.set()", "threading.active_count()"), tmp_path)
    assert seen.error(0) == "RuntimeError: can't start new thread"
    assert seen.ended


def test_what_a_submission_brings_along_takes_no_part(tmp_path: Path) -> None:
    startup = tmp_path / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("brought = True")
    for name in ("numpy.py", "autograder.py", "matplotlibrc"):
        (tmp_path / name).write_text("lines.linewidth: 77")
    seen = run(
        cells(
            START,
            "import numpy\nimport matplotlib\n"
            "numpy.ones(2).sum(), matplotlib.rcParams['lines.linewidth'], 'brought' in dir()",
        ),
        tmp_path,
        {"IPYTHONDIR": str(tmp_path / ".ipython")},
    )
    assert seen.result(1) == "(np.float64(2.0), 1.5, False)"


# --- pictures -------------------------------------------------------------------------------------


def picture(outputs: list[Output]) -> Image.Image:
    """The only picture among outputs."""
    (content,) = (o["data"]["image/jpeg"] for o in outputs if "image/jpeg" in o.get("data", {}))
    return Image.open(io.BytesIO(base64.b64decode(content)))


COUNT = """
from matplotlib.figure import Figure

drawn = []
draw = Figure.draw
Figure.draw = lambda figure, renderer: drawn.append(figure) or draw(figure, renderer)
"""


def test_a_figure_is_drawn_once(tmp_path: Path) -> None:
    seen = run(cells(COUNT, PLOT, "len(drawn)"), tmp_path)
    assert picture(seen.outputs[1]).format == "JPEG"
    assert seen.result(2) == "1"


def test_figures_of_given_cells_are_not_drawn(tmp_path: Path) -> None:
    seen = run(cells(COUNT, ("given-05", PLOT), "len(drawn)"), tmp_path)
    assert [list(output["data"]) for output in seen.outputs[1]] == [["text/plain"]]
    assert seen.result(2) == "0"


def test_a_legend_beside_the_axes_is_in_the_picture(tmp_path: Path) -> None:
    code = "fig, ax = plt.subplots()\nax.plot([0, 1], label='a line of words')"
    beside = f"{code}\nax.legend(loc='upper left', bbox_to_anchor=(1, 1))"
    seen = run(cells("import matplotlib.pyplot as plt", code, beside), tmp_path)
    assert picture(seen.outputs[2]).width > picture(seen.outputs[1]).width + 50


def test_a_transparent_figure_lies_on_a_white_page(tmp_path: Path) -> None:
    code = "plt.figure(facecolor='none').add_subplot().set_facecolor('none')"
    seen = run(cells(f"import matplotlib.pyplot as plt\n\n{code};"), tmp_path)
    assert picture(seen.outputs[0]).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    "code",
    [
        "fig = plt.figure(layout='constrained')\nax = fig.add_subplot(title='laid out')",
        "%config InlineBackend.figure_formats = {'png', 'svg'}\nfig, ax = plt.subplots()",
        "from matplotlib.figure import Figure\n\nfig = Figure()\nax = fig.add_subplot()\nfig",
    ],
)
def test_other_kinds_of_figures_are_shown_as_well(code: str, tmp_path: Path) -> None:
    seen = run(cells(f"import matplotlib.pyplot as plt\n\n{code}"), tmp_path)
    assert any(kind.startswith("image/") for kind in seen.outputs[0][0]["data"])
    assert not seen.error(0)


# --- evidence -------------------------------------------------------------------------------------


def test_check_cells_hand_over_and_run_nothing(tmp_path: Path) -> None:
    seen = run(cells(START, ("exercise-6", "x = 1"), ("check-6", "print('run')")), tmp_path)
    ((index, number, packed),) = seen.handed
    assert (index, number) == (2, 6)
    assert json.loads(packed.description)["facts"]
    assert seen.outputs[2] == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "import numpy\nnumpy.errstate = numpy.ndarray = numpy.lib.format = None",
        "get_ipython().user_ns = None",
        "import signal\nsignal.setitimer = signal.signal = None",
        "import autograder.checks.notebook.session as s\ns.Session.workspace = lambda *a: exit",
        "import autograder.checks.reading.guard as g\ng.quiet = g.attempt = exit",
    ],
)
def test_whatever_is_sabotaged_something_is_handed_over(sabotage: str, tmp_path: Path) -> None:
    seen = run(cells(START, ("exercise-6", sabotage), ("check-6", "")), tmp_path)
    assert len(seen.handed) == 1


def test_evidence_that_cannot_be_read_is_empty(tmp_path: Path) -> None:
    broken = "import autograder.grading.running.grading_classroom as r\nr.pack = lambda *a: 1 / 0"
    seen = run(cells(START, broken, ("check-6", "")), tmp_path)
    assert seen.handed[0][2] == Packed(b"")


# --- the course's functions -----------------------------------------------------------------------


def test_the_course_s_functions_tell_nothing_and_raise_nothing(tmp_path: Path) -> None:
    calls = "check(3)", "hint(3)", "progress()", "check('x')", "hint(99)", "catch_up([3])"
    seen = run(cells(START, *calls), tmp_path)
    assert seen.text(0) == "Ready. The services answer offline.\n"
    assert seen.result(1) == "Exercise 3 is graded after the run"
    assert all(seen.result(index) and not seen.error(index) for index in range(2, 7))


def test_a_blank_says_so_also_after_a_reset(tmp_path: Path) -> None:
    again = "from autograder import start_course\nstart_course()"
    seen = run(cells("___ + 1", "%reset -f", again, "___ + 1"), tmp_path)
    assert seen.error(0).startswith("BlankError: A blank is still empty")
    assert seen.error(3) == seen.error(0)


def test_results_are_given_after_the_check_of_their_exercise(tmp_path: Path) -> None:
    here = "'rgb' in dir()"
    notebook = cells(START, "catch_up(3)", here, ("exercise-3", ""), ("check-3", ""), here)
    seen = run(notebook, tmp_path)
    assert "after its check" in seen.result(1)
    assert (seen.wanted, seen.result(2), seen.result(5)) == ([[3]], "False", "True")


def test_what_the_learner_made_is_not_overwritten(tmp_path: Path) -> None:
    answer = ("exercise-3", "rgb = 'mine'")
    seen = run(
        cells(START, "catch_up(3)", answer, ("check-3", ""), "rgb, tile_bounds.left"), tmp_path
    )
    assert seen.result(4) == "('mine', 3649890.0)"


def test_results_of_another_notebook_are_given_at_once(tmp_path: Path) -> None:
    seen = run(cells(START, "catch_up(9)", "img_array.sum()"), tmp_path)
    stored = read_values(exercise(9), PRACTICE / "expectations" / "values-09.npz")
    assert seen.result(1) == "Exercise 9 is caught up"
    assert seen.result(2) == repr(np.sum(stored["img_array"]))


def test_the_session_of_exercise_1_comes_from_the_services(tmp_path: Path) -> None:
    services = Instance(World.load(PRACTICE), control=False, only_own_authority=True)
    try:
        notebook = cells(START, "catch_up(1)", ("check-1", ""), "oauth.token['expires_in'] > 0")
        seen = run(notebook, tmp_path, services.environment)
    finally:
        services.close()
    assert seen.result(3) == "True"
