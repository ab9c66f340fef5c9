"""What the page of a council shows; each part is read when the template asks for it."""

from functools import cached_property

from django.db.models import Count, Q

from decisions.models import (
    Council,
    CouncilSuccession,
    Decision,
    PreparedQuery,
    PreparedValues,
)
from decisions.search import SearchQuery
from decisions.web.charts import Chart, draw_charts
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.facets import FacetGroup, category_groups
from decisions.web.results import aggregate

MAX_LATEST = 6  # decisions shown on the page of a council, a category or a law

# The charts of a council and of a category.
OVERVIEW_CHARTS = ("years", "uphold-rate", "reasons", "payments")


class CouncilPage:
    """One council: its charts, latest decisions, categories, predecessors and successors."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.search_query = SearchQuery(terms={"council": (council.slug,)})

    @cached_property
    def total(self) -> int:
        """How many decisions are about the council."""
        return aggregate(self.search_query).total

    @cached_property
    def is_sample(self) -> bool:
        """Whether there are decisions, and all of them are invented."""
        return bool(self.total) and not _A_REAL_ONE.fetch(self.council.pk)

    @cached_property
    def charts(self) -> list[Chart]:
        """The charts that compare anything."""
        aggregations = aggregate(self.search_query)
        return draw_charts(aggregations, self.search_query, FacetLabels.cached(), OVERVIEW_CHARTS)

    @cached_property
    def latest(self) -> list[Decision]:
        """The newest decisions."""
        return _LATEST.fetch(self.council.pk)

    @cached_property
    def categories(self) -> list[FacetGroup]:
        """The categories of all decisions about the council."""
        return category_groups(_COUNTED_CATEGORIES.fetch(self.council.pk), FacetLabels.cached())

    @cached_property
    def successions(self) -> list[CouncilSuccession]:
        """The councils that do now what this one did."""
        return [row for row in self._successions if row.predecessor_id == self.council.pk]

    @cached_property
    def inheritances(self) -> list[CouncilSuccession]:
        """The councils that did before what this one does."""
        return [row for row in self._successions if row.successor_id == self.council.pk]

    @cached_property
    def _successions(self) -> list[CouncilSuccession]:
        return _SUCCESSIONS.fetch(self.council.pk, self.council.pk)


def find_council(slug: str) -> Council | None:
    """The council with this slug."""
    return next(iter(_WITH_SLUG.fetch(slug)), None)


_WITH_SLUG = PreparedQuery(lambda: Council.objects.filter(slug="").order_by())
_SUCCESSIONS = PreparedQuery(
    lambda: CouncilSuccession.objects.filter(
        Q(predecessor_id=0) | Q(successor_id=0)
    ).select_related("predecessor", "successor")
)
_A_REAL_ONE = PreparedQuery(
    lambda: Decision.objects.published().filter(is_sample=False, council_id=0).only("pk")[:1]
)
_LATEST = PreparedQuery(
    lambda: Decision.objects.published().filter(council_id=0).for_list().newest_first()[:MAX_LATEST]
)
_COUNTED_CATEGORIES = PreparedValues(
    lambda: (
        Decision.objects.published()
        .filter(council_id=0)
        .values_list("category__path")
        .annotate(Count("pk"))
    )
)
