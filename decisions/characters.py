"""The simplified form of a text, in which everything is recognised and searched.

Copies from the web, from Word and from PDF hold characters that nobody sees or can tell from
others: soft hyphens, spaces without width, no-break spaces and hyphens, accents apart from their
letters. What a decision says does not depend on them. Its text is kept as it was received; fields,
headings, rules, the search index and queries read the simplified form:

    invisible characters       removed           "home·less" with U+00AD, U+200B, U+FEFF …
    blanks of any width        a space           U+00A0, U+2009, U+202F …
    hyphens                    "-"               U+2010, U+2011, U+2212 …; dashes stay as they are
    a letter and its accents   one character     "o" with U+0301 is "ó"
    ligatures                  their letters     "ﬁ" is "fi"

ASCII characters are never changed.
"""

import re
import unicodedata
from typing import NamedTuple

# The characters that Unicode calls default ignorable: they show nothing. Variation selectors and
# tags are among them.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_LINE_ENDS = "\u0085\u2028\u2029"
_ACCENTS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LIGATURES = "\ufb00-\ufb06"

_NOT_SIMPLE = re.compile(f"[{INVISIBLE}{_BLANKS}{_HYPHENS}{_LINE_ENDS}{_ACCENTS}{_LIGATURES}]")
# Characters that are simplified together.
_GROUP = re.compile(
    rf"(?P<invisible>[{INVISIBLE}]+)|(?P<letter>\w?[{_ACCENTS}]+|[{_LIGATURES}])"
    rf"|(?P<blank>[{_BLANKS}])|(?P<hyphen>[{_HYPHENS}])|(?P<line_end>[{_LINE_ENDS}])"
)
_REPLACEMENTS = {"invisible": "", "blank": " ", "hyphen": "-", "line_end": "\n"}
_INVISIBLE_START = re.compile(f"[{INVISIBLE}]+")


class Simplified(NamedTuple):
    """The simplified form of a text.

    `starts` and `ends` give, for each of its characters, the span of the text as received that it
    stands for; both are None where the two are the same.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def received_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as received that characters `start` to `end` stand for."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.ends[-1] if start else 0
            return at, at
        return self.starts[start], self.ends[end - 1]


def is_simple(text: str) -> bool:
    """Whether the text is its own simplified form."""
    return text.isascii() or _NOT_SIMPLE.search(text) is None


def simplify(text: str) -> str:
    """The simplified form of `text`.

    >>> simplify("home\\u00adless\\u200b, 21\\u2011019\\u202f030, To\\u0301ibi\\u0301n")
    'homeless, 21-019 030, Tóibín'
    """
    return text if is_simple(text) else _GROUP.sub(_simplify_group, text)


def simplify_with_positions(text: str) -> Simplified:
    """The simplified form of `text`, from which spans can be led back to `text`."""
    if is_simple(text):
        return Simplified(text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in _GROUP.finditer(text):
        first, last = match.span()
        piece = _simplify_group(match)
        pieces += (text[position:first], piece)
        starts += (*range(position, first), *[first] * len(piece))
        ends += (*range(position + 1, first + 1), *[last] * len(piece))
        position = last
    pieces.append(text[position:])
    starts += range(position, len(text))
    ends += range(position + 1, len(text) + 1)
    return Simplified("".join(pieces), tuple(starts), tuple(ends))


def received_end(received: str, simple: str) -> str:
    """The end of the text `received` that `simple`, the end of its simplified form, stands for.

    White space at its end is left out.

    >>> received_end("1. home\\u00adless ", "homeless")
    'home\\xadless'
    """
    simplified = simplify_with_positions(received)
    end = len(simplified.text.rstrip())
    start, _ = simplified.received_span(end - len(simple), end)
    return received[start:].rstrip()


def without_invisible_start(text: str) -> str:
    """The text without the invisible characters before its first visible one."""
    match = _INVISIBLE_START.match(text)
    return text[match.end() :] if match else text


def _simplify_group(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind != "letter":
        return _REPLACEMENTS[kind]
    group = match.group()
    is_ligature = len(group) == 1 and not unicodedata.combining(group)
    return unicodedata.normalize("NFKD" if is_ligature else "NFC", group)
