"""The simulator: from a seed to a landscape, and what Sentinel-2 sees of it."""
