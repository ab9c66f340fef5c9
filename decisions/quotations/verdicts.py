"""What a check says of one quotation: plain data."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What the comparison found."""

    EXACT = "exact"
    DIFFERS = "differs"
    WORDS_NOT_FOUND = "words-not-found"
    REFERENCE_NOT_HELD = "reference-not-held"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    TOO_SHORT = "too-short"  # fewer than MIN_WORDS words: not compared
    NOT_SEARCHED = "not-searched"  # the search index was not available


class SegmentKind(StrEnum):
    """Where the words of a segment stand."""

    SAME = "same"  # in both
    QUOTATION = "quotation"  # only in the quotation
    DECISION = "decision"  # only in the decision
    BRACKET = "bracket"  # in square brackets: changed by the writer, not compared
    GAP = "gap"  # an ellipsis: left out by the writer


@dataclass(frozen=True)
class Segment:
    """Words of one kind. A blank before the first of them is part of `text`."""

    kind: SegmentKind
    text: str

    @property
    def blank(self) -> str:
        """The blank before its words, or none."""
        return self.text[: len(self.text) - len(self.words)]

    @property
    def words(self) -> str:
        """Its words without the blank before them."""
        return self.text.lstrip()


@dataclass(frozen=True)
class Difference:
    """Words of the quotation and what the decision has in their place; "" for none."""

    quotation: str
    decision: str


@dataclass(frozen=True)
class Place:
    """Where words stand: a decision, and the first paragraph, item, heading or summary.

    `address` is without scheme and host. `where` says it in words: "paragraph 5, item a".
    `paragraph` is the printed number, None for text without one.
    """

    reference: str
    council: str | None
    is_sample: bool
    address: str
    where: str
    paragraph: int | None


@dataclass(frozen=True)
class Verdict:
    """The result of checking one quotation.

    `quotation` is as written; `start` is where it begins in the `simplified_text`. `is_closed` is
    False where a closing quotation mark is missing: the quotation then ends with its paragraph.

    `reference` is the canonical reference beside the quotation, None without one; `named_paragraph`
    is the number that the text gives with it. `withdrawn_on` and `erased_on` are days
    (YYYY-MM-DD).

    `places` are where the words stand: for EXACT every place in the decision that the reference
    names, or one in each decision if there is no reference; for DIFFERS the nearest passage.
    `elsewhere` are decisions other than the one named that have exactly these words; None where
    none was looked for.
    `segments` lead from the quotation to the decision's text, for DIFFERS. `is_out_of_order` is
    True where the parts around an ellipsis stand in the decision in another order.

    Without a reference, `holding` is how many decisions may have the words: the index finds runs of
    them there in any form ("delays", "delayed"). The newest `compared` were compared. Both are None
    where a decision was named and compared alone.
    """

    quotation: str
    start: int
    status: Status
    is_closed: bool = True
    reference: str | None = None
    named_paragraph: int | None = None
    withdrawn_on: str | None = None
    erased_on: str | None = None
    places: tuple[Place, ...] = ()
    elsewhere: tuple[Place, ...] | None = None
    segments: tuple[Segment, ...] = ()
    is_out_of_order: bool = False
    has_brackets: bool = False
    has_gaps: bool = False
    compared: int | None = None
    holding: int | None = None

    @property
    def differences(self) -> list[Difference]:
        """Each run of words in which the quotation and the decision differ."""
        return list(_differences(self.segments))

    @property
    def is_in_named_paragraph(self) -> bool:
        """Whether the words stand in the paragraph that the text names; True if it names none."""
        return self.named_paragraph is None or self.named_paragraph in {
            place.paragraph for place in self.places
        }


def _differences(segments: tuple[Segment, ...]) -> Iterator[Difference]:
    quotation = decision = ""
    for segment in (*segments, Segment(SegmentKind.SAME, "")):
        if segment.kind is SegmentKind.QUOTATION:
            quotation += segment.text
        elif segment.kind is SegmentKind.DECISION:
            decision += segment.text
        else:
            if quotation or decision:
                yield Difference(quotation.strip(), decision.strip())
            quotation = decision = ""
