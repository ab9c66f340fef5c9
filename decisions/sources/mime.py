"""Reads MIME messages: MHTML, in which Chrome and Edge save a page as one file, and e-mails.

An MHTML file is one page; its pictures and frames are parts of it. An e-mail is read with its
attachments; its own text is read where it may be a decision.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from decisions.references import REFERENCE
from decisions.sources import extensions, limits
from decisions.sources.addresses import web_address
from decisions.sources.capture_times import read_mail_date
from decisions.sources.recognition import START_BYTES, is_decision_file
from decisions.sources.results import ReadResult, Skipped, Source, Unreadable, too_large

# Size of an e-mail or MHTML file, in bytes: it is held in memory four times over.
MAX_BYTES = limits.MAX_MEMBER_BYTES
# Parts of a message, attachments of attached messages included.
MAX_PARTS = 1_000
# Depth of messages that are attached to messages.
_MAX_DEPTH = 3
# Lines that may be the boundary of a part.
_MAX_BOUNDARIES = 10_000
# Lines of a message, each an object in memory. Encoded, a line has 76 characters.
_MAX_LINES = 400_000
# Depth of parts within parts: the parser compares each line with the boundaries of all open parts.
_MAX_NESTING = 50
# Headers of one part.
_MAX_HEADERS = 1_000
# Length of one header, in characters. A mail to a thousand people has some 50,000.
_MAX_HEADER = 100_000
# Parameters of a header, counted as `;`: Python takes quadratic time for them.
_MAX_PARAMETERS = 100

# Headers with which messages begin. "Category : …" of a decision is not among them.
_FIRST = re.compile(
    rb"(?:From|To|Cc|Date|Subject|Sender|Reply-To|Return-Path|Received|Delivered-To|Message-ID"
    rb"|MIME-Version|Content-Type|DKIM-Signature|Authentication-Results|Snapshot-Content-Location"
    rb"|(?:X|ARC)-[\w-]+):[ \t]",
    re.IGNORECASE,
)
# A second one of them shows that the first was no text of its own.
_SECOND = re.compile(
    rb"^(?:From|Date|Subject|Message-ID|MIME-Version|Content-Type|Received):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
# Bytes in which the second is looked for: the headers of a mail may be long.
_HEAD_BYTES = 8192
# Headers that a saved page does not have.
_OF_MAILS = ("To", "Received", "Message-ID", "Return-Path")
# The line between a plain message and the sender's signature, by RFC 3676.
_SIGNATURE = re.compile(rb"^-- \r?$", re.MULTILINE)


def is_message(name: str, data: bytes) -> bool:
    """Whether the bytes are an e-mail or an MHTML file."""
    head = data[:_HEAD_BYTES].lstrip()
    if extensions.is_message(name):
        return bool(_SECOND.search(head))
    first = _FIRST.match(head)
    return bool(first and _SECOND.search(head, first.end()))


def read_message(name: str, data: bytes) -> Iterator[ReadResult]:
    """Read the page in an MHTML file, or the text and the attachments of an e-mail."""
    if len(data) > MAX_BYTES:
        yield too_large(name, MAX_BYTES)
    elif data.count(b"\n--") + data.count(b"\r--") > _MAX_BOUNDARIES:
        yield Unreadable(name, f"a message of more than {_MAX_BOUNDARIES:,} parts")
    elif data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > _MAX_LINES:
        yield Unreadable(name, f"a message of more than {_MAX_LINES:,} lines")
    else:
        try:
            message = message_from_bytes(data, _Part)
            if _is_saved_page(message):
                yield from _read_saved_page(name, message)
            else:
                yield from _Mail(name).read(name, message, 0)
        except _TooMuch as error:
            yield Unreadable(name, f"a message with {error}")
        except (RecursionError, ValueError, LookupError) as error:
            yield Unreadable(name, f"a damaged message: {type(error).__name__}")


class _TooMuch(Exception):
    """A message exceeds a limit; the message of the error says which."""


class _Part(Message):
    """A message or part, as the parser makes it: raises _TooMuch beyond the limits."""

    depth = 0

    def attach(self, payload: Any) -> None:
        """Add a part; the parser calls this when the part begins."""
        payload.depth = self.depth + 1
        if payload.depth > _MAX_NESTING:
            raise _TooMuch(f"more than {_MAX_NESTING} parts inside each other")
        super().attach(payload)

    def set_raw(self, name: str, value: Any) -> None:
        """Add a header; the parser calls this for each."""
        if len(self) >= _MAX_HEADERS:
            raise _TooMuch(f"more than {_MAX_HEADERS:,} headers in a part")
        is_structured = name.lower().startswith("content-")
        if len(value) > _MAX_HEADER or (is_structured and value.count(";") > _MAX_PARAMETERS):
            raise _TooMuch(f"a header that is too long: {name[:40]}")
        super().set_raw(name, value)


# --- saved pages ------------------------------------------------------------------------------


def _is_saved_page(message: Message) -> bool:
    if message.get("Snapshot-Content-Location"):
        return True
    is_related = message.get_content_type() == "multipart/related"
    return is_related and not any(message.get(name) for name in _OF_MAILS)


def _read_saved_page(name: str, message: Message) -> Iterator[ReadResult]:
    """Read the first page of an MHTML file; the others are its frames."""
    for part in _leaves(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            addresses = (message.get("Snapshot-Content-Location"), part.get("Content-Location"))
            # A long address may be folded.
            urls = (web_address("".join(str(address or "").split())) for address in addresses)
            url = next(filter(None, urls), None)
            captured = read_mail_date(str(message.get("Date") or ""))
            charset = part.get_content_charset()
            yield Source(name, _bytes_of(part), url, charset, captured=captured)
            return
    yield Unreadable(name, "a saved page (MHTML) that contains no page")


# --- e-mails ----------------------------------------------------------------------------------


class _Mail:
    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def read(self, name: str, message: Message, depth: int) -> Iterator[ReadResult]:
        """Read the text of a message, called `name`, and its attachments."""
        texts: list[Message] = []
        attached: list[Message] = []
        for part in _leaves(message):
            (attached if _is_attachment(part) else texts).append(part)
        reads = [read for part in attached for read in self._read_attachment(name, part, depth)]
        body = _body(texts)
        has_decisions = any(not isinstance(read, Skipped) for read in reads)
        if body is None:
            if not reads:
                yield Unreadable(name, "an e-mail without text")
        elif has_decisions and not _has_title(_bytes_of(body)):
            yield Skipped(name)  # the letter that goes with what is attached
        else:
            yield Source(name, _text_of(body), None, body.get_content_charset())
        yield from reads

    def _read_attachment(self, name: str, part: Message, depth: int) -> Iterator[ReadResult]:
        self._count += 1
        here = f"{name}/{_filename(part) or f'part {self._count}'}"
        if self._count > MAX_PARTS:
            if self._count == MAX_PARTS + 1:
                yield Unreadable(self._name, f"more than {MAX_PARTS:,} attachments")
            return
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and depth < _MAX_DEPTH:
                yield from self.read(here, inner[0], depth + 1)  # type: ignore[arg-type]
            else:
                yield Unreadable(here, "a message within messages is not opened; save it by itself")
            return
        if kind := extensions.archive_kind(here):
            yield Unreadable(here, f"a {kind} within an e-mail is not opened; save it by itself")
            return
        data = _bytes_of(part)
        is_text = part.get_content_type() in ("text/html", "text/plain", "application/pdf")
        if not is_text and not is_decision_file(here, data[:START_BYTES]):
            yield Skipped(here)
        elif len(data) > limits.MAX_MEMBER_BYTES:
            yield too_large(here, limits.MAX_MEMBER_BYTES)
        else:
            yield Source(here, data, None, part.get_content_charset())


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no parts; an attached message is one of them."""
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        parts: Iterable[object] = message.get_payload()
        for part in parts:
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _is_attachment(part: Message) -> bool:
    return (
        part.get_content_disposition() == "attachment"
        or bool(_filename(part))
        or part.get_content_type() not in ("text/plain", "text/html")
    )


def _body(texts: list[Message]) -> Message | None:
    """The text of a message: as a page where there is one, because a page keeps its headings."""
    pages = [part for part in texts if part.get_content_type() == "text/html"]
    return next(iter(pages or texts), None)


def _text_of(body: Message) -> bytes:
    data = _bytes_of(body)
    if body.get_content_type() == "text/html":
        return data
    return _SIGNATURE.split(data, maxsplit=1)[0] or data


def _has_title(data: bytes) -> bool:
    """Whether the text names a decision as title lines do: `Kent County Council (21 019 030)`."""
    text = data.decode("latin-1").replace("&nbsp;", " ")
    return any(
        text.endswith("(", 0, match.start()) and text.startswith(")", match.end())
        for match in REFERENCE.finditer(text)
    )


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _filename(part: Message) -> str:
    """The name of an attachment without directories; RFC 2047 names are decoded."""
    name = part.get_filename() or ""
    if "=?" in name:
        with contextlib.suppress(ValueError, LookupError):
            name = str(make_header(decode_header(name)))
    return " ".join(name.replace("\\", "/").rpartition("/")[2].split())
