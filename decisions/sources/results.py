"""The results of reading a path or an upload: Source, Skipped or Unreadable."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from decisions.documents import CaptureTime
from decisions.sources import limits

# Length of an error's message, in characters.
_MAX_REASON = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one decision, exactly as received.

    `name` identifies it to the person who sent it: `a.zip/2022/21-019-030.txt`, `all.jsonl:3`
    (a line), `all.json[2]` (an entry, from 0), `crawl.warc.gz/https://…` (a page).
    `url` is the address it was fetched from, and `charset` the encoding that the server stated.
    Crawlers record both; for every other file both are None. `file` is the name of the file that
    was named or uploaded, in which it was. `captured` is when the source was read, as its container
    states it.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    file: str = field(default="", compare=False)
    captured: CaptureTime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that holds no decision, judging by its name or its WARC type."""

    name: str
    file: str = field(default="", compare=False)  # as in Source


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or record that should hold a decision but cannot be read; `reason` says why."""

    name: str
    reason: str
    file: str = field(default="", compare=False)  # as in Source


ReadResult = Source | Skipped | Unreadable


def dated(results: Iterable[ReadResult], captured: CaptureTime | None) -> Iterator[ReadResult]:
    """The same results, in which each Source without a time of its own is given `captured`."""
    for result in results:
        if captured and isinstance(result, Source) and result.captured is None:
            result = replace(result, captured=captured)
        yield result


def too_large(name: str, limit: int, hint: str = "") -> Unreadable:
    """The refusal of data larger than `limit` bytes; `hint` tells the sender what to do instead."""
    return Unreadable(
        name, f"larger than {limit // limits.MEBIBYTE} MB, which no decision is{hint}"
    )


def describe_error(error: BaseException) -> str:
    """The message of an error without its number or class: "No such file or directory"."""
    if isinstance(error, EOFError):
        return "it ends in the middle"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    # zipfile's messages hold names of up to 64 kB.
    return str(error)[:_MAX_REASON] or type(error).__name__
