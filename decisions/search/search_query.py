"""What is asked of the search and what it answers: plain data, no engine."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

# The filters whose options are counted, by the name of their query parameter and index field.
FACETS = ("council", "category", "outcome", "reason", "remedy", "provision")

# The facet that the two dates filter by: how many decisions each year has.
YEAR = "year"

# How many decisions a page may show; the first where nothing is said.
PAGE_SIZES = (20, 50, 100)
PAGE_SIZE = PAGE_SIZES[0]

# Results in the order of their scores, or of payments, are read from the first up to the page
# asked for; nobody reads so many, and no address may cost the machine more than this. Every page
# size divides it.
DEEPEST_RANK = 10_000


@dataclass(frozen=True)
class SearchQuery:
    """What a reader asks for: words, filters, an order and a page of so many decisions.

    `terms` maps a name in FACETS to the chosen values (slugs, category paths, or NOT_STATED);
    several values of one filter are alternatives, several filters must all hold. Payments are in
    whole pounds, and pence do not count: £249.50 is at most £249. `sort` is "relevance", "newest",
    "oldest" or "payment"; relevance without words means newest. `standard` looks for the words in
    standard wording too.
    """

    text: str = ""
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    payment_min: int | None = None
    payment_max: int | None = None
    standard: bool = False
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def rank(self) -> int:
        """How many decisions come before the page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True)
class SearchResults:
    """The ids of the page asked for, in order; the exact total; counts of every facet's options.

    `facets[name][value]` is how many decisions a value would give under all *other* filters; of
    YEAR, whose values are years in digits, under all but the dates. `last_page` is the last that
    can be asked for: of long lists by relevance or payment not all (DEEPEST_RANK).
    `from_index` is False when the search index could not be asked: then ids and total come from
    PostgreSQL alone, facets are empty, and words were not looked for.
    """

    ids: list[int]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    last_page: int = 1
    nearly: list[int] = field(default_factory=list)
    from_index: bool = True
