"""Reads JSON records as the exact bytes received: an object, an array, or JSON Lines.

A record is measured before it is decoded, because a value of 3 bytes takes up to 230 in memory.
"""

import io
import json
import re
from collections.abc import Iterator
from typing import IO

from decisions.sources import limits
from decisions.sources.results import ReadResult, Source, Unreadable, too_large

# The encoding in which JSON is decoded. JSON's syntax is ASCII, and Latin-1 maps each byte to one
# character, so a position in the text is a position in the bytes. This fails only for UTF-16.
_SCAN_ENCODING = "latin-1"
_WHITE_SPACE = re.compile(rb"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DECODER = json.JSONDecoder(strict=False)

# A string, or what opens, closes and divides objects and lists. Possessive, hence linear.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
_SCALAR = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[^\s,\[\]{}"]*', re.DOTALL)
# What each value but the first has before it or around it.
_VALUE_SIGNS = ("{", "[", ",")

TOO_MANY_VALUES = f"a JSON record of more than {limits.MAX_JSON_VALUES:,} values"


class _TooMuch(Exception):
    """A record with more values or bytes than the limits allow, for the reason given."""


def is_json(data: bytes) -> bool:
    """Whether the bytes begin like a JSON object or an array of objects."""
    start = data[:200].removeprefix(_BOM).lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"))


def has_too_many_values(record: str | bytes) -> bool:
    """Whether the record has too many brackets and commas, those within strings included."""
    if isinstance(record, str):
        signs = sum(record.count(sign) for sign in _VALUE_SIGNS)
    else:
        signs = sum(record.count(sign.encode()) for sign in _VALUE_SIGNS)
    return signs > limits.MAX_JSON_VALUES


def read_json(name: str, data: bytes) -> Iterator[ReadResult]:
    """Read one record, an array of records, or JSON Lines, whatever the file's extension."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    position = _skip_white_space(data, start)
    if data[position : position + 1] == b"[":
        yield from _read_array(name, data, position + 1)
        return
    try:
        end = _decode_at(data, position)
    except _TooMuch as error:
        yield Unreadable(name, str(error))
        return
    except (ValueError, RecursionError):
        end = len(data)
    if _skip_white_space(data, end) == len(data) and _count_lines_with_records(data, start) < 2:
        yield Source(name, data)
    else:
        yield from read_lines(name, io.BytesIO(data))


def _count_lines_with_records(data: bytes, position: int) -> int:
    """How many of the first 3 lines begin a record: two mean JSON Lines, even after a bad one."""
    count = 0
    for _ in range(3):
        count += data.startswith(b'{"', position)
        position = data.find(b"\n", position) + 1
        if not position:
            break
    return count


def _read_array(name: str, data: bytes, position: int) -> Iterator[ReadResult]:
    index = 0
    position = _skip_white_space(data, position)
    if data[position : position + 1] == b"]":
        yield Unreadable(name, "an empty list of records")
        return
    while True:
        record_name = f"{name}[{index}]"
        try:
            end = _decode_at(data, position)
        except RecursionError:
            yield Unreadable(record_name, "JSON nested too deeply; nothing after it was read")
            return
        except json.JSONDecodeError as error:
            reason = _describe(error, data, position)
            yield Unreadable(record_name, f"not valid JSON: {reason}; nothing after it was read")
            return
        except ValueError as error:  # a number of more digits than Python converts
            yield Unreadable(record_name, f"not valid JSON: {error}; nothing after it was read")
            return
        except _TooMuch as error:
            yield Unreadable(record_name, f"{error}; nothing after it was read")
            return
        yield Source(record_name, data[position:end])
        index += 1
        position = _skip_white_space(data, end)
        separator = data[position : position + 1]
        if separator == b"]":
            if _skip_white_space(data, position + 1) != len(data):
                yield Unreadable(name, "something follows the end of the list of records")
            return
        if separator != b",":
            yield Unreadable(
                f"{name}[{index}]",
                "a comma or bracket is missing in the list of records",
            )
            return
        position = _skip_white_space(data, position + 1)


def _decode_at(data: bytes, position: int) -> int:
    """Where the value that begins at `position` ends; raises what the decoder does, or _TooMuch."""
    end = _end_of_value(data, position)
    if end - position > limits.MAX_MEMBER_BYTES:
        raise _TooMuch(too_large("", limits.MAX_MEMBER_BYTES).reason)
    _, length = _DECODER.raw_decode(data[position:end].decode(_SCAN_ENCODING))
    return position + length


def _end_of_value(data: bytes, position: int) -> int:
    """Where the value that begins at `position` ends, or the data. Raises _TooMuch."""
    if data[position : position + 1] not in (b"{", b"["):
        scalar = _SCALAR.match(data, position)
        return scalar.end() if scalar else position
    depth = signs = 0
    for token in _TOKEN.finditer(data, position):
        sign = data[token.start()]
        if sign in b"]}":
            depth -= 1
            if depth == 0:
                return token.end()
        elif sign in b"[{,":
            depth += sign != ord(",")
            signs += 1
            if signs > limits.MAX_JSON_VALUES:
                raise _TooMuch(TOO_MANY_VALUES)
    return len(data)


def _describe(error: json.JSONDecodeError, data: bytes, start: int) -> str:
    """The error of a record that begins at `start`, with its place in the whole file."""
    start -= len(_BOM) if data.startswith(_BOM) else 0
    data = data.removeprefix(_BOM)
    at = start + error.pos
    line = data.count(b"\n", 0, at) + 1
    column = at - data.rfind(b"\n", 0, at)
    return f"{error.msg}: line {line} column {column} (char {at})"


def _skip_white_space(data: bytes, position: int) -> int:
    match = _WHITE_SPACE.match(data, position)
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
        if has_too_many_values(record):
            yield Unreadable(record_name, TOO_MANY_VALUES)
            continue
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
