"""What may be asked for in an address, read and checked once for pages, feeds and API.

A value that cannot be used is left out, by itself, with a message; whatever else was asked for
still holds. `question` is the result for the search, `qs` the same filters on PostgreSQL alone.
"""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from decisions.models import (
    Decision,
    DecisionQuerySet,
)
from decisions.search import FACETS, PAGE_SIZE, PAGE_SIZES, SearchQuery
from decisions.web.facet_labels import FILTER_LABELS, FacetLabels

SORTS = {
    "relevance": "Best match",
    "newest": "Newest",
    "oldest": "Oldest",
    "payment": "Largest payment",
}

# A person never types more; the search reads far fewer words anyway.
MAX_TEXT = 1_000

MAX_PAGE = 1_000_000
MAX_POUNDS = 100_000_000


class ValuesField(forms.Field):
    """Every value of a repeated parameter, each once, empty ones passed over."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in value or () if part))


class ValuesFilter(django_filters.Filter):
    field_class = ValuesField


class FacetLabelsTheValue(forms.Field):
    """A field whose message names the value that cannot be used, and says what can."""

    problem: str

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.problem.format(value)) from None


class DayField(FacetLabelsTheValue, forms.DateField):
    problem = "“{}” is not a date; write it as 2021-04-20."


class PageField(FacetLabelsTheValue, forms.IntegerField):
    problem = "“{}” is no page; they are counted from 1, and this is the first."


class SizeField(FacetLabelsTheValue, forms.TypedChoiceField):
    problem = "“{}” is no size of a page; there are 20, 50 and 100."


class PoundsField(FacetLabelsTheValue, forms.IntegerField):
    problem = "“{}” is not a number of pounds; write it as 500."


class DayFilter(django_filters.Filter):
    field_class = DayField


class PageFilter(django_filters.Filter):
    field_class = PageField


class SizeFilter(django_filters.Filter):
    field_class = SizeField


class PoundsFilter(django_filters.Filter):
    field_class = PoundsField


class DecisionForm(forms.Form):
    """Checks one filter at a time; `cleaned_data` keeps all that can be used."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = FacetLabels.kept()

    def clean(self) -> None:
        for name in FACETS:
            values = self.cleaned_data.get(name, ())
            if any(value not in self.names[name] for value in values):
                self.names = self.names.anew(name)  # one may be new, and not in the index yet
            known = tuple(value for value in values if value in self.names[name])
            for value in values:
                if value not in known:
                    label = FILTER_LABELS[name].lower()
                    self.add_error(name, f"There is no {label} “{value}” in this archive.")
            self.cleaned_data[name] = known  # `add_error` took the whole field away
        self._leave_out_crossed(
            "date_from", "date_to", "The first date is after the last, so neither was used."
        )
        self._leave_out_crossed(
            "payment_min", "payment_max", "The least is more than the most, so neither was used."
        )

    def _leave_out_crossed(self, lower: str, upper: str, message: str) -> None:
        least, most = self.cleaned_data.get(lower), self.cleaned_data.get(upper)
        if least is not None and most is not None and least > most:
            self.add_error(lower, message)
            self.cleaned_data.pop(upper)


class DecisionFilterSet(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Words",
        max_length=MAX_TEXT,
        error_messages={"max_length": f"Search for at most {MAX_TEXT:,} characters."},
    )
    council = ValuesFilter(label="Council")
    category = ValuesFilter(label="Category")
    outcome = ValuesFilter(label="Outcome")
    date_from = DayFilter(label="From", input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    date_to = DayFilter(label="To", input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    reason = ValuesFilter(label="Reason for closing")
    remedy = ValuesFilter(label="Remedy")
    provision = ValuesFilter(label="Law")
    payment_min = PoundsFilter(label="At least", min_value=0, max_value=MAX_POUNDS)
    payment_max = PoundsFilter(label="At most", min_value=0, max_value=MAX_POUNDS)
    standard = django_filters.BooleanFilter(label="Search standard wording too")
    sort = django_filters.ChoiceFilter(
        label="Sort",
        choices=list(SORTS.items()),
        error_messages={
            "invalid_choice": "“%(value)s” is no order; there are "
            "relevance, newest, oldest and payment."
        },
    )
    page = PageFilter(label="Page", min_value=1, max_value=MAX_PAGE)
    size = SizeFilter(label="Per page", choices=[(size, size) for size in PAGE_SIZES], coerce=int)

    class Meta:
        model = Decision
        fields: list[str] = []
        form = DecisionForm

    def __init__(self, data: QueryDict | None = None, queryset: Any = None, **options: Any) -> None:
        queryset = Decision.objects.published() if queryset is None else queryset
        super().__init__(QueryDict() if data is None else data, queryset, **options)

    @property
    def names(self) -> FacetLabels:
        return self.form.names

    @cached_property
    def search_query(self) -> SearchQuery:
        """The search asked for by every value that can be used."""
        self.form.full_clean()
        asked = self.form.cleaned_data
        return SearchQuery(
            text=asked.get("q") or "",
            terms={name: asked[name] for name in FACETS if asked.get(name)},
            date_from=asked.get("date_from"),
            date_to=asked.get("date_to"),
            payment_min=asked.get("payment_min"),
            payment_max=asked.get("payment_max"),
            standard=bool(asked.get("standard")),
            sort=asked.get("sort") or "relevance",
            page=asked.get("page") or 1,
            size=asked.get("size") or PAGE_SIZE,
        )

    def filter_queryset(self, queryset: DecisionQuerySet) -> DecisionQuerySet:
        """The filters and the order; words and pages are the search's matter."""
        return queryset.matching(**self.search_query.filters()).in_order(self.search_query.sort)
