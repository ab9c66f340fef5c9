"""The one set of filters: read from an address, checked once, and answered in two ways.

`DecisionFilterSet(request.GET).search_query` asks the search index; `.qs` asks PostgreSQL for the
same decisions in the same order. Words (`q`, `standard`) and pages (`page`, `size`) belong to the
search alone, so `.qs` leaves them out.

A value that cannot be used is left out by itself, with a message; all other filters still hold.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from decisions.models import NOT_STATED, Decision, DecisionQuerySet
from decisions.search import FACETS, PAGE_SIZE, PAGE_SIZES, SearchQuery
from decisions.web.facet_labels import FILTER_LABELS, FacetLabels

SORTS = {
    "relevance": "Best match",
    "newest": "Newest",
    "oldest": "Oldest",
    "payment": "Largest payment",
}

# Longest search text, in characters. The search reads far fewer words anyway.
MAX_TEXT = 1_000

MAX_PAGE = 1_000_000  # highest page number
MAX_POUNDS = 100_000_000  # highest payment that can be asked for, in pounds


# --- Form fields


class ValuesField(forms.Field):
    """All values of a repeated parameter, each once, without empty ones."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in value or () if part))


class ExplainingField(forms.Field):
    """A field whose error names the value that cannot be used, and says what can be."""

    problem: str

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.problem.format(value)) from None


class DayField(ExplainingField, forms.DateField):
    problem = "“{}” is not a date; write it as 2021-04-20."


class PageField(ExplainingField, forms.IntegerField):
    problem = "“{}” is not a page number; pages start at 1, and this is the first."


class PageSizeField(ExplainingField, forms.TypedChoiceField):
    problem = "“{}” is not a page size; choose 20, 50 or 100."


class PoundsField(ExplainingField, forms.IntegerField):
    problem = "“{}” is not a number of pounds; write it as 500."


# --- Filters


class RelationFilter(django_filters.Filter):
    """Decisions whose related row has any of the chosen slugs; NOT_STATED means no related row."""

    field_class = ValuesField
    keys: Sequence[str] = ("slug",)

    def filter(self, qs: QuerySet[Any], value: tuple[str, ...]) -> QuerySet[Any]:
        if not value:
            return qs
        chosen = Q()
        for key in self.keys:
            chosen |= Q(**{f"{self.field_name}__{key}__in": value})
        if NOT_STATED in value:
            chosen |= Q(**{f"{self.field_name}__isnull": True})
        return qs.filter(chosen)


class CategoryFilter(RelationFilter):
    """A main category also selects the decisions of its subcategories."""

    keys = ("path", "parent__path")


class CodesFilter(django_filters.Filter):
    """Decisions whose array holds any of the chosen codes; NOT_STATED is a code like others."""

    field_class = ValuesField

    def __init__(self, field_name: str, **options: Any) -> None:
        super().__init__(field_name, "overlap", **options)


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class PoundsFilter(django_filters.Filter):
    """Payments from, or up to, a whole number of pounds. Pence do not count: £249.50 is £249."""

    field_class = PoundsField

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return qs
        # Every amount of pence from £value upwards, or below the next pound.
        pounds = value if self.lookup_expr == "gte" else value + 1
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": pounds * 100})


class SortFilter(django_filters.ChoiceFilter):
    """Orders the decisions; without words, the best match is the newest decision."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return cast(DecisionQuerySet, qs).in_order(value or "newest")


class SearchOnly(django_filters.Filter):
    """A filter that only the search index answers; it leaves a queryset as it is."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class WordsFilter(SearchOnly, django_filters.CharFilter):
    pass


class StandardWordingFilter(SearchOnly, django_filters.BooleanFilter):
    pass


class PageFilter(SearchOnly):
    field_class = PageField


class PageSizeFilter(SearchOnly, django_filters.TypedChoiceFilter):
    field_class = PageSizeField


class DecisionForm(forms.Form):
    """Checks one filter at a time; `cleaned_data` keeps every value that can be used."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = FacetLabels.cached()

    def clean(self) -> None:
        for name in FACETS:
            values = self.cleaned_data.get(name, ())
            if any(value not in self.labels[name] for value in values):
                # The value may be newer than the search index, on whose commit the cache depends.
                self.labels = self.labels.reread(name)
            known = tuple(value for value in values if value in self.labels[name])
            for value in values:
                if value not in known:
                    label = FILTER_LABELS[name].lower()
                    self.add_error(name, f"There is no {label} “{value}” in this archive.")
            self.cleaned_data[name] = known  # `add_error` has removed the field
        self._drop_crossed_range(
            "date_from", "date_to", "The first date is after the last, so neither was used."
        )
        self._drop_crossed_range(
            "payment_min", "payment_max", "The least is more than the most, so neither was used."
        )

    def _drop_crossed_range(self, lower: str, upper: str, message: str) -> None:
        least, most = self.cleaned_data.get(lower), self.cleaned_data.get(upper)
        if least is not None and most is not None and least > most:
            self.add_error(lower, message)
            self.cleaned_data.pop(upper)


_DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DecisionFilterSet(django_filters.FilterSet):
    """Every filter that an address may hold. Only published decisions are ever selected."""

    q = WordsFilter(
        label="Words",
        max_length=MAX_TEXT,
        error_messages={"max_length": f"Search for at most {MAX_TEXT:,} characters."},
    )
    council = RelationFilter(label="Council")
    category = CategoryFilter(label="Category")
    outcome = RelationFilter(label="Outcome")
    date_from = DayFilter("decided_on", "gte", label="From", input_formats=_DAY_FORMATS)
    date_to = DayFilter("decided_on", "lte", label="To", input_formats=_DAY_FORMATS)
    reason = CodesFilter("reasons", label="Reason for closing")
    remedy = CodesFilter("remedies", label="Remedy")
    provision = CodesFilter("provisions", label="Law")
    payment_min = PoundsFilter(
        "payment", "gte", label="At least", min_value=0, max_value=MAX_POUNDS
    )
    payment_max = PoundsFilter("payment", "lt", label="At most", min_value=0, max_value=MAX_POUNDS)
    standard = StandardWordingFilter(label="Search standard wording too")
    sort = SortFilter(
        label="Sort",
        choices=list(SORTS.items()),
        error_messages={
            "invalid_choice": "“%(value)s” is not a sort order; choose "
            "relevance, newest, oldest or payment."
        },
    )
    page = PageFilter(label="Page", min_value=1, max_value=MAX_PAGE)
    size = PageSizeFilter(
        label="Per page", choices=[(size, size) for size in PAGE_SIZES], coerce=int
    )

    class Meta:
        model = Decision
        fields: list[str] = []
        form = DecisionForm

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: DecisionQuerySet | None = None,
        **options: Any,
    ) -> None:
        if queryset is None:
            # The order holds where the address names none, or none that exists.
            queryset = Decision.objects.published().newest_first()
        super().__init__(QueryDict() if data is None else data, queryset, **options)

    @property
    def qs(self) -> DecisionQuerySet:
        """The decisions that the filters select, in the order asked for."""
        return cast(DecisionQuerySet, super().qs)

    @property
    def labels(self) -> FacetLabels:
        """The labels of all values that the filters may have."""
        return cast(DecisionForm, self.form).labels

    @cached_property
    def problems(self) -> list[str]:
        """One message for each value that was left out."""
        return [error for errors in self.errors.values() for error in errors]

    @cached_property
    def search_query(self) -> SearchQuery:
        """The search for every value that can be used."""
        self.form.full_clean()
        values = self.form.cleaned_data
        return SearchQuery(
            text=values.get("q") or "",
            terms={name: values[name] for name in FACETS if values.get(name)},
            date_from=values.get("date_from"),
            date_to=values.get("date_to"),
            payment_min=values.get("payment_min"),
            payment_max=values.get("payment_max"),
            standard=bool(values.get("standard")),
            sort=values.get("sort") or "relevance",
            page=values.get("page") or 1,
            size=values.get("size") or PAGE_SIZE,
        )
