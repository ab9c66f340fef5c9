"""What compiling a query needs to know about the words of an index."""

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from cachetools import LRUCache
from tantivy import Query, Searcher

from decisions.models import slug_of
from decisions.search.analyzers import STEMS

# Most words that a prefix (`transp*`) is expanded to in a stemmed field; the most frequent count.
MAX_PREFIX_EXPANSIONS = 500
# Most categories whose decisions are counted, far above the number of the Ombudsman's.
MAX_CATEGORIES = 1_000


# Most states of an index whose categories are cached; a process serves one at a time.
MAX_CACHED = 2

_totals_cache: LRUCache[Hashable, Mapping[str, int]] = LRUCache(MAX_CACHED)
_totals_lock = threading.Lock()


def _unknown(query: Query | None) -> Mapping[str, int]:
    return {}


@dataclass(frozen=True)
class Vocabulary:
    """The words of an index, asked for by functions so that nothing is read in vain."""

    frequency: Callable[[str], int]  # a stem → how many decisions contain it
    expand: Callable[[str], Sequence[str]]  # a prefix → stems of the words that start with it
    size: int = 0  # how many decisions there are
    # a query, None for all decisions → how many of them each category has, by its path
    categories: Callable[[Query | None], Mapping[str, int]] = _unknown

    def rarity(self, stems: Iterable[str]) -> float:
        """The sum of the stems' inverse document frequencies, as BM25 defines them."""
        counts = [self.frequency(stem) for stem in stems]
        return sum(log(1 + (max(self.size, n) - n + 0.5) / (n + 0.5)) for n in counts)

    def paths_of(self, category: str) -> list[str]:
        """The paths of the categories with this name, as the thesaurus has it: "Noise", "Housing ›
        Other". "Council tax" is not "Council tax support".
        """
        end = "/" + "/".join(map(slug_of, category.split(" › ")))
        return [path for path in self.categories(None) if f"/{path}".endswith(end)]


def vocabulary_of(searcher: Searcher, commit: Hashable) -> Vocabulary:
    """The vocabulary of the index that `searcher` reads, at this commit."""

    def frequency(stem: str) -> int:
        return searcher.doc_freq("everything", stem)

    def expand(prefix: str) -> list[str]:
        words = searcher.terms_with_prefix("words", prefix, limit=MAX_PREFIX_EXPANSIONS)
        return sorted({stem for word, _ in words for stem in STEMS.analyze(word)})

    def count(query: Query) -> dict[str, int]:
        terms = {"field": "category", "size": MAX_CATEGORIES}
        counted = searcher.aggregate(query, {"category": {"terms": terms}})
        return {bucket["key"]: bucket["doc_count"] for bucket in counted["category"]["buckets"]}

    def categories(query: Query | None) -> Mapping[str, int]:
        if query is not None:
            return count(query)
        with _totals_lock:
            totals = _totals_cache.get(commit)
        if totals is None:
            totals = count(Query.all_query())
            with _totals_lock:
                _totals_cache[commit] = totals
        return totals

    return Vocabulary(frequency, expand, searcher.num_docs, categories)
