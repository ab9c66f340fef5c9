"""The line that names the files which a command passed over."""

from collections.abc import Sequence

# How many of them are named in one line.
_SHOWN = 10


def describe_passed_over(names: Sequence[str], count: int) -> str:
    """ "Passed over: a.png, b.css and 12 more"; empty where `count` is 0.

    `names` are the names of all or of the first of them.
    """
    if not count:
        return ""
    shown = names[:_SHOWN]
    more = f" and {count - len(shown):,} more" if count > len(shown) else ""
    return f"Passed over, as no kind of file that decisions come in: {', '.join(shown)}{more}"
