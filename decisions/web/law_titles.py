"""Short titles of provisions: `12-month limit` for section 26B of the Local Government Act 1974.

They stand in `law_titles.txt`, by the short name of an act and of its provision.
"""

from collections.abc import Iterator
from pathlib import Path

from decisions.models import Provision


def label_with_title(law: Provision) -> str:
    """`Local Government Act 1974, section 26B: 12-month limit`."""
    return with_title(law.label, law.short)


def part_with_title(law: Provision) -> str:
    """`s 26B: 12-month limit`, below the name of its act."""
    return with_title(law.beneath, law.short)


def with_title(name: str, short: str) -> str:
    """A provision's name with what it is about, where the file says so for its short name."""
    title = TITLES.get(short)
    return f"{name}: {title}" if title else name


def _read(text: str) -> Iterator[tuple[str, str]]:
    act = ""
    for line in text.splitlines():
        if line.startswith("["):
            act = line.strip("[]")
        elif line and not line.startswith("#"):
            number, _, title = line.partition(": ")
            yield f"{act} {number}", title


# The title of each provision by its short name, `LGA 1974 s 26B`.
TITLES = dict(_read(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")))
