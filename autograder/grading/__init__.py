"""``make grade``: run the submitted notebooks shut in, judge them, write down the scores.

- `handed_in`: submissions, read as untrusted data and put into the course's frame
- `handing_over`: evidence and messages between a submission's process and its supervisor
- `running`: runs the cells; `sandbox`: shuts that process in
- `processes`: dask workers, fork server, supervisors and their children
- `worlds`: the grading world
- `results`: records and nbgrader's gradebook; `reports`: pages, feedback, the summary

nbgrader runs no submission: it makes the release, keeps the gradebook, shows it in its formgrader,
and lends the feedback's template.
"""

import sys

# jsonschema would import this for a kind of address that no notebook is checked for. Reading its
# grammar takes more than a second, half of what importing nbgrader takes.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
