"""Decisions like one, each with what the two have in common, in words for a reader."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import Decision, Provision
from decisions.web.text_format import in_a_sentence

MOST = 5
# So many words and provisions are named; more would tell no reader more.
MOST_NAMED = 3


@dataclass(frozen=True)
class SimilarDecision:
    """A decision, and what it shares: `same category; also late; both say “school taxi”`."""

    decision: Decision
    shared: str


def similar_decisions(decision: Decision) -> list[SimilarDecision]:
    """The likest first; none where the search index cannot be asked."""
    found = search.find_similar(decision, MOST)
    if not found.ids:
        return []
    laws = dict(
        Provision.objects.filter(key__in=found.traits["provision"]).values_list("key", "short")
    )
    words = search.summary_words(decision.summary)
    others = Decision.objects.published().for_list().by_ids(found.ids)
    shared = (list(_shared(other, decision, found.traits, laws, words)) for other in others)
    return [
        SimilarDecision(other, "; ".join(said))
        for other, said in zip(others, shared, strict=True)
        if said
    ]


def _shared(
    other: Decision,
    decision: Decision,
    traits: Mapping[str, list[str]],
    laws: Mapping[str, str],
    words: Mapping[str, str],
) -> Iterator[str]:
    if decision.category and other.category_id == decision.category_id:
        yield "same category"
    for reason in _common(traits["reason"], other.reasons):
        yield f"also {in_a_sentence(REASONS[reason].label)}"
    remedies = _common(traits["remedy"], other.remedies)
    named = [in_a_sentence(REMEDIES[code]) for code in remedies if code != "action"]
    if named:
        yield f"also {', '.join(named[:MOST_NAMED])}"
    cited = [laws[key] for key in _common(traits["provision"], other.provisions) if key in laws]
    if cited:
        yield f"also cites {', '.join(cited[:MOST_NAMED])}"
    phrases = _common(traits["phrases"], search.phrases_of(other.summary))
    stems = _common(traits["everything"], search.summary_words(other.summary))
    if phrases:
        yield f"both say “{max(phrases, key=len)}”"
    elif len(stems) > 1:  # one word alone is chance
        yield f"both say {', '.join(f'“{words[stem]}”' for stem in stems[:MOST_NAMED])}"


def _common(mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    shared = set(theirs)
    return [value for value in mine if value in shared]
