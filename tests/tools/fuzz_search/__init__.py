"""Random questions to the search: whatever is typed and chosen, there is an answer, and soon.

`make fuzz-search` asks 100,000 of an archive of 57,500 decisions and prints the slowest. Every
ordinary test run asks a few hundred, seeded (tests/tools/test_fuzz_search.py).

    questions ─► check: search, excerpts, what was understood ─► a Failure or nothing
"""
