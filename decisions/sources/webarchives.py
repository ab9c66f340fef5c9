"""Reads web archives of Safari (`.webarchive`): property lists of a page and its parts."""

import plistlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from decisions.sources import binary_plists, limits
from decisions.sources.addresses import web_address
from decisions.sources.results import ReadResult, Source, Unreadable, too_large

_XML = b"<?xml"
_PAGE = "WebMainResource"
# Size of a web archive, in bytes: a property list in XML is held in memory twice.
MAX_BYTES = limits.MAX_MEMBER_BYTES
# Bytes in which a property list in XML names its main resource, or its kind.
_HEAD_BYTES = 8192
# Number of tags and attributes of a property list in XML, counted as `<` and `=`. A page has some
# ten for each of its pictures.
_MAX_SIGNS = 100_000
# Errors that plistlib and expat raise for a damaged property list.
_DAMAGE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    ExpatError,
)


def is_webarchive(data: bytes) -> bool:
    """Whether the bytes are a property list as Safari writes it."""
    if data.startswith(binary_plists.MAGIC):
        return _PAGE.encode() in data
    return data.startswith(_XML) and b"<plist" in data[:_HEAD_BYTES] and _PAGE.encode() in data


def read_webarchive(name: str, data: bytes) -> Iterator[ReadResult]:
    """Read the page of a web archive; its pictures and frames belong to it."""
    if len(data) > MAX_BYTES:
        yield too_large(name, MAX_BYTES)
        return
    is_binary = data.startswith(binary_plists.MAGIC)
    if not is_binary and data.count(b"<") + data.count(b"=") > _MAX_SIGNS:
        yield Unreadable(name, f"a web archive with more than {_MAX_SIGNS:,} tags and attributes")
        return
    try:
        page = _page_in_binary(data) if is_binary else _page_in_xml(data)
    except _DAMAGE:
        yield Unreadable(name, "a damaged web archive of Safari")
        return
    content = page.get("WebResourceData")
    if not isinstance(content, bytes):
        yield Unreadable(name, "a web archive of Safari that contains no page")
    else:
        yield Source(
            name,
            content,
            web_address(page.get("WebResourceURL")),
            _text(page.get("WebResourceTextEncodingName")),
        )


def _page_in_binary(data: bytes) -> dict[str, Any]:
    plist = binary_plists.BinaryPlist(data)
    page = plist.entries(plist.root).get(_PAGE)
    entries = {} if page is None else plist.entries(page)
    return {key: plist.value(number) for key, number in entries.items()}


def _page_in_xml(data: bytes) -> dict[str, Any]:
    archive: Any = plistlib.loads(data)
    page = archive.get(_PAGE) if isinstance(archive, dict) else None
    return page if isinstance(page, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
