"""Reads sums of money as decisions write them.

    £1,400                                        → 140000 pence
    £1.4 million                                  → 140000000 pence
    £200 a month for five months                  → 20000 a month, 5 periods, 100000 in all
    £150 a week for 12 weeks, a total of £1,800   → the second sum is the total of the first
    up to £500, £100 to £300                      → no certain amount

A sum that cannot be read for certain ("£1,4000") has no amount.
"""

import re
from dataclasses import dataclass, replace

from decisions.analysis import lazy_regex
from decisions.analysis.number_words import NUMBER, parse_number

_SUM = lazy_regex.compile(
    r"£\s?(?P<pounds>\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.(?P<fraction>\d{1,6}))?(?![\d,.]*\d)"
    r"(?:\s?(?P<scale>million|billion|bn|m|k)\b)?",
    re.IGNORECASE,
)
_SCALES = {"k": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}

# "£200 a month", "£50 per week", "£900 for each term", "£300 each month", "£300 monthly"
_RATE = lazy_regex.compile(
    r"(?:,? (?:to be paid )?(?:an?|per|each|every|for (?:each|every|a)|a)"
    r"(?: (?:full|missed|school|calendar|academic|lost))?"
    r" (?P<unit>day|week|fortnight|month|term|quarter|year|annum)\b"
    r"|(?:/| p)(?P<short>w|m)\b| (?P<adverb>week|month|year)ly\b"
    rf"| for each of the (?P<of>{NUMBER}) (?:\w+ ){{0,2}}?"
    r"(?P<units>days|weeks|months|terms|years)\b)",
    re.IGNORECASE,
)
_ABBREVIATIONS = {"w": "week", "m": "month"}

# "for five months", "for the three months of lost provision", "for two and a half terms"
_PERIODS = lazy_regex.compile(
    rf"[^.;£]{{0,60}}?\b(?:for|over|×|x) (?:the |an? (?:total |period )+of |all |each of the )*"
    rf"(?P<count>{NUMBER}|an?)(?P<half> and a half)?[ -](?:(?:full|missed|school|calendar) )?"
    r"(?P<unit>day|week|fortnight|month|term|quarter|year)s?\b(?P<rest> and (?:an? |\w+ )"
    r"(?:half|days?|weeks?|months?|terms?)\b)?",
    re.IGNORECASE,
)
_PER_YEAR = {"month": 12, "quarter": 4, "year": 1}

# "up to £500", "between £100 and £300", "at least £200", "half of the £900"
_UNCERTAIN = lazy_regex.compile(
    r"\b(?:up to|between|at least|at most|no (?:more|less) than|more than|less than|not exceeding"
    r"|(?:minimum|maximum|limit) of|in the (?:region|range) of|in excess of"
    r"|(?:half|third|quarter|part|share|proportion|percentage|per cent|%) of (?:the|his|her|their))"
    r"\s*$",
    re.IGNORECASE,
)
_RANGE = lazy_regex.compile(r"(?: (?:to|and|or)|\s?[-–—])\s?(?=£)", re.IGNORECASE)

# "a total of £500", "£500 in total", "totalling £500", "(£600)", "= £600", "£600 in all"
_TOTAL_BEFORE = lazy_regex.compile(
    r"(?:\btotal(?:s|ling|ing)?(?: (?:of|is|comes? to|payment of|payments? of|sum of))*"
    r"|\b(?:amount(?:s|ing)|com(?:es|ing)|add(?:s|ing) up) to(?: a total of)?|\bmak(?:es|ing)"
    r"|\bwhich is|=)\s*$",
    re.IGNORECASE,
)
_TOTAL_AFTER = lazy_regex.compile(r" (?:in (?:total|all)|altogether|overall)\b", re.IGNORECASE)
# Length of the text before a sum that can make it uncertain or a total, in characters.
_MAX_LOOK_BACK = 30


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum at `start` to `end` of a text. `pence` is None for a range or an upper bound.

    `per` is "month", "week", "term" … for a rate; `periods` is how many of them, if stated.
    `is_total`: the words call it the total of others.
    """

    start: int
    end: int
    pence: int | None
    per: str | None = None
    periods: int | float | None = None
    is_total: bool = False

    @property
    def product(self) -> int | None:
        """Pence in all: the sum, or the rate times its periods; None if uncertain."""
        if self.pence is None or self.per is None:
            return self.pence
        if self.periods is None:
            return None
        return round(self.pence * self.periods)


def find_sums(text: str, start: int = 0, end: int | None = None) -> list[Sum]:
    """Every sum between `start` and `end`, in order; a range is one sum without an amount."""
    end = len(text) if end is None else end
    sums: list[Sum] = []
    position = text.find("£", start, end)
    while position >= 0:
        match = _SUM.match(text, position, end)
        if match:
            amount = _read_sum(text, match, start, end)
            sums.append(amount)
            position = text.find("£", amount.end, end)
        else:
            sums.append(Sum(position, position + 1, None))
            position = text.find("£", position + 1, end)
    return sums


def _read_sum(text: str, match: re.Match[str], start: int, end: int) -> Sum:
    before = text[max(start, match.start() - _MAX_LOOK_BACK) : match.start()]
    upper = _RANGE.match(text, match.end(), end)
    upper_sum = _SUM.match(text, upper.end(), end) if upper else None
    if upper_sum and (
        text[match.end() : upper_sum.start()].strip().lower() != "and"
        or before.rstrip().lower().endswith("between")
    ):
        return _with_rate(text, Sum(match.start(), upper_sum.end(), None), end)
    pence = None if _UNCERTAIN.search(before) else _pence(match)
    is_total = bool(_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(text, match.end(), end))
    return _with_rate(text, Sum(match.start(), match.end(), pence, is_total=is_total), end)


def _pence(match: re.Match[str]) -> int | None:
    pounds, fraction = int(match["pounds"].replace(",", "")), match["fraction"] or ""
    if match["scale"]:
        scale = _SCALES[match["scale"].lower()]
    elif len(fraction) > 2:
        return None
    else:
        scale = 1
    hundredths: int = 100 * scale * int(fraction or 0) // 10 ** len(fraction)
    return 100 * scale * pounds + hundredths


def _with_rate(text: str, amount: Sum, end: int) -> Sum:
    rate = _RATE.match(text, amount.end, end)
    if not rate:
        return amount
    if rate["of"]:
        return replace(
            amount,
            end=rate.end(),
            per=rate["units"].lower().removesuffix("s"),
            periods=parse_number(rate["of"]),
        )
    unit = (
        rate["unit"] or rate["adverb"] or _ABBREVIATIONS[(rate["short"] or "m").lower()]
    ).lower()
    unit = "year" if unit == "annum" else unit
    periods = _PERIODS.match(text, rate.end(), end)
    count = _period_count(periods, unit) if periods else None
    stop = periods.end() if periods and count is not None else rate.end()
    return replace(amount, end=stop, per=unit, periods=count)


def _period_count(periods: re.Match[str], per: str) -> int | float | None:
    """The length of a period in `per`: a year is 12 months; six months are no exact weeks."""
    if periods["rest"]:
        return None
    count: int | float = parse_number(periods["count"])
    if periods["half"]:
        count += 0.5
    unit = periods["unit"].lower()
    if unit == per:
        return count
    return count * _PER_YEAR[per] if unit == "year" and per in _PER_YEAR else None
