"""What the home page shows; each part is read when the template asks for it."""

import datetime
from functools import cached_property

from decisions.models import NOT_STATED, Decision
from decisions.search import Aggregations, SearchQuery, SearchResults
from decisions.web.charts import Chart, draw_charts
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.facets import (
    FacetGroup,
    FacetOption,
    facet_options,
    group_categories,
    most_frequent,
)
from decisions.web.presenters.sample_questions import SampleQuestion, sample_questions
from decisions.web.results import aggregate, find

MAX_LATEST = 6  # decisions shown
MAX_COUNCILS = 12  # councils shown, those with the most decisions
MAX_REASONS = 8  # reasons for closing shown, the most frequent

_EVERYTHING = SearchQuery(sort="newest")


class HomePage:
    """What the archive contains, and where to start."""

    def __init__(self) -> None:
        self._labels = FacetLabels.cached()

    @cached_property
    def _results(self) -> SearchResults:
        return find(_EVERYTHING)

    @cached_property
    def _aggregations(self) -> Aggregations:
        return aggregate(_EVERYTHING)

    @property
    def total(self) -> int:
        """How many decisions there are."""
        return self._results.total

    @cached_property
    def first_day(self) -> datetime.date | None:
        """The date of the oldest decision; None if none is dated."""
        dated = Decision.objects.published().exclude(decided_on=None)
        return dated.oldest_first().values_list("decided_on", flat=True).first()

    @cached_property
    def last_day(self) -> datetime.date | None:
        """The date of the newest decision; None if none is dated."""
        dated = Decision.objects.published().exclude(decided_on=None)
        return dated.newest_first().values_list("decided_on", flat=True).first()

    @property
    def holds_samples(self) -> bool:
        """Whether any decision is an invented sample."""
        return Decision.objects.published().filter(is_sample=True).exists()

    @property
    def latest(self) -> list[Decision]:
        """The newest decisions."""
        return Decision.objects.listed(self._results.ids[:MAX_LATEST])

    @cached_property
    def _all_councils(self) -> list[FacetOption]:
        return self._options("council")

    @property
    def councils(self) -> list[FacetOption]:
        """The councils with the most decisions."""
        return most_frequent(self._all_councils)[:MAX_COUNCILS]

    @property
    def council_total(self) -> int:
        """How many councils and other bodies have decisions."""
        return sum(option.value != NOT_STATED for option in self._all_councils)

    @property
    def categories(self) -> list[FacetGroup]:
        """The main categories, each with its subcategories."""
        return group_categories(self._options("category"), self._labels.category_names)

    @cached_property
    def reasons(self) -> list[FacetOption]:
        """The most frequent reasons for closing."""
        options = facet_options(self._labels.reason, self._aggregations.reasons)
        stated = [option for option in options if option.value != NOT_STATED]
        return most_frequent(stated)[:MAX_REASONS]

    @property
    def questions(self) -> list[SampleQuestion]:
        """Questions that decisions answer."""
        return sample_questions(self._aggregations)

    @cached_property
    def charts(self) -> list[Chart]:
        """The chart of decisions by year, if it compares anything."""
        return draw_charts(self._aggregations, _EVERYTHING, self._labels, ["years"])

    def _options(self, name: str) -> list[FacetOption]:
        counts = self._results.facets if self._results.from_index else {}
        return facet_options(self._labels[name], counts.get(name))
