"""Patches and the worlds they live in: cached fixtures and the landscape simulator.

Importing this package is cheap (no numpy, no rasterio). The simulator is in
`autograder.patches.simulate`, the writing of whole worlds in `autograder.patches.build`.
"""

from autograder.patches.world import PRACTICE, World

__all__ = ["PRACTICE", "World"]
