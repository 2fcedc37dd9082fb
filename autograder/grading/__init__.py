"""``make grade``: run the submitted notebooks with stock nbgrader and write down the scores.

- `course`: which notebook holds which exercise, read from the solved notebooks
- `submissions`: the students' folders, read as data from strangers
- `gradebook`: nbgrader's database
- `autograde`, `execute`: nbgrader's conversion of a submission, made to survive bad ones
- `verdicts`: what a check cell's output says
- `worker`, `run`: one process for each submission, some at a time
- `report`: ``grades.csv`` and the summary
"""

import sys

# jsonschema would import this for a kind of address that no notebook is checked for. Reading its
# grammar takes more than a second, half of what importing nbgrader takes.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
