"""The captures as WARC records, one for each, and back."""

import io
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from decisions.dumps.contents import FORMAT, DumpError
from decisions.dumps.files import HashedFile
from decisions.dumps.lines import Line
from decisions.sources.addresses import web_address

# Time of the first record of each file, which describes the file. It is fixed: a dump has no clock.
_EPOCH = "1970-01-01T00:00:00Z"

# Content types by the end of a capture's name.
_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".eml": "message/rfc822",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
}


def start_warc(file: HashedFile) -> IO[bytes]:
    """Begin a WARC file with the record that describes it."""
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    fields = f"software: ombudsman-decisions\r\nformat: WARC File Format 1.1, dump {FORMAT}\r\n"
    body = fields.encode()
    headers = {
        "WARC-Record-ID": _record_id("warcinfo"),
        "WARC-Date": _EPOCH,
        "WARC-Type": "warcinfo",
    }
    record = writer.create_warc_record(
        "",
        "warcinfo",
        io.BytesIO(body),
        len(body),
        "application/warc-fields",
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return cast(IO[bytes], file)


def write_capture(file: IO[bytes], line: Line, content: bytes) -> None:
    """Write one capture as a `resource` record. Everything in it comes from the capture."""
    digest = f"sha256:{line['sha256']}"
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        web_address(line["url"]) or f"urn:{digest}",
        "resource",
        io.BytesIO(content),
        len(content),
        _content_type(line, content),
        warc_headers_dict={
            "WARC-Record-ID": _record_id(digest),
            "WARC-Date": line["captured_at"],
            "WARC-Type": "resource",
            "WARC-Block-Digest": digest,
            "WARC-Payload-Digest": digest,
        },
    )
    writer.write_record(record)


def read_captures(directory: Path, paths: list[str]) -> Iterator[bytes]:
    """The bytes of every capture in WARC files, in order; one is in memory at a time."""
    for path in paths:
        with (directory / path).open("rb") as file:
            try:
                for record in ArchiveIterator(file):
                    if record.rec_type == "resource":
                        yield record.content_stream().read()
            except ArchiveLoadFailed as error:
                raise DumpError(f"{path} cannot be read: {error}") from error


def _record_id(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:{name}')}>"


def _content_type(line: dict[str, Any], content: bytes) -> str:
    """By the name, else by the first bytes. A type that nobody stated is no more than a guess."""
    kind = _TYPES.get(PurePosixPath(line["name"]).suffix.lower())
    if kind is None:
        is_page = content.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))
        kind = "text/html" if is_page else "application/octet-stream"
    charset = line["charset"] if line["charset"].isascii() and kind.startswith("text/") else ""
    return f"{kind}; charset={charset}" if charset.isprintable() and charset else kind
