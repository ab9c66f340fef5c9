"""Decisions similar to another one, each with a description of what the two have in common."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.web.presenters.related_rows import OtherDecision, RelatedRows
from decisions.web.text_format import lowercase_first, month, uppercase_first

MAX_NAMED = 3  # most remedies, provisions or words named for each decision


@dataclass(frozen=True)
class SimilarDecision:
    """A decision, and what it shares: `same category; same reason: late; both say “taxi”`.

    `is_tagged` says whether it is marked as invented, which it is beside a real decision.
    """

    decision: OtherDecision
    shared: str
    is_tagged: bool

    @property
    def markup(self) -> SafeString:
        """The decision as an item of a list. As templates, five took a tenth of a page."""
        decision = self.decision
        council = escape(decision.council or "Council not stated")
        outcome = escape(decision.outcome or "Outcome not stated")
        decided = f", {month(decision.decided_on)}" if decision.decided_on else ""
        tag = '<span class="sample-tag">Invented sample</span> ' if self.is_tagged else ""
        return mark_safe(  # noqa: S308
            f'<li><a href="{decision.address}">{council}'
            f' <span class="reference">{decision.reference}</span></a>\n<p>{outcome}{decided}.'
            f' {tag}<span class="shared">{escape(uppercase_first(self.shared))}.</span></p></li>'
        )


def similar_decisions(related: RelatedRows) -> list[SimilarDecision]:
    """The most similar decisions, the best first; none while the index is unavailable."""
    decision = related.decision
    similar = []
    for other in related.similar:
        shared = "; ".join(_shared(other, related))
        if shared:
            is_tagged = other.is_sample and not decision.is_sample
            similar.append(SimilarDecision(other, shared, is_tagged))
    return similar


def _shared(other: OtherDecision, related: RelatedRows) -> Iterator[str]:
    """What both decisions have: category, reasons, remedies, law, and words of the summary."""
    decision, laws, matches = related.decision, related.laws, related.matches
    traits = matches.traits
    if decision.category and other.category_id == decision.category_id:
        yield "same category"
    reasons = [
        lowercase_first(REASONS[code].label) for code in _common(traits["reason"], other.reasons)
    ]
    if reasons:
        yield f"same reason{'s' if len(reasons) > 1 else ''}: {', '.join(reasons)}"
    remedies = _common(traits["remedy"], other.remedies)
    named = [lowercase_first(REMEDIES[code]) for code in remedies if code != "action"]
    if named:
        named = named[:MAX_NAMED]
        yield f"same {'remedies' if len(named) > 1 else 'remedy'}: {', '.join(named)}"
    cited = [
        laws[key].short for key in _common(traits["provision"], other.provisions) if key in laws
    ]
    if cited:
        yield f"both cite {', '.join(cited[:MAX_NAMED])}"
    if phrases := _common(traits["phrases"], search.phrases_of(other.summary)):
        yield f"both say “{max(phrases, key=len)}”"
        return
    stems = _common(traits["everything"], search.stems_of(other.summary or ""))
    if len(stems) > 1:  # a single word may be in both by chance
        yield f"both say {', '.join(f'“{matches.words[stem]}”' for stem in stems[:MAX_NAMED])}"


def _common(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """The values of `first`, in its order, that `second` also contains."""
    others = set(second)
    return [value for value in first if value in others]
