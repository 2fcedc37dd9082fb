"""Runs a notebook's cells, in the child of a supervisor and shut in: `run_cells`."""
