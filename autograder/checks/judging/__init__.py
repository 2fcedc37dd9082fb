"""Judging: what an exercise looks at, what is expected, and the verdict with its words."""
