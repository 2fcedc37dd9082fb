"""JupyterLab on the course, with the offline services: ``python -m autograder.lab [option …]``.

The options are JupyterLab's own. One process runs JupyterLab and owns the services, so that
Ctrl-C, or any other end of it, stops both. Settings of other programs do not reach it: see
`surroundings`; kernels have an IPython folder of their own, without startup files.
"""

import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.lab import CONFIGURATION
from autograder.root import ROOT
from autograder.surroundings import start_anew
from autograder.surroundings.machine import THREADS, demand_limits, is_writable, no_room
from utils.errors import CourseError


def main(options: list[str]) -> None:
    """Run JupyterLab with `options` until it is stopped.

    Raises:
        CourseError: The offline services cannot start, or this system allows too little.
    """
    # A process that a shell starts in the background ignores Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    demand_limits(2 * THREADS)  # its kernels need some as well
    os.chdir(ROOT)  # JupyterLab shows this folder: the whole project
    from autograder.services import Services

    with Services() as services, _private_folder() as private:
        # Before the import: Jupyter reads where its configuration lies, and rasterio which
        # certificates to trust, only once.
        os.environ.update(services.environment | places(private))
        from jupyterlab.labapp import LabApp

        # Said here, because another course's configuration may say otherwise.
        named = any("root_dir" in option or "notebook-dir" in option for option in options)
        LabApp.launch_instance(options if named else [f"--ServerApp.root_dir={ROOT}", *options])


@contextlib.contextmanager
def _private_folder() -> Iterator[Path]:
    """A new folder that is removed however this process ends.

    Raises:
        CourseError: There is no room for one.
    """
    from autograder.services.cleanup import CleanupProcess

    try:
        folder = Path(tempfile.mkdtemp(prefix="course-lab-"))
    except OSError as error:
        raise no_room(error) from error
    cleanup = CleanupProcess(folder=folder)
    try:
        yield folder
    finally:
        cleanup.close()


def places(private: Path) -> dict[str, str]:
    """Variables with the folders of Jupyter and its kernels.

    Args:
        private: A folder that lasts as long as JupyterLab, for what cannot be in the home folder
            or is not to be read from it.
    """
    from jupyter_core import paths

    usual = {
        "JUPYTER_CONFIG_DIR": paths.jupyter_config_dir(),
        "JUPYTER_DATA_DIR": paths.jupyter_data_dir(),
        "JUPYTER_RUNTIME_DIR": paths.jupyter_runtime_dir(),
    }
    closed = {name: folder for name, folder in usual.items() if not is_writable(folder)}
    if closed:
        words = " and ".join(closed.values())
        print(f"{words} cannot be written: your progress ends with this session.", file=sys.stderr)
    return {
        "JUPYTER_CONFIG_PATH": str(CONFIGURATION),
        # A kernel of the same name that the user installed for another Python is not meant.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(private / "ipython"),
        **{name: str(private / name.lower()) for name in closed},
    }


if __name__ == "__main__":
    start_anew(keep_outside=os.environ.get("COURSE_SERVICES", "replay") != "replay")
    try:
        main(sys.argv[1:])
    except CourseError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass  # Ctrl-C before JupyterLab handled it
