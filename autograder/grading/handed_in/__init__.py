"""Submissions: `grade_class` reads the files, as untrusted data.

The supervisor puts their cells into the course's frame, and makes the graded notebook.
"""
