"""How all decisions about a council ended, beside one of them."""

from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions.models import Council
from decisions.search import SearchQuery
from decisions.web.charts import uphold_rate_in_words
from decisions.web.charts.uphold_rate import UpholdRate
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.facets import most_frequent_values
from decisions.web.querystring import list_url
from decisions.web.results import aggregate


class CouncilOutcomes:
    """The outcomes of one council; they are counted when the template asks for them."""

    def __init__(self, council: Council) -> None:
        self.council = council

    @cached_property
    def _counts(self) -> dict[str, int]:
        return aggregate(SearchQuery(terms={"council": (self.council.slug,)})).outcomes

    @property
    def items(self) -> SafeString:
        """For each outcome, the most frequent first, an item of a list: its link and its count."""
        labels, counts = FacetLabels.cached().outcome, self._counts
        address = escape(list_url(council=self.council.slug, outcome=""))  # a slug follows
        items = (
            f'<li><a href="{address}{escape(value)}">{escape(labels[value])}</a>'
            f' <span class="n">{counts[value]:,}</span></li>'
            for value in most_frequent_values(labels, counts)
        )
        return mark_safe("\n".join(items))  # noqa: S308

    @property
    def uphold_rate(self) -> str:
        """The uphold rate as a sentence; empty where nothing was investigated."""
        rate = UpholdRate.of(self._counts)
        return uphold_rate_in_words(rate) if rate else ""
