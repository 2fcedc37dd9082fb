"""The learner's notebook: its cells, which of them ran when, and which names they made."""
