"""What the ending of a file's name says about its contents."""

from pathlib import PurePosixPath

_SINGLE = (".txt", ".text", ".html", ".htm")
_LINES = (".jsonl", ".ndjson")
_JSON = (".json",)
_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz")
_WARC = (".warc", ".warc.gz")
_WACZ = (".wacz",)
_GZIP = (".gz",)
_MESSAGES = (".mhtml", ".mht", ".eml")
_WEBARCHIVE = (".webarchive",)
_GZIPPED = tuple(f"{ending}.gz" for ending in (*_SINGLE, *_JSON, *_LINES))
_KNOWN = (
    *_SINGLE,
    *_JSON,
    *_LINES,
    *_ZIP,
    *_TAR,
    *_WARC,
    *_WACZ,
    *_GZIPPED,
    *_MESSAGES,
    *_WEBARCHIVE,
)

_ARCHIVES = ((_ZIP, "zip"), (_TAR, "tar"), (_WARC, "WARC"), (_WACZ, "WACZ"), (_GZIP, "gzip file"))


def is_known(name: str) -> bool:
    """Is a file of this name read when it is met in a directory, zip or tar?"""
    return not is_of_apple(name) and name.lower().endswith(_KNOWN)


def is_of_apple(name: str) -> bool:
    """Is it a file that macOS adds for each: `__MACOSX/._a.txt`?"""
    path = PurePosixPath(name)
    return path.parts[:1] == ("__MACOSX",) or path.name.startswith("._")


def is_single(name: str) -> bool:
    """Does the name promise a text or a web page?"""
    return name.lower().endswith(_SINGLE)


def is_lines(name: str) -> bool:
    """Does the name promise JSON Lines?"""
    return name.lower().endswith(_LINES)


def is_message(name: str) -> bool:
    """Does the name promise an e-mail or an MHTML file?"""
    return name.lower().endswith(_MESSAGES)


def archive_kind(name: str) -> str | None:
    """The kind of archive a name promises: "zip", "tar", "WARC", "WACZ" or "gzip file"."""
    return next((kind for endings, kind in _ARCHIVES if name.lower().endswith(endings)), None)
