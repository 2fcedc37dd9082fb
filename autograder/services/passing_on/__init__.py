"""Passing requests on to the real services: the gate's live way."""
