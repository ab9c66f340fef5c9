"""What the home page shows; each part is read when the template asks for it."""

import datetime
from collections.abc import Mapping
from functools import cached_property

from decisions.models import NOT_STATED, Decision, PreparedQuery
from decisions.search import Aggregations, SearchQuery, SearchResults
from decisions.web.charts import Chart, draw_charts
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.facets import (
    FacetGroup,
    FacetOption,
    facet_options,
    group_categories,
    most_frequent,
    most_frequent_values,
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
        return next((decision.decided_on for decision in _OLDEST.fetch()), None)

    @cached_property
    def last_day(self) -> datetime.date | None:
        """The date of the newest decision; None if none is dated."""
        return next((decision.decided_on for decision in _NEWEST.fetch()), None)

    @property
    def holds_samples(self) -> bool:
        """Whether any decision is an invented sample."""
        return bool(_A_SAMPLE.fetch())

    @property
    def latest(self) -> list[Decision]:
        """The newest decisions."""
        return Decision.objects.listed(self._results.ids[:MAX_LATEST])

    @property
    def councils(self) -> list[FacetOption]:
        """The councils with the most decisions."""
        labels = self._labels.council
        shown = {value: labels[value] for value in self._councils[:MAX_COUNCILS]}
        return facet_options(shown, self._counts("council"))

    @property
    def council_total(self) -> int:
        """How many councils and other bodies have decisions."""
        return sum(value != NOT_STATED for value in self._councils)

    @property
    def categories(self) -> list[FacetGroup]:
        """The main categories, each with its subcategories."""
        options = facet_options(self._labels.category, self._counts("category"))
        return group_categories(options, self._labels.category_names)

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

    @cached_property
    def _councils(self) -> list[str]:
        """The slugs of councils that have decisions, and NOT_STATED, the most frequent first."""
        return most_frequent_values(self._labels.council, self._counts("council"))

    def _counts(self, name: str) -> Mapping[str, int] | None:
        counts = self._results.facets if self._results.from_index else {}
        return counts.get(name)


_DATED = Decision.objects.published().exclude(decided_on=None).only("decided_on")
_OLDEST = PreparedQuery(lambda: _DATED.oldest_first()[:1])
_NEWEST = PreparedQuery(lambda: _DATED.newest_first()[:1])
_A_SAMPLE = PreparedQuery(
    lambda: Decision.objects.published().filter(is_sample=True).only("pk")[:1]
)
