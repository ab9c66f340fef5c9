"""Measures whether a decision gives the same record in every form in which people save it."""
