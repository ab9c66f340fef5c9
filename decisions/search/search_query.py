"""A search query and its results: plain data without the engine."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

# The filters whose options are counted: names of query parameters and of fields of the index.
FACETS = ("council", "category", "outcome", "reason", "remedy", "provision")

# The facet that the two dates filter: how many decisions each year has.
YEAR = "year"

# Decisions on a page: the sizes to choose from, and the one shown first.
PAGE_SIZES = (20, 50, 100)
PAGE_SIZE = PAGE_SIZES[0]


@dataclass(frozen=True)
class SearchQuery:
    """A reader's search: words, filters, an order, and a page of `size` decisions.

    `terms` maps names in FACETS to the chosen values (slugs, codes, category paths or NOT_STATED):
    a decision needs one of the values of each filter. Both dates are included. Payments are in
    whole pounds, and pence do not count: £249.50 is at most £249. `sort` is "relevance",
    "newest", "oldest", "payment" or "imported" (the latest received first, for batches alone);
    relevance without words means newest. With `standard`, words are looked for in standard wording
    too. With `exact`, no closest matches follow few results. Pages count from 1; a `size` of 0 asks
    for the counts alone, which takes less time than a page.
    """

    text: str = ""
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    payment_min: int | None = None
    payment_max: int | None = None
    standard: bool = False
    exact: bool = False
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def rank(self) -> int:
        """How many decisions come before the page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True)
class SearchResults:
    """The ids of one page, in order, with the exact total and the counts of all facets.

    Where the archive has few decisions that hold all words, and are about what a sentence names,
    the list goes on with the closest matches, which hold at least `near_minimum` of the words and
    of what these name: `total` counts the former, `near_total` the latter, and a page has up to
    `size` of both: `ids`, then `near_matches`.
    `facets[name][value]` is how many decisions a value would list under all *other* filters; the
    values of YEAR are years in digits, counted under all filters but the dates. `from_index` is
    False when the search index was unavailable: ids and total then come from PostgreSQL, facets
    are empty, and words were not looked for. `is_loosened` means that some phrases had to match
    their words anywhere, because there were too many phrases of common words.
    """

    ids: list[int]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    size: int = PAGE_SIZE
    near_matches: list[int] = field(default_factory=list)
    near_total: int = 0
    near_minimum: int = 0
    from_index: bool = True
    is_loosened: bool = False

    @property
    def listed(self) -> int:
        """How many decisions the list has on all its pages."""
        return self.total + self.near_total

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, ceil(self.listed / self.size))
