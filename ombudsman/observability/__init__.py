"""What operators see of a running archive: health, readiness, metrics, logs, slow queries.

None of it has a reader's words: no address with its parameters, no search, no name.
docs/observability.md describes it.
"""
