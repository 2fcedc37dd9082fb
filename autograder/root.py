"""Where the course lies on this machine."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder that holds ``course/``, ``solutions/``, ``utils/`` and ``autograder/``."""
