"""Reads web archives of Safari (`.webarchive`): property lists of a page and its parts."""

import plistlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from decisions.sources import limits
from decisions.sources.addresses import web_address
from decisions.sources.results import ReadResult, Source, Unreadable, too_large

_BINARY = b"bplist00"
_XML = b"<?xml"
_MARK = b"WebMainResource"
# Size of a web archive, in bytes: its property list is held in memory twice.
MAX_BYTES = limits.MAX_MEMBER_BYTES
# Bytes in which a property list in XML names its main resource, or its kind.
_HEAD_BYTES = 8192


def is_webarchive(data: bytes) -> bool:
    """Whether the bytes are a property list as Safari writes it."""
    if data.startswith(_BINARY):
        return _MARK in data
    return data.startswith(_XML) and b"<plist" in data[:_HEAD_BYTES] and _MARK in data


def read_webarchive(name: str, data: bytes) -> Iterator[ReadResult]:
    """Read the page of a web archive; its pictures and frames belong to it."""
    if len(data) > MAX_BYTES:
        yield too_large(name, MAX_BYTES)
        return
    try:
        archive: Any = plistlib.loads(data)
    except (ValueError, KeyError, OverflowError, RecursionError, MemoryError, ExpatError) as error:
        yield Unreadable(name, f"a damaged web archive of Safari: {type(error).__name__}")
        return
    found = archive.get("WebMainResource") if isinstance(archive, dict) else None
    page: dict[str, Any] = found if isinstance(found, dict) else {}
    content = page.get("WebResourceData")
    if not isinstance(content, bytes):
        yield Unreadable(name, "a web archive of Safari without a page in it")
    elif len(content) > limits.MAX_MEMBER_BYTES:
        yield too_large(name, limits.MAX_MEMBER_BYTES)
    else:
        yield Source(
            name,
            content,
            web_address(page.get("WebResourceURL")),
            _text(page.get("WebResourceTextEncodingName")),
        )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
