"""The results of reading a path or an upload: Source, Ignored or Unreadable."""

from dataclasses import dataclass

from decisions.sources import limits


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one decision, exactly as received.

    `name` identifies it to the person who sent it: `a.zip/2022/21-019-030.txt`, `all.jsonl:3`
    (a line), `all.json[2]` (an entry, from 0), `crawl.warc.gz/https://…` (a page).
    `url` is the address it was fetched from, and `charset` the encoding that the server stated.
    Crawlers record both; for every other file both are None.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file or record that holds no decision, judging by its name or its WARC type."""

    name: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or record that should hold a decision but cannot be read; `reason` says why."""

    name: str
    reason: str


ReadResult = Source | Ignored | Unreadable


def too_large(name: str, limit: int, hint: str = "") -> Unreadable:
    """The refusal of data larger than `limit` bytes; `hint` tells the sender what to do instead."""
    return Unreadable(name, f"larger than {limit // limits.MEBIBYTE} MB, no decision is{hint}")


def describe_error(error: BaseException) -> str:
    """The message of an error without its number or class: "No such file or directory"."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
