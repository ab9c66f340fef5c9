"""Reads or refuses one member of a zip or tar."""

from collections.abc import Iterator
from typing import IO

from decisions.sources import extensions, limits
from decisions.sources.json_records import is_json, read_json, read_lines
from decisions.sources.mime import is_message, read_message
from decisions.sources.recognition import START_BYTES, is_read_in_folder
from decisions.sources.results import ReadResult, Skipped, Source, Unreadable, too_large
from decisions.sources.webarchives import is_webarchive, read_webarchive


def refuse_member(name: str, container: str, size: int) -> Unreadable | None:
    """The refusal of a member, with its reason; None if it is to be read.

    `size` is its decompressed size in bytes.
    """
    if kind := extensions.archive_kind(name):
        return Unreadable(name, f"a {kind} within a {container} is not opened; unpack it first")
    if size > limits.MAX_MEMBER_BYTES and not extensions.is_json_lines(name):
        return too_large(name, limits.MAX_MEMBER_BYTES)
    return None


def read_member(name: str, file: IO[bytes]) -> Iterator[ReadResult]:
    """Read the contents of a member. Raises the errors that its container raises for damage."""
    if extensions.is_json_lines(name):
        yield from read_lines(name, file)
        return
    start = file.read(START_BYTES)
    if not is_read_in_folder(name, start):
        yield Skipped(name)
    else:
        # Without a size, zipfile unpacks all there is, whatever size the zip states.
        rest = file.read(limits.MAX_MEMBER_BYTES + 1 - len(start))
        yield from read_whole(name, start + rest)


def read_whole(name: str, data: bytes) -> Iterator[ReadResult]:
    """A file that is no archive: one decision, JSON of several, a saved page, or an e-mail."""
    if is_webarchive(data):
        yield from read_webarchive(name, data)
    elif is_message(name, data):
        yield from read_message(name, data)
    elif extensions.is_text_or_page(name) or not is_json(data):
        yield Source(name, data)
    else:
        yield from read_json(name, data)
