"""Tells from a file's extension what the file holds."""

from pathlib import PurePosixPath

_TEXT_OR_PAGE = (".txt", ".text", ".html", ".htm")
_JSON_LINES = (".jsonl", ".ndjson")
_JSON = (".json",)
_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz")
_WARC = (".warc", ".warc.gz")
_GZIP = (".gz",)
_WACZ = (".wacz",)
_MESSAGES = (".mhtml", ".mht", ".eml")
_WEBARCHIVE = (".webarchive",)
_DOCUMENTS = (".pdf", ".docx", ".odt")
_GZIPPED = tuple(f"{extension}.gz" for extension in (*_TEXT_OR_PAGE, *_JSON, *_JSON_LINES))
_PACKED = (*_ZIP, *_TAR, *_WARC, *_WACZ, *_GZIPPED)
_KNOWN = (*_TEXT_OR_PAGE, *_JSON, *_JSON_LINES, *_PACKED, *_MESSAGES, *_WEBARCHIVE, *_DOCUMENTS)

_ARCHIVES = ((_ZIP, "zip"), (_TAR, "tar"), (_WARC, "WARC"), (_WACZ, "WACZ"), (_GZIP, "gzip file"))


def is_known(name: str) -> bool:
    """Whether a file of this name is read when a directory, zip or tar contains it."""
    return not is_apple_metadata(name) and name.lower().endswith(_KNOWN)


def is_apple_metadata(name: str) -> bool:
    """Whether it is a metadata file that macOS adds for each file of a zip: `__MACOSX/._a.txt`."""
    path = PurePosixPath(name)
    return path.parts[:1] == ("__MACOSX",) or path.name.startswith("._")


def is_text_or_page(name: str) -> bool:
    """Whether the extension is that of a text file or a web page."""
    return name.lower().endswith(_TEXT_OR_PAGE)


def is_json_lines(name: str) -> bool:
    """Whether the extension is that of JSON Lines."""
    return name.lower().endswith(_JSON_LINES)


def is_message(name: str) -> bool:
    """Whether the extension is that of an e-mail or an MHTML file."""
    return name.lower().endswith(_MESSAGES)


def archive_kind(name: str) -> str | None:
    """The kind of archive the extension stands for: "zip", "tar", "WARC", "WACZ" or "gzip file"."""
    return next((kind for extensions, kind in _ARCHIVES if name.lower().endswith(extensions)), None)
