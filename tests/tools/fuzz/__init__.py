"""Mutated decisions and archives of them: whatever comes in, it ends in a decision or a reason.

`make fuzz` runs it; `python -m tests.tools.fuzz --help` says how. Every ordinary test run
takes a small, seeded part of it (tests/tools/test_fuzz.py).

    seeds ─ mutate ─► bytes ─ target ─► an outcome, or a Failure
"""
