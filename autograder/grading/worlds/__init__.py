"""The grading world: drawn from a secret seed, recorded, described. `grade_class` uses it."""
