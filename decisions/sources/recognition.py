"""Tells from a file's first bytes whether it is read although its extension is unknown.

`wget -r` keeps the Ombudsman's addresses as names: `decisions/education/other/21-019-030` has no
extension, and `21-019-030?chapter=2` a meaningless one.
"""

import re
from pathlib import PurePosixPath

from decisions.references import find_references, read_reference
from decisions.sources import extensions

# Length of the start of a file by which its kind is recognised, in bytes.
START_BYTES = 512

# A web page, after the mark of its encoding, blank lines, and comments such as "saved from url".
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = (".md", ".markdown")
# "&page=2" after a reference in the name of a mirrored page.
_QUERY = re.compile(r"[?@&]")


def is_decision_file(name: str, start: bytes) -> bool:
    """Whether a file in a directory, zip or tar is read. `start` is its first START_BYTES."""
    if extensions.is_known(name):
        return True
    if extensions.is_apple_metadata(name):
        return False
    if name.lower().endswith(_MARKDOWN):
        # Many folders have notes in Markdown; a clipping names its decision above the text.
        return bool(find_references(start.decode("latin-1")))
    return bool(_PAGE.match(start)) or _is_named_text(name, start)


def is_read_in_folder(name: str, start: bytes) -> bool:
    """Whether a file beside others is read: it may hold a decision, and is not about the others."""
    return not describes_folder(name) and is_decision_file(name, start)


def describes_folder(name: str) -> bool:
    """Whether this file is about the others beside it: a README, or robots.txt for crawlers."""
    last = _last_part(name).lower()
    return last == "robots.txt" or last.split(".")[0] == "readme"


def _is_named_text(name: str, start: bytes) -> bool:
    """Whether the name is a reference and nothing more, and the bytes are text."""
    stem = _QUERY.split(_last_part(name))[0]
    return read_reference(stem) is not None and b"\0" not in start


def _last_part(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name
