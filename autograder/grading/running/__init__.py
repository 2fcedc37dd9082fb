"""Running a notebook's cells in the process that is shut in."""
