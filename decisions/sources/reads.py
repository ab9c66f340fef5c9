"""What reading a path or an upload yields: Source, Ignored or Unreadable."""

from dataclasses import dataclass

from decisions.sources import limits


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one decision, exactly as received.

    `name` identifies it to the person who sent it: `a.zip/2022/21-019-030.txt`, `all.jsonl:3`
    (a line), `all.json[2]` (an entry, from 0), `crawl.warc.gz/https://…` (a page).
    `url` is the address it was fetched from and `charset` the encoding that the server stated. A
    crawler notes them; for every other file both are None.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that holds no decision, by its file name or the kind of its WARC record."""

    name: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that should have given a decision and could not be read."""

    name: str
    reason: str


Read = Source | Ignored | Unreadable


def too_large(name: str, limit: int, hint: str = "") -> Unreadable:
    """The refusal of something larger than `limit` bytes; `hint` says what to do instead."""
    return Unreadable(name, f"larger than {limit // limits.MEBIBYTE} MB, no decision is{hint}")


def describe_error(error: BaseException) -> str:
    """The message of an error without number or class: "No such file or directory"."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
