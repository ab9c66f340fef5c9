"""When a source was read, as the file or its container states it.

| basis       | stated by                                                                       |
|-------------|---------------------------------------------------------------------------------|
| web-archive | the address of a web archive's copy, or the note that it writes into the page   |
| warc        | the WARC-Date of the record                                                     |
| mhtml       | the Date of a page saved as MHTML                                               |
| singlefile  | the comment that SingleFile writes into the page                                |
| file        | the file's modification time, also of a member of a zip or tar                  |

The first four are statements about the source, and the last is none: a file may have been copied.
"""

import datetime
import re
from email.utils import parsedate_to_datetime

from decisions.documents import CaptureBasis, CaptureTime

# The first year in which a page of the Ombudsman's can have been read. An earlier time says that
# nobody set one: zips then say 1980, tars 1970.
_FIRST_YEAR = 1996

# https://web.archive.org/web/20210601000000/https://www.lgo.org.uk/…, also with `if_` after the
# time, as in addresses of frames; webarchive.nationalarchives.gov.uk/ukgwa/20210601000000/https://…
_ARCHIVED = re.compile(
    r"https?://[^/\s]+/(?:[\w.-]+/){0,4}?(?P<time>\d{4,14})(?:[a-z]{2}_)?/"
    r"(?P<scheme>https?):/{1,2}(?P<rest>[^/\s]\S*)",
    re.IGNORECASE,
)
# Digits of a time that fix the day: 20210601.
_DAY_DIGITS = 8
# The times of addresses of an archived copy of an archived copy that are looked at.
_MAX_NESTED = 5

# FILE ARCHIVED ON 10:11:12 Jun 02, 2021 AND RETRIEVED FROM THE INTERNET ARCHIVE ON …
_ARCHIVE_NOTE = re.compile(
    r"FILE ARCHIVED ON (?P<time>\d\d:\d\d:\d\d [A-Z][a-z]{2} \d\d, \d{4}) AND RETRIEVED"
)
# Page saved with SingleFile / url: https://… / saved date: Fri Jun 02 2023 10:11:12 GMT+0100 (…)
_SINGLE_FILE = re.compile(
    r"Page saved with SingleFile\b.*?saved date: (?P<time>[^\n(]+)", re.DOTALL
)


def original_address(url: str) -> tuple[str, CaptureTime | None]:
    """The address that a web archive's copy is of, with the time at which it was copied.

    Any other address is returned as it is.

    >>> original_address("https://web.archive.org/web/2021/https://www.lgo.org.uk/decisions")
    ('https://www.lgo.org.uk/decisions', None)
    """
    time = None
    for _ in range(_MAX_NESTED):
        match = _ARCHIVED.fullmatch(url)
        if match is None:
            break
        url = f"{match['scheme'].lower()}://{match['rest']}"
        time = _time_in_address(match["time"])
    return url, time


def read_warc_date(stated: str | None) -> CaptureTime | None:
    """The time in a WARC-Date: `2023-06-01T00:00:00Z`."""
    return _capture_time(_parse_iso(stated or ""), CaptureBasis.WARC)


def read_mail_date(stated: str) -> CaptureTime | None:
    """The time in the Date header of a page saved as MHTML: `Fri, 2 Jun 2023 10:11:12 +0100`."""
    try:
        at = parsedate_to_datetime(stated)
    except (ValueError, TypeError, OverflowError):
        return None
    return _capture_time(at, CaptureBasis.MHTML)


def read_page_comment(comment: str) -> CaptureTime | None:
    """The time in a comment of SingleFile or of the Internet Archive in a page."""
    if match := _SINGLE_FILE.search(comment):
        return _capture_time(_parse_javascript(match["time"].strip()), CaptureBasis.SINGLE_FILE)
    if match := _ARCHIVE_NOTE.search(comment):
        at = _parse(match["time"], "%H:%M:%S %b %d, %Y")
        return _capture_time(at, CaptureBasis.WEB_ARCHIVE)
    return None


def file_time(seconds: float) -> CaptureTime | None:
    """A modification time in seconds since 1970."""
    try:
        at = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return _capture_time(at, CaptureBasis.FILE)


def zip_time(parts: tuple[int, int, int, int, int, int]) -> CaptureTime | None:
    """The modification time of a zip's member. It has no time zone, and is read as UTC."""
    try:
        at = datetime.datetime(*parts, tzinfo=datetime.UTC)
    except ValueError:
        return None
    return _capture_time(at, CaptureBasis.FILE)


def _capture_time(at: datetime.datetime | None, basis: CaptureBasis) -> CaptureTime | None:
    """None for a time that cannot be true."""
    if at is None or at.year < _FIRST_YEAR or at.year > datetime.MAXYEAR - 1:
        return None
    at = at.replace(tzinfo=datetime.UTC) if at.tzinfo is None else at.astimezone(datetime.UTC)
    return CaptureTime(at, basis)


def _time_in_address(digits: str) -> CaptureTime | None:
    """20210601101112, or its beginning that fixes the day."""
    if len(digits) < _DAY_DIGITS:
        return None
    at = _parse(digits[:14].ljust(14, "0"), "%Y%m%d%H%M%S")
    return _capture_time(at, CaptureBasis.WEB_ARCHIVE)


def _parse_javascript(text: str) -> datetime.datetime | None:
    """`Fri Jun 02 2023 10:11:12 GMT+0100`, or ISO 8601."""
    return _parse(text, "%a %b %d %Y %H:%M:%S GMT%z") or _parse_iso(text)


def _parse_iso(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _parse(text: str, form: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.strptime(text, form)
    except ValueError:
        return None
