"""Explanations of wrong answers that nobody wrote down: what a learner did, told from the evidence.

Each module searches the explanations of one kind of evidence for the simplest that reproduces it.
"""
