"""Whether a file holds a decision though its name does not say so, by its first bytes.

`wget -r` keeps the Ombudsman's addresses as names: `decisions/education/other/21-019-030` has no
ending, and `21-019-030?chapter=2` a meaningless one.
"""

import re
from pathlib import PurePosixPath

from decisions.references import read_reference
from decisions.sources import endings

# Bytes at the beginning of a file by which its kind is recognised.
START_BYTES = 512

# A web page, after the mark of its encoding, blank lines, and comments such as "saved from url".
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b",
    re.IGNORECASE | re.DOTALL,
)
# "&page=2" after a reference in the name of a mirrored page.
_QUERY = re.compile(r"[?@&]")


def is_decision_file(name: str, start: bytes) -> bool:
    """Is a file read that is met in a directory, zip or tar? `start` is its first START_BYTES."""
    if endings.is_known(name):
        return True
    if endings.is_of_apple(name):
        return False
    return bool(_PAGE.match(start)) or _is_named_text(name, start)


def is_robots(name: str) -> bool:
    """Is this the file that tells crawlers what to leave out?"""
    return _last_part(name).lower() == "robots.txt"


def _is_named_text(name: str, start: bytes) -> bool:
    """Is the name a reference and nothing more, and are the bytes a text?"""
    stem = _QUERY.split(_last_part(name))[0]
    return read_reference(stem) is not None and b"\0" not in start


def _last_part(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name
