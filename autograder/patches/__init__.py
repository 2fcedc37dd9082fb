"""Patches and the worlds they live in: the practice world, and the landscape simulator.

Importing this package is cheap (no numpy, no rasterio). The simulator is in `landscape`, the
writing of whole worlds in `build_world`.
"""

from autograder.patches.world import PRACTICE, World

__all__ = ["PRACTICE", "World"]
