"""Tidy tables on calcinosis, and the course built on them."""
