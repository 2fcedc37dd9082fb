"""JupyterLab on the course: ``make lab`` here, one click on the SSP Cloud.

- `__main__`: ``make lab``
- ``jupyter``: its configuration. The course's folder is opened; Ctrl-C asks no question; root, the
  user of most containers, may start it; news and new extensions, which need a network, are not
  fetched; the panels of nbgrader and jupytext are not loaded; pages that are exported get the words
  of their pictures, which nbconvert's newer template leaves out.
- `datalab`: what the SSP Cloud runs to set the course up, and the links that make it do so
"""

from pathlib import Path

CONFIGURATION = Path(__file__).parent / "jupyter"
"""Folder with the configuration of JupyterLab."""
