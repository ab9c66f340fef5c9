"""Reads single facts of a decision's header: title line, labels, category, date, reference."""

import datetime
import re
from dataclasses import dataclass

from decisions.characters import simplify
from decisions.parsing.blocks import normalise_label
from decisions.references import REFERENCE, find_references, read_reference

# Years in which a decision may be dated. The Act under which decisions are made is of 1974.
_YEARS = range(1974, 2100)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# "20 Apr 2022", in listings "19-Oct-2021"; also "7 September 2016", "Friday, 14th of May, 2021"
_DAY_MONTH_YEAR = re.compile(
    r"(?:(?!the )(?P<weekday>[a-z]{3,9})\.?(?:, ?| ))?"
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of|,)?[ -]"
    r"(?P<month>[a-z]{3,9})[.,]?[ -](?P<year>\d{4})"
)
_DASHES = str.maketrans("\u2012\u2013\u2014\u2015", "----")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# "2017-02-22", as in JSON records; a time of day may follow
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:t.*)?")

# "Category : Education > Other", "Decision : Upheld", "Decision date : 20 Apr 2022"
_LABEL = re.compile(
    r"(?P<label>category|decision date|decision|sample)\s*:\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
LABELS = frozenset({"category", "decision date", "decision", "sample"})

# Length of a title line, in characters.
_MAX_TITLE_LENGTH = 300
_BETWEEN_REFERENCES = re.compile(r"(?:[\s,;&/+]|and)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    council: str | None
    references: tuple[str, ...]


def read_title(text: str) -> Title | None:
    """The title line `Kent County Council (21 019 030)`, or None when `text` is no title line.

    The body's name may contain brackets: `… Commissioning Group (Enfield) (21 010 067a)`. Several
    references share one pair of brackets, `(21 019 030 & 21 019 031)`, or have one pair each.
    """
    if len(text) > _MAX_TITLE_LENGTH:
        return None
    rest = text.strip()
    references: list[str] = []
    while rest.endswith(")") and (opening := rest.rfind("(")) >= 0:
        inner = rest[opening + 1 : -1]
        in_brackets = find_references(inner)
        if not in_brackets or not _BETWEEN_REFERENCES.fullmatch(REFERENCE.sub("", inner)):
            break
        references = in_brackets + references
        rest = rest[:opening].rstrip(" ,&")
    if not references:
        return None
    return Title(" ".join(rest.split()) or None, tuple(dict.fromkeys(references)))


def read_label(text: str) -> tuple[str, str] | None:
    """Label and value of a header line: `("decision", "Upheld")`; the value may be empty.

    None for a line that is no header line.
    """
    match = _LABEL.match(text) if text[:1] in "CcDdSs" else None
    return (normalise_label(match["label"]), match["value"].strip()) if match else None


def read_category(text: str) -> tuple[str | None, str | None]:
    """Category and subcategory: `Children's care services > Child protection`.

    Curly apostrophes become straight, because the same name is written both ways.
    """
    names = " ".join(text.replace("’", "'").split()).split(">", 1)
    category, subcategory = names[0].strip(), names[1].strip() if len(names) > 1 else ""
    return category or None, subcategory or None


def read_date(text: str) -> datetime.date | None:
    """Parse a date; None when there is no such day or the year does not have four digits."""
    line = " ".join(simplify(text).translate(_DASHES).casefold().split())
    if match := _ISO_DATE.fullmatch(line):
        month = int(match["month"])
    elif (match := _DAY_MONTH_YEAR.fullmatch(line)) and _may_be_weekday(match["weekday"]):
        month = _parse_month(match["month"])
    else:
        return None
    year = int(match["year"])
    if year not in _YEARS:
        return None
    try:
        return datetime.date(year, month, int(match["day"]))
    except ValueError:  # "31 Feb 2022"
        return None


def _may_be_weekday(word: str | None) -> bool:
    """Whether this is a weekday, in full or shortened ("Fri", "Thurs"), or None."""
    return word is None or any(name.startswith(word) for name in _WEEKDAYS)


def _parse_month(word: str) -> int:
    """1 to 12 for "Apr", "April", "Sept"; 0 for a word that is no month."""
    month = _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0
    return month if month and (_MONTH_NAMES[month - 1].startswith(word)) else 0


def reference_in_name(name: str) -> str | None:
    """`captures.zip/2022/21-019-030.txt` → `21 019 030`; `notes.txt` → None."""
    return read_reference(re.split(r"[\\/]", name)[-1].split(".", 1)[0].split("?", 1)[0])
