"""Reads JSON records as the exact bytes received: an object, an array, or JSON Lines."""

import io
import json
import re
from collections.abc import Iterator
from typing import IO

from decisions.sources import limits
from decisions.sources.results import ReadResult, Source, Unreadable, too_large

# The encoding in which JSON is scanned. JSON's syntax is ASCII, and Latin-1 maps each byte to one
# character, so a position in the text is a position in the bytes. This fails only for UTF-16.
_SCAN_ENCODING = "latin-1"
_WHITE_SPACE = re.compile(r"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DECODER = json.JSONDecoder(strict=False)


def is_json(data: bytes) -> bool:
    """Whether the bytes begin like a JSON object or an array of objects."""
    start = data[:200].removeprefix(_BOM).lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"))


def read_json(name: str, data: bytes) -> Iterator[ReadResult]:
    """Read one record, an array of records, or JSON Lines, whatever the file's extension."""
    text = data.removeprefix(_BOM).decode(_SCAN_ENCODING)
    offset = len(data) - len(text)
    position = _skip_white_space(text, 0)
    if text[position] == "[":
        yield from _read_array(name, data, text, position + 1, offset)
        return
    try:
        _, end = _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        end = len(text)
    if _skip_white_space(text, end) == len(text) and _count_lines_with_records(text) < 2:
        yield Source(name, data)
    else:
        yield from read_lines(name, io.BytesIO(data))


def _count_lines_with_records(text: str) -> int:
    """How many of the first 3 lines begin a record: two mean JSON Lines, even after a bad one."""
    return sum(line.startswith('{"') for line in text.split("\n", 3)[:3])


def _read_array(
    name: str, data: bytes, text: str, position: int, offset: int
) -> Iterator[ReadResult]:
    index = 0
    position = _skip_white_space(text, position)
    if text[position : position + 1] == "]":
        yield Unreadable(name, "an empty list of records")
        return
    while True:
        record_name = f"{name}[{index}]"
        try:
            _, end = _DECODER.raw_decode(text, position)
        except RecursionError:
            yield Unreadable(record_name, "JSON nested too deeply; nothing after it was read")
            return
        except ValueError as error:
            yield Unreadable(record_name, f"not valid JSON: {error}; nothing after it was read")
            return
        yield Source(record_name, data[offset + position : offset + end])
        index += 1
        position = _skip_white_space(text, end)
        separator = text[position : position + 1]
        if separator == "]":
            if _skip_white_space(text, position + 1) != len(text):
                yield Unreadable(name, "something follows the end of the list of records")
            return
        if separator != ",":
            yield Unreadable(f"{name}[{index}]", "the list of records breaks off here")
            return
        position = _skip_white_space(text, position + 1)


def _skip_white_space(text: str, position: int) -> int:
    match = _WHITE_SPACE.match(text, position)
    return match.end() if match else position


def read_lines(name: str, file: IO[bytes]) -> Iterator[ReadResult]:
    """Read JSON Lines: one record a line. Lines are numbered from 1, blank lines included."""
    number = 0
    has_records = False
    while line := file.readline(limits.MAX_MEMBER_BYTES + 1):
        number += 1
        record_name = f"{name}:{number}"
        if number == 1:
            if line.startswith(_UTF16_BOMS):
                yield Unreadable(name, "JSON Lines in UTF-16; save it as UTF-8")
                return
            line = line.removeprefix(_BOM)
        if len(line) > limits.MAX_MEMBER_BYTES:
            yield too_large(record_name, limits.MAX_MEMBER_BYTES)
            while line and not line.endswith(b"\n"):
                line = file.readline(limits.MAX_MEMBER_BYTES)
            continue
        record = line.strip()
        if not record:
            continue
        has_records = True
        try:
            _DECODER.decode(record.decode(_SCAN_ENCODING))
        except RecursionError:
            yield Unreadable(record_name, "JSON nested too deeply")
        except ValueError as error:
            yield Unreadable(record_name, f"not valid JSON: {error}")
        else:
            yield Source(record_name, record)
    if not has_records:
        yield Unreadable(name, "no records in it")
