"""Generates the files of the sample archive."""

from collections.abc import Iterator

from decisions.sample.numbering import DEFAULT_SEED, reference_numbers
from decisions.sample.planning import plan
from decisions.sample.writer import write


def generate(count: int, seed: int = DEFAULT_SEED, start: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield decisions `start` to `start + count - 1` of a seed, each as (file name, bytes).

    Decision i depends only on the seed and i. So a shorter run is the beginning of a longer one,
    and parts of a run can be generated in parallel. Decisions of two seeds never share a reference.

    Raises ValueError for a seed outside 1 to MAX_SEED (51), and for decisions beyond the seed's
    limit: 4,999,999 of the default seed, 100,000 of any other (`max_count`).
    """
    limit = max_count(seed)
    if count < 0 or start < 0 or start + count > limit:
        raise ValueError(
            f"decisions {start} to {start + count} of seed {seed}: outside 0 to {limit:,}"
        )
    return (write(plan(seed, number)) for number in range(start, start + count))


def max_count(seed: int) -> int:
    """How many decisions a seed has. Raises ValueError for a seed outside 1 to MAX_SEED."""
    return len(reference_numbers(seed))
