"""Finds which reference each quotation of a text is given with.

The reference nearest to a quotation is meant: one in brackets or after a dash directly behind it,
else one before it in the same sentence, else one in the same paragraph, else one in the paragraph
before or after. A text with only one reference means it for all its quotations. Addresses of this
site and of lgo.org.uk are references too.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from decisions.quotations.reading import Quotation
from decisions.references import REFERENCE, canonical

# Most characters between a quotation and the reference in brackets behind it: a council's name.
MAX_BEFORE_REFERENCE = 200

_BREAK = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[^\Wa-z\d_]|[“\"‘'(])|\n[ \t]*\n")
_BEHIND = re.compile(r"[\s.,;:]*(?:[(\[<–—-]|\Z)")
# "#para-5" in an address; ", paragraph 5", " at [5]", "¶ 5" behind a reference.
_PARAGRAPH = re.compile(
    r"[^\s#]{0,20}\#para-(?P<anchor>\d{1,4})"
    r"|[\s,;:)]{0,4}(?:at\s+)?(?:paragraphs?|paras?\.?|¶+)\s*(?P<number>\d{1,4})\b"
    r"|[\s,)]{0,3}(?:at\s+)?\[(?P<bracket>\d{1,4})\]"
)


class Citation(NamedTuple):
    """A reference in a text and the paragraph given with it, None for none."""

    reference: str
    paragraph: int | None
    start: int
    end: int


def find_citations(text: str, quotations: Sequence[Quotation]) -> list[Citation]:
    """The references in a simplified text, without those within quotations."""
    found = []
    for match in REFERENCE.finditer(text):
        start, end = match.span()
        if not any(q.start <= start < q.end for q in quotations):
            named = _PARAGRAPH.match(text, end)
            number = named and (named["anchor"] or named["number"] or named["bracket"])
            found.append(Citation(canonical(match), int(number) if number else None, start, end))
    return found


def cite(
    text: str, quotations: Sequence[Quotation], citations: Sequence[Citation]
) -> list[Citation | None]:
    """For each quotation the reference that it is given with; None without one."""
    if len({citation.reference for citation in citations}) == 1:
        default: Citation | None = citations[0]._replace(paragraph=None)
    else:
        default = None
    nearest = [
        _nearest(text, index, quotations, citations) or default for index in range(len(quotations))
    ]
    return [
        citation and _completed(text, quotation, citation, citations)
        for quotation, citation in zip(quotations, nearest, strict=True)
    ]


def _nearest(
    text: str, index: int, quotations: Sequence[Quotation], citations: Sequence[Citation]
) -> Citation | None:
    quotation = quotations[index]
    before = next((c for c in reversed(citations) if c.end <= quotation.start), None)
    after = next((c for c in citations if c.start >= quotation.end), None)
    ranked = []
    if before:
        between = text[before.end : quotation.start]
        ranked.append((_rank_before(between), len(between), before))
    if after:
        between = text[quotation.end : after.start]
        following = quotations[index + 1] if index + 1 < len(quotations) else None
        is_next = following is None or following.start >= after.end
        ranked.append((_rank_after(between, is_next), len(between), after))
    ranked = [entry for entry in ranked if entry[0] is not None]
    return min(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _rank_before(between: str) -> int | None:
    breaks = len(_BREAK.findall(between))
    if breaks > 1:
        return None
    if breaks:
        return 4 if between.rstrip().endswith(":") else 6
    return 3 if _SENTENCE_END.search(between) else 1


def _rank_after(between: str, is_next: bool) -> int | None:
    """`is_next` says that no other quotation stands between."""
    breaks = len(_BREAK.findall(between))
    if breaks > 1:
        return None
    if breaks:
        return 5 if is_next else None
    ends_sentence = _SENTENCE_END.search(between)
    is_short = len(between) <= MAX_BEFORE_REFERENCE
    if is_next and is_short and not ends_sentence and _BEHIND.match(between):
        return 0
    return 3 if ends_sentence else 2


def _completed(
    text: str, quotation: Quotation, citation: Citation, citations: Sequence[Citation]
) -> Citation:
    """The citation with the paragraph that the same reference has further on in its paragraph.

    "(21 019 030), 5 March 2024, paragraph 9, https://…/21-019-030/#para-9"
    """
    if citation.paragraph is not None or citation.start < quotation.end:
        return citation
    for other in citations:
        if other.reference == citation.reference and other.start > citation.start:
            return citation if _BREAK.search(text, citation.end, other.start) else other
    return citation
