"""Generates the sample archive: realistic, invented decisions about invented councils.

`generate` turns a count and a seed into files. The sentences are in `data/*.txt`; the modules
choose and order them.

    numbering (references) ─► planning (what kind of case) ─► drafting (sections, paragraphs)
        ─► writer (bytes)

Nothing here touches Django or the database.
"""

from decisions.sample.generator import generate, max_count
from decisions.sample.numbering import DEFAULT_SEED, MAX_SEED, reference, reference_numbers

__all__ = [
    "DEFAULT_SEED",
    "MAX_SEED",
    "generate",
    "max_count",
    "reference",
    "reference_numbers",
]
