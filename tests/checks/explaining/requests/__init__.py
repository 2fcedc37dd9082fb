"""Kinds of slips in requests, each made at random and explained: see `test_requests`."""
