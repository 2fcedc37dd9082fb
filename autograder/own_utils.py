"""The name ``utils`` belongs to the course, in every process that imports `autograder`.

Much is called utils: a file beside the notebook, another on PYTHONPATH, an installed package.
"""

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from autograder.root import ROOT

NAME = "utils"
FOLDER = ROOT / NAME


class OwnUtils(MetaPathFinder):
    """Finds the course's `utils` before Python looks elsewhere."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where ``utils`` lies; nothing is said of other names."""
        if fullname != NAME:
            return None
        return spec_from_file_location(
            NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
        )


def claim_the_name() -> None:
    """Have ``import utils`` give the course's own from now on."""
    if not any(isinstance(finder, OwnUtils) for finder in sys.meta_path):
        sys.meta_path.insert(0, OwnUtils())
    loaded = sys.modules.get(NAME)
    if loaded is not None and not _is_ours(loaded):
        for name in [n for n in sys.modules if n == NAME or n.startswith(f"{NAME}.")]:
            del sys.modules[name]


def _is_ours(module: ModuleType) -> bool:
    return [os.path.realpath(place) for place in getattr(module, "__path__", ())] == [str(FOLDER)]


def in_the_way() -> Path | None:
    """A module of the same name in the working folder, which is not used."""
    here = PathFinder.find_spec(NAME, [os.getcwd()])
    if here is None or not here.origin or Path(here.origin).is_relative_to(FOLDER):
        return None
    return Path(here.origin)
