"""JupyterLab on the course, with the offline services: ``python -m autograder.lab [option …]``.

The options are JupyterLab's own. One process runs JupyterLab and owns the services, so that
Ctrl-C, or any other end of it, stops both.

The folder ``jupyter`` beside this file holds the configuration: the course's folder is opened;
Ctrl-C asks no question; root, the user of most containers, may start it; news and new extensions,
which need a network, are not fetched; the panels of nbgrader and jupytext are not loaded; pages
that are exported get the words of their pictures, which nbconvert's newer template leaves out.
"""

import os
import signal
import sys
from pathlib import Path

from autograder.root import ROOT
from utils.errors import CourseError

CONFIGURATION = Path(__file__).parent / "jupyter"


def main(options: list[str]) -> None:
    """Run JupyterLab with `options` until it is stopped.

    Raises:
        CourseError: The offline services cannot start.
    """
    # A process that a shell starts in the background ignores Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Variables are set before the import: Jupyter reads where its configuration lies, and rasterio
    # which certificates to trust, only once.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(CONFIGURATION), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    os.chdir(ROOT)  # JupyterLab shows this folder: the whole project
    from autograder.services import Services

    with Services() as services:
        os.environ.update(services.environment)
        from jupyterlab.labapp import LabApp

        LabApp.launch_instance(options)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CourseError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass  # Ctrl-C before JupyterLab handled it
