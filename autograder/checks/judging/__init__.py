"""Compares evidence with an expectation and words the verdict, for checks, recording and grader."""
