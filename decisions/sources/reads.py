"""What reading gives: a source, a file passed over, or a reason why there is nothing."""

from dataclasses import dataclass

from decisions.sources import limits


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one decision, exactly as received.

    `name` tells the person who sent it which it was: `a.zip/2022/21-019-030.txt`, `all.jsonl:3`
    (a line), `all.json[2]` (an entry, from 0), `crawl.warc.gz/https://…` (a page).
    `url` is where it was fetched and `charset` what the server said of it, where a crawler noted
    them; both are None of any other file.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something passed over for what it is: by its ending, or its kind in a WARC."""

    name: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that should have given a decision and could not be read."""

    name: str
    reason: str


Read = Source | Ignored | Unreadable


def too_large(name: str, limit: int, hint: str = "") -> Unreadable:
    return Unreadable(name, f"larger than {limit // limits.MEBIBYTE} MB, no decision is{hint}")


def say(error: BaseException) -> str:
    """The reason without Python's own dressing: "No such file or directory"."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
