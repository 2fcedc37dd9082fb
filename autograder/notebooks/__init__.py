"""From the text source in ``solutions/`` to notebooks and recorded expectations.

``source`` reads the text, ``build`` makes the notebooks, ``record`` runs solutions and known
mistakes to learn what each leaves behind.
"""
