"""Hostile submissions, graded among honest ones: ``python -m tests.grading.attacks``."""
