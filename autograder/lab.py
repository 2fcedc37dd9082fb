"""JupyterLab on the course, with the offline services: ``python -m autograder.lab [option …]``.

The options are JupyterLab's own. One process runs JupyterLab and owns the services, so that
Ctrl-C, or any other end of it, stops both.

The folder ``jupyter`` beside this file holds the configuration: the course is opened; Ctrl-C needs
no second answer; root, the user of most containers, may start it; news are not fetched, for which
a network would be needed; and nbgrader's panels, meant for another way of working, stay away.
"""

import os
import signal
import sys
from pathlib import Path

from autograder.root import ROOT
from utils.errors import CourseError

"""Folder that JupyterLab shows: the whole project, so that everything can be looked into."""

CONFIGURATION = Path(__file__).parent / "jupyter"


def main(options: list[str]) -> None:
    """Run JupyterLab with `options` until it is stopped.

    Raises:
        CourseError: The offline services cannot start.
    """
    # A shell that starts us in the background would have us ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Both before the import: Jupyter reads where its configuration lies, and rasterio which
    # certificates to trust, only once.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(CONFIGURATION), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    os.chdir(ROOT)
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
        pass  # Ctrl-C before JupyterLab was there to hear it
