"""Boxes, outlines, places: which numbers they hold, in which system, and of what."""
