"""Where the course lies on this machine, that ``utils`` is found there, and whose code runs.

Much is called utils: a file beside the notebook, another on PYTHONPATH, an installed package.
"""

import os
import sys
import sysconfig
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from types import FrameType, ModuleType

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

_PYTHON = sysconfig.get_path("stdlib")
_LIBRARIES = (
    *{sysconfig.get_path(name) for name in ("purelib", "platlib")},
    *(str(ROOT / "autograder"), str(UTILS)),
)


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


def is_in(path: str, folder: str) -> bool:
    """Whether a path is a folder, or lies in it; both are whole."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def by_notebook(frame: FrameType | None) -> bool:
    """Whether the code that called Python's own modules is a notebook's, or of a file beside it.

    What Python does to import a module is nobody's.
    """
    while frame:
        file = frame.f_code.co_filename
        if file.startswith("<frozen importlib") or any(is_in(file, one) for one in _LIBRARIES):
            return False
        if not (is_in(file, _PYTHON) or file.startswith("<frozen")):
            return True
        frame = frame.f_back
    return False
