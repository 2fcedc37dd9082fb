"""From the text source in ``solutions/`` to notebooks and recorded expectations.

``source`` reads the text, ``build_notebooks`` makes the notebooks, ``record_expectations`` runs
solutions and known mistakes and records what each leaves behind, ``known_answers`` judges them.
"""

import sys

# As in `autograder.grading`: jupytext and nbformat import this too, and it takes seconds.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
