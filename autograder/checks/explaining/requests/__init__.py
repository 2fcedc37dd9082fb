"""Wrong requests explained: the field, its place, the body, the service, and what it said.

Each module has pure functions from evidence, or from a value of the request, to an explanation.
"""
