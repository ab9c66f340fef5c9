"""Tells from a file's extension what the file holds."""

from pathlib import PurePosixPath

_TEXT_OR_PAGE = (".txt", ".text", ".html", ".htm")
_JSON_LINES = (".jsonl", ".ndjson")
_JSON = (".json",)
_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz")
_WARC = (".warc", ".warc.gz")
_GZIP = (".gz",)
_GZIPPED = tuple(f"{extension}.gz" for extension in (*_TEXT_OR_PAGE, *_JSON, *_JSON_LINES))
_KNOWN = (*_TEXT_OR_PAGE, *_JSON, *_JSON_LINES, *_ZIP, *_TAR, *_WARC, *_GZIPPED)

_ARCHIVES = ((_ZIP, "zip"), (_TAR, "tar"), (_WARC, "WARC"), (_GZIP, "gzip file"))


def is_known(name: str) -> bool:
    """Whether a file of this name is read when a directory, zip or tar contains it."""
    path = PurePosixPath(name)
    # macOS adds a metadata file for each file of a zip: __MACOSX/._a.txt
    is_apple = path.parts[:1] == ("__MACOSX",) or path.name.startswith("._")
    return not is_apple and name.lower().endswith(_KNOWN)


def is_text_or_page(name: str) -> bool:
    """Whether the extension is that of a text file or a web page."""
    return name.lower().endswith(_TEXT_OR_PAGE)


def is_json_lines(name: str) -> bool:
    """Whether the extension is that of JSON Lines."""
    return name.lower().endswith(_JSON_LINES)


def archive_kind(name: str) -> str | None:
    """The kind of archive the extension stands for: "zip", "tar", "WARC" or "gzip file"."""
    return next((kind for extensions, kind in _ARCHIVES if name.lower().endswith(extensions)), None)
