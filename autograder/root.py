"""Where the course lies on this machine."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder that holds ``course/``, ``solutions/``, ``utils/`` and ``autograder/``."""

ASSIGNMENT = "data-acquisition"
"""nbgrader's name of the assignment, and the name of its folders."""

RELEASED = ROOT / "course" / ASSIGNMENT
"""The notebooks as learners get them."""

SOLVED = ROOT / "solutions" / ASSIGNMENT
"""The same notebooks, solved and run."""
