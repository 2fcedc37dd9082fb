"""The processes of a grading run: workers, fork server, supervisors, and what they run."""
