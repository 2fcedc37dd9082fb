"""Attacks on a confined process: each runs for real, in a process forked for it."""
