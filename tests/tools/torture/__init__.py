"""Kills, starves and damages a running site under load, and counts what was lost.

`site` runs an archive as a user starts it, `readers` ask it for pages without end and judge each
answer, `kinds` are the kinds of harm, `checking` proves afterwards that the archive is whole,
`report` says how each kind went. `make torture` runs all; docs/reliability.md has the figures.
"""
