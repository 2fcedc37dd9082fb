"""Checks: from a learner's variables to a verdict.

``workspace`` gathers what is there, ``exercises`` read it into evidence (plain data), ``judge``
compares evidence with a recorded expectation, ``verdict`` and ``card`` say the outcome.
"""
