"""The door: `generate` yields the files of the sample archive."""

from collections.abc import Iterator

from decisions.sample.planning import plan
from decisions.sample.writer import write

DEFAULT_SEED = 1
MAX_COUNT = 9_999_999  # references run from 90 000 001 to 99 999 999


def generate(count: int, seed: int = DEFAULT_SEED, start: int = 0) -> Iterator[tuple[str, bytes]]:
    """Files `start` to `start + count` of the archive of `seed`, as (name, bytes).

    File i depends on (seed, i) alone: a shorter run is a prefix of a longer one, and parts of a
    run can be made side by side. Raises ValueError for numbers outside 0 to MAX_COUNT.
    """
    if count < 0 or start < 0 or start + count > MAX_COUNT:
        raise ValueError(f"decisions {start} to {start + count}: outside 0 to {MAX_COUNT:,}")
    return (write(plan(seed, number)) for number in range(start, start + count))
