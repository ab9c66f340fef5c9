"""The line that names the files that a command skipped."""

from collections.abc import Sequence

# Number of skipped files that the line names.
SHOWN = 10


def describe_skipped(names: Sequence[str], count: int) -> str:
    """ "Skipped, …: a.png, b.css and 12 more"; empty where `count` is 0.

    `names` are the names of all or of the first of them.
    """
    if not count:
        return ""
    shown = names[:SHOWN]
    more = f" and {count - len(shown):,} more" if count > len(shown) else ""
    return (
        f"Skipped, because files of these kinds do not contain decisions: {', '.join(shown)}{more}"
    )
