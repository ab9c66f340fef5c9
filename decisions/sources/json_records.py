"""JSON records, each as the exact bytes received: one alone, a list of them, or one a line."""

import io
import json
import re
from collections.abc import Iterator
from typing import IO

from decisions.sources import limits
from decisions.sources.reads import Read, Source, Unreadable, too_large

# JSON's own characters are ASCII. Read as Latin-1, any of its encodings but UTF-16 keeps them, and
# a position in the text is a position in the bytes: so records are cut out exactly as received.
_BYTEWISE = "latin-1"
_BLANK = re.compile(r"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DECODER = json.JSONDecoder(strict=False)


def is_json(data: bytes) -> bool:
    """Do the bytes begin like a JSON object or a list of them?"""
    start = data[:200].removeprefix(_BOM).lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"))


def read_json(name: str, data: bytes) -> Iterator[Read]:
    """One record, an array of records, or, whatever the file is called, a record a line."""
    text = data.removeprefix(_BOM).decode(_BYTEWISE)
    offset = len(data) - len(text)
    position = _skip_blank(text, 0)
    if text[position] == "[":
        yield from _read_array(name, data, text, position + 1, offset)
        return
    try:
        _, end = _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        end = len(text)
    if _skip_blank(text, end) == len(text) and _count_lines_with_records(text) < 2:
        yield Source(name, data)
    else:
        yield from read_lines(name, io.BytesIO(data))


def _count_lines_with_records(text: str) -> int:
    """How many of the first 3 lines begin a record. Two show JSON Lines, even after a bad first."""
    return sum(line.startswith('{"') for line in text.split("\n", 3)[:3])


def _read_array(name: str, data: bytes, text: str, position: int, offset: int) -> Iterator[Read]:
    index = 0
    position = _skip_blank(text, position)
    if text[position : position + 1] == "]":
        yield Unreadable(name, "an empty list of records")
        return
    while True:
        here = f"{name}[{index}]"
        try:
            _, end = _DECODER.raw_decode(text, position)
        except RecursionError:
            yield Unreadable(here, "JSON nested too deeply; nothing after it was read")
            return
        except ValueError as error:
            yield Unreadable(here, f"not valid JSON: {error}; nothing after it was read")
            return
        yield Source(here, data[offset + position : offset + end])
        index += 1
        position = _skip_blank(text, end)
        separator = text[position : position + 1]
        if separator == "]":
            if _skip_blank(text, position + 1) != len(text):
                yield Unreadable(name, "something follows the end of the list of records")
            return
        if separator != ",":
            yield Unreadable(f"{name}[{index}]", "the list of records breaks off here")
            return
        position = _skip_blank(text, position + 1)


def _skip_blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def read_lines(name: str, file: IO[bytes]) -> Iterator[Read]:
    """JSON Lines: a record a line, numbered from 1; blank lines count but hold nothing."""
    number = 0
    found = False
    while line := file.readline(limits.MAX_MEMBER_BYTES + 1):
        number += 1
        here = f"{name}:{number}"
        if number == 1:
            if line.startswith(_UTF16_BOMS):
                yield Unreadable(name, "JSON Lines in UTF-16; save it as UTF-8")
                return
            line = line.removeprefix(_BOM)
        if len(line) > limits.MAX_MEMBER_BYTES:
            yield too_large(here, limits.MAX_MEMBER_BYTES)
            while line and not line.endswith(b"\n"):
                line = file.readline(limits.MAX_MEMBER_BYTES)
            continue
        record = line.strip()
        if not record:
            continue
        found = True
        try:
            _DECODER.decode(record.decode(_BYTEWISE))
        except RecursionError:
            yield Unreadable(here, "JSON nested too deeply")
        except ValueError as error:
            yield Unreadable(here, f"not valid JSON: {error}")
        else:
            yield Source(here, record)
    if not found:
        yield Unreadable(name, "no records in it")
