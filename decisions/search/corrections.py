"""What a reader whose words find little may have meant to type: offered, never forced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions.search import query_language
from decisions.search.execute import count_matches
from decisions.search.index.store import IndexStore
from decisions.search.search_query import SearchQuery, SearchResults
from decisions.search.spelling import near_spellings

# A search that finds more than this was hardly misspelt.
FEW = 10
MOST = 3


@dataclass(frozen=True)
class Correction:
    """The query with near spellings in it, and how many decisions it would find."""

    text: str
    total: int


def corrections(
    store: IndexStore, search_query: SearchQuery, search_results: SearchResults
) -> list[Correction]:
    """Other spellings that find more, under the same filters; none where enough was found."""
    if search_results.total >= FEW:
        return []
    searcher = store.searcher()
    parsed = query_language.parse(search_query.text)
    spellings = {
        node.span: near
        for node, fields in query_language.positive_terms(parsed.node)
        if isinstance(node, query_language.Word) and not fields
        if (near := near_spellings(searcher, node.text, MOST))
    }
    found = []
    for text in dict.fromkeys(_respelt(search_query.text, spellings)):
        total = count_matches(store, replace(search_query, text=text))
        if total > search_results.total:
            found.append(Correction(text, total))
    return found


def _respelt(text: str, spellings: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    """The text with the likeliest spelling of each word, then with the next of one and another."""
    for choice in range(max(map(len, spellings.values()), default=0)):
        parts = []
        position = 0
        for (start, end), near in sorted(spellings.items()):
            parts += [text[position:start], near[min(choice, len(near) - 1)]]
            position = end
        yield "".join([*parts, text[position:]])
