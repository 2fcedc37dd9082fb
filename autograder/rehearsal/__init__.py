"""A rehearsal of grading: one's own notebooks, graded as a class is, on a landscape of its own.

- `own_notebooks`: which notebooks, and when they were saved
- `public_world`: the landscape, the same for everybody, kept in the user's cache
- `run`: runs and judges them, shut in where the system offers that
- `outcome`: the cards, as text and as html
- `__main__`: ``make rehearse``; ``rehearse()`` in a notebook starts it as well

Nothing is written into the learner's folder, and no points are kept.
"""
