"""The sample archive: invented decisions about invented councils that read like real ones.

`generate` is the door. The sentences live in `data/*.txt`; the modules choose and order them.

    planning (what kind of case) ─► drafting (sections and paragraphs) ─► writer (bytes)
"""

from decisions.sample.generator import DEFAULT_SEED, MAX_COUNT, generate

__all__ = ["DEFAULT_SEED", "MAX_COUNT", "generate"]
