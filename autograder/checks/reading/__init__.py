"""Reads what a learner's code left behind into facts, changing nothing; used by ``exercises``."""
