"""A process that has imported everything can be forked, and what is forked stands alone."""

import subprocess
import sys
from pathlib import Path

from autograder.grading.sandbox import clean_environment
from autograder.root import ROOT


def told(code: str, **variables: str) -> list[str]:
    """What a process says, line by line, that has imported everything."""
    before = (
        "from autograder.grading.processes.prefork import after_fork, import_everything\n"
        "import_everything()"
    )
    answer = subprocess.run(
        [sys.executable, "-P", "-c", f"{before}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
        env={**clean_environment(), "PYTHONPATH": str(ROOT), **variables},
    )
    assert answer.returncode == 0, answer.stderr
    assert not answer.stderr
    return answer.stdout.splitlines()


def test_it_has_one_thread() -> None:
    assert told("import os; print(len(os.listdir('/proc/self/task')))") == ["1"]


FILES = """
import os, sys

def open_files(*endings):
    links = ((name, f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd"))
    return {int(n): os.readlink(l) for n, l in links if os.path.exists(l)
            and os.readlink(l).endswith(endings)}

mine = open_files("proj.db", ".ttf")
print(len(mine), flush=True)
for number in mine:
    os.lseek(number, 77, 0)
if not os.fork():
    after_fork()
    import geopandas, matplotlib.pyplot as plt, pyproj
    pyproj.CRS(2154)
    import rasterio.warp
    from autograder.patches import PRACTICE
    rasterio.warp.transform_bounds("EPSG:2154", "EPSG:3857", 0, 0, 1, 1)
    geopandas.read_file(PRACTICE / "nuts.geojson")
    plt.figure().text(0, 0, "Words").get_window_extent()
    for number in open_files("proj.db", ".ttf"):
        os.lseek(number, 55, 0)
    sys.stdout.flush()
    os._exit(0)
os.wait()
print({os.lseek(number, 0, 1) for number in mine})
"""


def test_a_forked_process_reads_no_file_that_it_shares() -> None:
    open_before, places = told(FILES)
    assert int(open_before) > 1
    assert places == "{77}"


FORKS = """
import os, sys

for _ in range(2):
    if not os.fork():
        after_fork()
        import numpy, random, signal, tempfile
        print(numpy.random.random(), random.random())
        print(tempfile.gettempdir())
        print(signal.getsignal(signal.SIGALRM), signal.pthread_sigmask(0, ()))
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def test_forked_processes_draw_other_random_numbers() -> None:
    first, *_, second, _, _ = told(FORKS)
    assert first.split()[0] != second.split()[0]
    assert first.split()[1] != second.split()[1]


def test_temporary_files_go_where_the_environment_says_later(tmp_path: Path) -> None:
    code = (
        f"import os, tempfile\ntempfile.gettempdir()\nos.environ['TMPDIR'] = {str(tmp_path)!r}\n"
        "after_fork()\nprint(tempfile.gettempdir())"
    )
    assert told(code) == [str(tmp_path)]


def test_nothing_of_the_grader_s_is_read(tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text("[default]\naws_secret_access_key = hush-hush\n")
    (tmp_path / "matplotlibrc").write_text("image.interpolation: bicubic\n")
    code = (
        "import gc, matplotlib; print(matplotlib.rcParams['image.interpolation'])\n"
        "from utils.s3 import descriptions; print(descriptions().full_config['profiles'])"
    )
    variables = {"HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path)}
    assert told(code, **variables) == ["auto", "{}"]
