"""Checks: from a learner's variables to a verdict. `check` puts the rooms together.

``notebook`` watches cells and gathers a workspace, ``exercises`` and ``reading`` read it into
evidence (plain data), ``judging`` compares that with a recorded expectation, ``showing`` displays
the verdict. The grader uses the same rooms.
"""
