"""From the text source in ``solutions/`` to notebooks and recorded expectations.

``source`` reads the text, ``build_notebooks`` makes the notebooks, ``record_expectations`` runs
solutions and known mistakes and records what each leaves behind, ``known_answers`` judges them.
"""
