"""Whether a question is answered as it must be."""

import time
from dataclasses import replace

from decisions import search
from decisions.models import Decision, StandardWording
from decisions.search import execution
from decisions.search.index import store
from tests.tools.fuzz_search.questions import Questions

# A filter's values beyond the archive's own.
_STRANGE_VALUES = ("not-stated", "nowhere", "")


def questions(seed: int) -> Questions:
    """In the words and values of the archive that is open."""
    searcher = store.current().searcher()
    words = [word for word, _ in searcher.terms_with_prefix("words", "", limit=20_000)]
    facets = search.search(search.SearchQuery()).facets
    values = {name: [*facets[name], *_STRANGE_VALUES] for name in search.FACETS}
    return Questions(words, values, seed)


def check(question: search.SearchQuery) -> float:
    """Seconds for the answer, its excerpts and other spellings.

    Raises whatever goes wrong, or AssertionError.
    """
    started = time.perf_counter()
    search_results = search.search(question)
    decisions = Decision.objects.published().by_ids(search_results.ids)
    standard = StandardWording.among(decisions) if question.text else {}
    snippets = search.snippets(question.text, decisions, standard.keys())
    spellings = search.suggest_spellings(question, search_results)
    seconds = time.perf_counter() - started

    assert search_results is not None
    listed = [*search_results.ids, *search_results.near_matches]
    assert len(decisions) == len(search_results.ids) == len(snippets)
    assert len(set(listed)) == len(listed) <= search.PAGE_SIZE
    before = (question.page - 1) * search.PAGE_SIZE
    assert len(listed) <= max(0, search_results.listed - before)
    if question.page <= search_results.last_page:
        assert len(listed) == min(search.PAGE_SIZE, search_results.listed - before)
    outcomes = search_results.facets["outcome"]
    if not question.terms.get("outcome"):  # each decision has one, or "not stated"
        assert sum(outcomes.values()) == search_results.listed
    else:
        chosen = {outcomes.get(value, 0) for value in question.terms["outcome"]}
        assert max(chosen) <= search_results.listed
    parsed = search.parse(question.text)
    assert parsed.node is None or search.describe(parsed.node)
    assert all(spelling.total > search_results.total for spelling in spellings)
    if question.terms:
        anywhere = execution.count_matches(store.current(), replace(question, terms={}))
        assert search_results.total <= anywhere
    return seconds
