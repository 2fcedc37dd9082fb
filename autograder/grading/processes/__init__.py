"""The processes of a grading run; `grade_class` uses the `pool`.

Its workers use a `fork_server`, from which a `supervisor` is forked for each submission. This forks
`children`, in which the cells run, and judges.
"""
