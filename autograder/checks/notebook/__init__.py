"""A notebook's cells, when they ran and which names they made; watched also while grading."""
