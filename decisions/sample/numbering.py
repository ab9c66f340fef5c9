"""References of invented decisions. Each seed has its own range, so that no two seeds share any.

Real references begin with the year of the complaint, from 07; invented ones begin with 90 to 99.

    seed 1 (the default)   90 000 001 to 94 999 999   large archives
    seed 2                 95 000 000 to 95 099 999
    …
    seed 51                99 900 000 to 99 999 999
"""

DEFAULT_SEED = 1
# Highest seed: higher ones would have no references.
MAX_SEED = 51

_DEFAULT_RANGE = range(90_000_001, 95_000_000)
# Number of decisions of each seed other than the default.
_OTHER_COUNT = 100_000


def reference_numbers(seed: int) -> range:
    """The references of a seed's decisions as numbers, in order.

    Raises ValueError for a seed outside 1 to MAX_SEED.
    """
    if not DEFAULT_SEED <= seed <= MAX_SEED:
        raise ValueError(f"seed {seed}: give a number from {DEFAULT_SEED} to {MAX_SEED}")
    if seed == DEFAULT_SEED:
        return _DEFAULT_RANGE
    first = _DEFAULT_RANGE.stop + (seed - DEFAULT_SEED - 1) * _OTHER_COUNT
    return range(first, first + _OTHER_COUNT)


def reference(number: int) -> str:
    """`90 000 001` for 90000001."""
    digits = f"{number:08}"
    return f"{digits[:2]} {digits[2:5]} {digits[5:]}"
