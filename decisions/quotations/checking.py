"""Checks the quotations of a text: each with the decision beside it, or in the whole archive."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from decisions import search
from decisions.models import Decision, Erasure
from decisions.quotations.citing import Citation, cite, find_citations
from decisions.quotations.comparing import Near, find_exact, find_nearest, segments
from decisions.quotations.decision_words import DecisionWords
from decisions.quotations.reading import Quotation, find_quotations, simplified_text
from decisions.quotations.verdicts import Place, Status, Verdict
from decisions.quotations.words import pieces, readings

# Most decisions with exactly the words that are named.
MAX_DECISIONS = 10

# Most decisions of those with the words in any form that are compared, and how many at a time.
MAX_COMPARED = 20
_BATCH = 10

# Most decisions that resemble a quotation and are compared with it.
MAX_RESEMBLING = 5


def check(text: str) -> list[Verdict]:
    """A verdict on each quotation in a text, in the order of the text; none without quotations.

    Raises TextTooLongError and TooManyQuotationsError.
    """
    simple = simplified_text(text)
    quotations = find_quotations(simple)
    citations = cite(simple, quotations, find_citations(simple, quotations))
    checker = _Checker(citation.reference for citation in citations if citation)
    return [
        checker.verdict(quotation, citation)
        for quotation, citation in zip(quotations, citations, strict=True)
    ]


class _Checker:
    """Checks quotations one after another; a decision's words are read once."""

    def __init__(self, references: Iterator[str]) -> None:
        wanted = set(references)
        self._named = _decisions_by_reference(wanted)
        self._erased = Erasure.objects.of(wanted - self._named.keys())
        self._words: dict[int, DecisionWords] = {}

    def verdict(self, quotation: Quotation, citation: Citation | None) -> Verdict:
        """The verdict on one quotation, with `citation` as the reference beside it."""
        if quotation.is_too_short:
            return _verdict(quotation, citation, Status.TOO_SHORT)
        if citation is None:
            return self._in_archive(quotation)
        decision = self._named.get(citation.reference)
        if decision is None:
            if erasure := self._erased.get(citation.reference):
                day = erasure.erased_at.date().isoformat()
                return _verdict(quotation, citation, Status.ERASED, erased_on=day)
            elsewhere = self._elsewhere(quotation, None)
            return _verdict(quotation, citation, Status.REFERENCE_NOT_HELD, elsewhere=elsewhere)
        if decision.withdrawn_at:
            day = decision.withdrawn_at.date().isoformat()
            return _verdict(quotation, citation, Status.WITHDRAWN, withdrawn_on=day)
        words = self._words_of(decision)
        if places := _exact_places(quotation, words):
            return _verdict(quotation, citation, Status.EXACT, places=places)
        if near := find_nearest(quotation.text, words):
            return _differs(quotation, citation, near, words)
        elsewhere = self._elsewhere(quotation, decision.pk)
        return _verdict(quotation, citation, Status.WORDS_NOT_FOUND, elsewhere=elsewhere)

    def _in_archive(self, quotation: Quotation) -> Verdict:
        """The verdict on a quotation without a reference."""
        passages = pieces(quotation.text)
        found = search.find_quoted(passages, MAX_COMPARED)
        if found is None:
            return _verdict(quotation, None, Status.NOT_SEARCHED)
        places, compared = self._exact_in(quotation, found.ids)
        if places:
            counts = {"compared": len(compared), "holding": max(found.total, len(places))}
            return _verdict(quotation, None, Status.EXACT, places=places, **counts)
        nearest = _nearest(quotation, compared[:MAX_RESEMBLING])
        others: list[DecisionWords] = []
        if nearest is None or nearest[0].missing:
            others = self._load(search.find_resembling(passages, MAX_RESEMBLING) or [])
        # Words across the items of a list are no phrase in the index.
        places = tuple(place for words in others for place in _first_place(quotation, words))
        counts = {
            "compared": len({words.decision.pk for words in (*compared, *others)}),
            "holding": max(found.total, len(places)),
        }
        if places:
            return _verdict(quotation, None, Status.EXACT, places=places, **counts)
        nearest = _nearest(quotation, others, nearest)
        if nearest is None:
            return _verdict(quotation, None, Status.WORDS_NOT_FOUND, **counts)
        near, words = nearest
        return _differs(quotation, None, near, words, **counts)

    def _elsewhere(self, quotation: Quotation, named: int | None) -> tuple[Place, ...] | None:
        """Where other decisions than the one named have exactly these words; None if the index is
        unavailable.
        """
        found = search.find_quoted(pieces(quotation.text), MAX_COMPARED)
        if found is None:
            return None
        return self._exact_in(quotation, [pk for pk in found.ids if pk != named])[0]

    def _exact_in(
        self, quotation: Quotation, ids: Sequence[int]
    ) -> tuple[tuple[Place, ...], list[DecisionWords]]:
        """The first place of the words in each decision that has exactly them, up to MAX_DECISIONS,
        and the decisions that were compared.
        """
        places: list[Place] = []
        compared: list[DecisionWords] = []
        for start in range(0, len(ids), _BATCH):
            for words in self._load(ids[start : start + _BATCH]):
                compared.append(words)
                places += _first_place(quotation, words)
                if len(places) == MAX_DECISIONS:
                    return tuple(places), compared
        return tuple(places), compared

    def _load(self, ids: Sequence[int]) -> list[DecisionWords]:
        """The words of these decisions, in their order; without withdrawn ones."""
        missing = [pk for pk in ids if pk not in self._words]
        if missing:
            published = Decision.objects.published().for_comparing()
            for decision in published.filter(pk__in=missing):
                self._words_of(decision)
        return [self._words[pk] for pk in ids if pk in self._words]

    def _words_of(self, decision: Decision) -> DecisionWords:
        if decision.pk not in self._words:
            self._words[decision.pk] = DecisionWords(decision)
        return self._words[decision.pk]


def _decisions_by_reference(references: set[str]) -> dict[str, Decision]:
    """Each decision that is held, withdrawn ones too, by the references that were asked for.

    A decision with one as its main reference comes before one with it as another.
    """
    if not references:
        return {}
    wanted = Q(reference__in=references) | Q(other_references__overlap=list(references))
    found = list(Decision.objects.for_comparing().filter(wanted))
    by_other = {other: decision for decision in found for other in decision.other_references}
    return by_other | {decision.reference: decision for decision in found}


def _exact_places(
    quotation: Quotation, words: DecisionWords, *, repeated: bool = True
) -> tuple[Place, ...]:
    exact = find_exact(quotation.text, words, repeated=repeated)
    if exact is None:
        return ()
    return tuple(dict.fromkeys(words.place(span.start, span.end) for span in exact.spans))


def _first_place(quotation: Quotation, words: DecisionWords) -> tuple[Place, ...]:
    """The first place of the words, or of their first part; empty if they are not there."""
    return _exact_places(quotation, words, repeated=False)[:1]


def _nearest(
    quotation: Quotation,
    decisions: Sequence[DecisionWords],
    best: tuple[Near, DecisionWords] | None = None,
) -> tuple[Near, DecisionWords] | None:
    """The nearest passage of these decisions and of `best`, and whose it is; None if none is near.

    The first that lacks at most one word is taken: no other is much nearer.
    """
    for words in decisions:
        near = find_nearest(quotation.text, words)
        if near and (best is None or near.share > best[0].share):
            best = near, words
        if near and near.missing <= 1:
            break
    return best


def _differs(
    quotation: Quotation,
    citation: Citation | None,
    near: Near,
    words: DecisionWords,
    **counts: int,
) -> Verdict:
    spans = [span for span in near.spans if span]
    return _verdict(
        quotation,
        citation,
        Status.DIFFERS,
        places=tuple(dict.fromkeys(words.place(span.start, span.end) for span in spans)),
        segments=tuple(segments(quotation.text, near, words)),
        is_out_of_order=near.is_out_of_order,
        **counts,
    )


def _verdict(
    quotation: Quotation, citation: Citation | None, status: Status, **found: object
) -> Verdict:
    parts = [len(reading.parts) for reading in readings(quotation.text)]
    return Verdict(
        quotation.text,
        quotation.start,
        status,
        is_closed=quotation.is_closed,
        reference=citation.reference if citation else None,
        named_paragraph=citation.paragraph if citation else None,
        has_brackets="[" in quotation.text,
        has_gaps=max(parts, default=1) > 1,
        **found,  # type: ignore[arg-type]
    )
