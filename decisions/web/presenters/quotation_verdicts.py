"""A verdict on a quotation as the page shows it: a heading, sentences, and lists of places."""

from dataclasses import dataclass

from decisions.quotations import MIN_WORDS, Place, Status, Verdict
from decisions.web.text_format import decision_count

_HEADINGS = {
    Status.EXACT: "Word for word",
    Status.WITHDRAWN: "Decision withdrawn",
    Status.ERASED: "Decision erased",
    Status.REFERENCE_NOT_HELD: "Reference not held",
    Status.TOO_SHORT: "Too short to compare",
    Status.NOT_SEARCHED: "Not searched",
}

_NOT_COMPARED = {Status.WITHDRAWN, Status.ERASED, Status.TOO_SHORT, Status.NOT_SEARCHED}


@dataclass(frozen=True)
class ShownVerdict:
    """A verdict with its number in the text, counted from 1."""

    number: int
    verdict: Verdict

    @property
    def heading(self) -> str:
        """What was found, in a few words."""
        verdict = self.verdict
        if verdict.status is Status.WORDS_NOT_FOUND:
            return "Reference held, words not found" if verdict.reference else "Words not found"
        if verdict.status is not Status.DIFFERS:
            return _HEADINGS[verdict.status]
        count = len(verdict.differences)
        if not count:
            return "Differs in the order of its parts"
        return f"Differs in {count} place{'' if count == 1 else 's'}"

    @property
    def sentence(self) -> str:
        """What stands before the list of places, or in its stead."""
        verdict = self.verdict
        match verdict.status:
            case Status.EXACT if verdict.reference:
                return "These words are in this decision:"
            case Status.EXACT:
                return f"These words are in {decision_count(len(verdict.places))}:"
            case Status.DIFFERS if verdict.reference:
                return "The nearest words of this decision are in:"
            case Status.DIFFERS:
                return "No decision was found with exactly these words. The nearest are in:"
            case Status.WORDS_NOT_FOUND if verdict.reference:
                return (
                    f"This archive has decision {verdict.reference}. Its text has neither these"
                    " words nor words that are near to them."
                )
            case Status.WORDS_NOT_FOUND:
                return "No decision was found with these words, or with words near to them."
            case Status.REFERENCE_NOT_HELD:
                return f"This archive does not have decision {verdict.reference}."
            case Status.WITHDRAWN:
                return (
                    f"Decision {verdict.reference} was withdrawn from this archive. Nothing was"
                    " compared with it."
                )
            case Status.ERASED:
                return (
                    f"Decision {verdict.reference} was erased from this archive. Nothing was"
                    " compared with it."
                )
            case Status.TOO_SHORT:
                return f"Quotations of fewer than {MIN_WORDS} words are not compared."
        return "The search is not available at the moment. Check this quotation again later."

    @property
    def notes(self) -> list[str]:
        """What else is so."""
        return [note for note in self._notes() if note]

    def _notes(self) -> list[str | None]:
        verdict = self.verdict
        was_compared = verdict.status in (Status.EXACT, Status.DIFFERS)
        named = verdict.named_paragraph
        return [
            None
            if verdict.is_closed
            else "The closing quotation mark is missing. The quotation was read to the end of its"
            " paragraph.",
            f"The text names paragraph {named}. The words are not in that paragraph."
            if verdict.status is Status.EXACT and not verdict.is_in_named_paragraph
            else None,
            "Words in square brackets were taken as changed by the writer."
            if was_compared and verdict.has_brackets
            else None,
            "The parts around an ellipsis stand in the decision in another order."
            if verdict.is_out_of_order
            else "The parts around an ellipsis stand in the decision in this order."
            if verdict.status is Status.EXACT and verdict.has_gaps
            else None,
            self._extent(),
        ]

    def _extent(self) -> str | None:
        """How much of the archive was compared, where that is less than all that may have it."""
        compared, holding = self.verdict.compared, self.verdict.holding
        if compared is None or holding is None or holding <= compared:
            return None
        return (
            f"{holding:,} decisions may have these words. {compared:,} decisions were compared word"
            " for word, the newest first."
        )

    @property
    def places(self) -> list[tuple[str, str]]:
        """The name and address of each place."""
        return [_named(place) for place in self.verdict.places]

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """The same for other decisions with exactly these words."""
        return [_named(place) for place in self.verdict.elsewhere or ()]


def shown_verdicts(verdicts: list[Verdict]) -> list[ShownVerdict]:
    """The verdicts, numbered in the order of the text."""
    return [ShownVerdict(number, verdict) for number, verdict in enumerate(verdicts, 1)]


def counts_in_words(verdicts: list[Verdict]) -> str:
    """`3 quotations: 2 word for word, 1 differs`."""
    groups = (
        ("word for word", {Status.EXACT}),
        ("different", {Status.DIFFERS}),
        ("not found", {Status.WORDS_NOT_FOUND, Status.REFERENCE_NOT_HELD}),
        ("not compared", _NOT_COMPARED),
    )
    total = len(verdicts)
    counts = [(sum(v.status in statuses for v in verdicts), label) for label, statuses in groups]
    parts = ", ".join(f"{count} {label}" for count, label in counts if count)
    return f"{total} quotation{'' if total == 1 else 's'}: {parts}"


def _named(place: Place) -> tuple[str, str]:
    name = f"{place.council} ({place.reference})" if place.council else place.reference
    sample = " (invented sample)" if place.is_sample else ""
    return f"{name}, {place.where}{sample}", place.address
