"""Where the course lies on this machine, and that ``utils`` is found there.

Much is called utils: a file beside the notebook, another on PYTHONPATH, an installed package.
"""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
"""The folder that holds ``course/``, ``solutions/``, ``utils/`` and ``autograder/``."""

ASSIGNMENT = "data-acquisition"
"""nbgrader's name of the assignment, and the name of its folders."""

RELEASED = ROOT / "course" / ASSIGNMENT
"""The notebooks as learners get them."""

SOLVED = ROOT / "solutions" / ASSIGNMENT
"""The same notebooks, solved and run."""

UTILS = ROOT / "utils"
"""The package that learners import."""


class OwnUtils:
    """Finds the course's `utils` before Python looks elsewhere."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where ``utils`` lies; nothing is said of other names."""
        if fullname != UTILS.name:
            return None
        return spec_from_file_location(
            fullname, UTILS / "__init__.py", submodule_search_locations=[str(UTILS)]
        )


def claim_the_name() -> None:
    """Have ``import utils`` give the course's own from now on, in every process of the course."""
    if not any(isinstance(finder, OwnUtils) for finder in sys.meta_path):
        sys.meta_path.insert(0, OwnUtils())
    loaded = sys.modules.get(UTILS.name)
    if loaded is not None and not _is_ours(loaded):
        for name in [name for name in sys.modules if name.partition(".")[0] == UTILS.name]:
            del sys.modules[name]


def _is_ours(module: ModuleType) -> bool:
    return [os.path.realpath(place) for place in getattr(module, "__path__", ())] == [str(UTILS)]


def in_the_way() -> Path | None:
    """A module of the same name in the working folder, which is not used."""
    here = PathFinder.find_spec(UTILS.name, [os.getcwd()])
    if here is None or not here.origin or Path(here.origin).is_relative_to(UTILS):
        return None
    return Path(here.origin)
