"""Kinds of slips in requests, made at random and explained: `test_requests` tries them."""
