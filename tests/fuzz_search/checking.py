"""Whether a question is answered as it must be."""

import time
from dataclasses import replace

from decisions import search
from decisions.models import Decision, Wording
from decisions.search import asking, generation
from tests.fuzz_search.questions import Questions

# A filter's values beyond the archive's own.
_STRANGE_VALUES = ("not-stated", "nowhere", "")


def questions(seed: int) -> Questions:
    """In the words and values of the archive that is open."""
    searcher = generation.current().searcher()
    words = [word for word, _ in searcher.terms_with_prefix("words", "", limit=20_000)]
    facets = search.search(search.Question()).facets
    values = {name: [*facets[name], *_STRANGE_VALUES] for name in search.FACETS}
    return Questions(words, values, seed)


def check(question: search.Question) -> float:
    """Seconds for the answer, its excerpts and other spellings.

    Raises whatever goes wrong, or AssertionError.
    """
    started = time.perf_counter()
    answer = search.search(question)
    decisions = Decision.objects.published().by_ids(answer.ids)
    standard = Wording.among(decisions) if question.text else {}
    excerpts = search.excerpts(question.text, decisions, standard.keys())
    spellings = search.suggest_spellings(question, answer)
    seconds = time.perf_counter() - started

    assert answer.from_index
    assert len(decisions) == len(answer.ids) == len(excerpts) <= search.PAGE_SIZE
    assert len(set(answer.ids)) == len(answer.ids)
    before = (question.page - 1) * search.PAGE_SIZE
    assert len(answer.ids) <= max(0, answer.total - before)
    if question.page <= answer.last_page:
        assert len(answer.ids) == min(search.PAGE_SIZE, answer.total - before)
    outcomes = answer.facets["outcome"]
    if not question.terms.get("outcome"):  # each decision has one, or "not stated"
        assert sum(outcomes.values()) == answer.total
    else:
        chosen = {outcomes.get(value, 0) for value in question.terms["outcome"]}
        assert max(chosen) <= answer.total
    reading = search.read(question.text)
    assert reading.node is None or search.describe(reading.node)
    assert all(spelling.total > answer.total for spelling in spellings)
    assert not set(answer.nearly) & set(answer.ids)
    if question.terms:
        anywhere = asking.count_matches(generation.current(), replace(question, terms={}))
        assert answer.total <= anywhere
    return seconds
