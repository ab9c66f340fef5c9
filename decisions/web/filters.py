"""The filters of decisions: read from an address, validated once, and applied in two ways.

`DecisionFilterSet(request.GET).search_query` is for the search index; `.qs` selects the same
decisions in the same order from PostgreSQL. Words (`q`, `standard`) and pages (`page`, `size`)
apply to the search only, so `.qs` ignores them.

An invalid value is ignored, with a message; all other values still apply.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any, Self, cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters.fields import ChoiceField

from decisions.models import NOT_STATED, Decision, DecisionQuerySet, current_council_slugs
from decisions.search import FACETS, PAGE_SIZE, PAGE_SIZES, SearchQuery
from decisions.web.facet_labels import FILTER_LABELS, FacetLabels

SORTS = {
    "relevance": "Best match",
    "newest": "Newest",
    "oldest": "Oldest",
    "payment": "Largest payment",
}

# Longest search text, in characters; a search uses far fewer words.
MAX_TEXT = 1_000

MAX_PAGE = 1_000_000  # highest page number
MAX_POUNDS = 100_000_000  # highest payment that a filter accepts, in pounds


# --- Form fields


class ValuesField(forms.Field):
    """All values of a repeated parameter, without empty ones and repetitions."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in value or () if part))


class ExplainingField(forms.Field):
    """A field whose error message quotes the invalid value and says what is valid."""

    problem: str

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.problem.format(value)) from None


class DayField(ExplainingField, forms.DateField):
    problem = "“{}” is not a date. Write a date like 2021-04-20."


class PageField(ExplainingField, forms.IntegerField):
    problem = "“{}” is not a page number. This is page 1."


class PageSizeField(ExplainingField, forms.TypedChoiceField):
    problem = "“{}” is not a page size. Choose 20, 50 or 100."


class PoundsField(ExplainingField, forms.IntegerField):
    problem = "“{}” is not a number of pounds. Write whole pounds, like 500."


class SortField(ChoiceField):
    """The name of an order, whatever its case."""

    def to_python(self, value: Any) -> str:
        named = str(super().to_python(value))
        return named.lower() if named.lower() in SORTS else named


# --- Filters


class RelationFilter(django_filters.Filter):
    """Selects decisions whose related row has a chosen slug; NOT_STATED selects those without."""

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
    """Selects decisions by category; a main category includes its subcategories."""

    keys = ("path", "parent__path")


class CodesFilter(django_filters.Filter):
    """Selects decisions whose array contains a chosen code; NOT_STATED is a code like any other."""

    field_class = ValuesField

    def __init__(self, field_name: str, **options: Any) -> None:
        super().__init__(field_name, "overlap", **options)


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class PoundsFilter(django_filters.Filter):
    """Selects payments by whole pounds; pence are ignored, so £249.50 counts as £249."""

    field_class = PoundsField

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return qs
        # “At most” a number of pounds means less than the next pound.
        pounds = value if self.lookup_expr == "gte" else value + 1
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": pounds * 100})


class SortFilter(django_filters.ChoiceFilter):
    """Orders the decisions; without words, relevance means newest first."""

    field_class = SortField

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return cast(DecisionQuerySet, qs).in_order(value or "newest")


class SearchOnly(django_filters.Filter):
    """A filter that applies to the search index only; it does not change a queryset."""

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


class _Shared(dict[str, forms.Field]):
    """Fields that all forms share. Django copies them for each form, but ours keep no state."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class DecisionForm(forms.Form):
    """Validates each filter by itself; `cleaned_data` keeps every valid value."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = FacetLabels.cached()

    @classmethod
    @cache
    def _unset(cls) -> dict[str, Any]:
        """The value of each filter that an address does not have."""
        return {name: field.clean(None) for name, field in cls.base_fields.items()}

    def _clean_fields(self) -> None:
        """Clean the filters that the address has, which are a few of all."""
        self.cleaned_data = dict(self._unset())
        for name, field in self.fields.items():
            if name in self.data:
                try:
                    value = field.widget.value_from_datadict(self.data, self.files, name)
                    self.cleaned_data[name] = field.clean(value)
                except ValidationError as error:
                    self.add_error(name, error)

    def clean(self) -> None:
        for name in filter(self.cleaned_data.get, FACETS):
            values = self.cleaned_data[name]
            if any(value.lower() not in self.labels[name] for value in values):
                # The value may be newer than the last commit of the index, which the cache is for.
                self.labels = self.labels.reread(name)
                if name == "council":
                    current = current_council_slugs(value.lower() for value in values)
                    values = [current.get(value.lower(), value) for value in values]
            # All values are in lower case; an address may have them in any.
            known = [value.lower() for value in values if value.lower() in self.labels[name]]
            for value in values:
                if value.lower() not in known:
                    label = FILTER_LABELS[name].lower()
                    self.add_error(name, f"There is no {label} “{value}” in this archive.")
            self.cleaned_data[name] = tuple(dict.fromkeys(known))  # `add_error` has removed it
        self._drop_crossed_range(
            "date_from", "date_to", "The “From” date is after the “To” date, so neither was used."
        )
        self._drop_crossed_range(
            "payment_min", "payment_max", "“At least” is more than “At most”, so neither was used."
        )

    def _drop_crossed_range(self, lower: str, upper: str, message: str) -> None:
        least, most = self.cleaned_data.get(lower), self.cleaned_data.get(upper)
        if least is not None and most is not None and least > most:
            self.add_error(lower, message)
            self.cleaned_data.pop(upper)


_DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DecisionFilterSet(django_filters.FilterSet):
    """Every filter that an address can have. Only published decisions are selected."""

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
    standard = StandardWordingFilter(label="Also search standard paragraphs")
    sort = SortFilter(
        label="Sort",
        choices=list(SORTS.items()),
        error_messages={
            "invalid_choice": "“%(value)s” is not a sort order. Choose "
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
        self, data: QueryDict | None = None, queryset: DecisionQuerySet | None = None
    ) -> None:
        # This replaces the library's `__init__`, which copies all filters for every request; ours
        # keep nothing of a request.
        self.is_bound = True
        self.data = QueryDict() if data is None else data
        if queryset is not None:
            self.queryset = queryset
        self.request = self.form_prefix = None
        self.filters = self.base_filters

    @classmethod
    @cache
    def get_form_class(cls) -> type[DecisionForm]:
        """The form of all filters; cached, because they are the same for every request."""
        fields = {name: entry.field for name, entry in cls.base_filters.items()}
        form: type[DecisionForm] = type("DecisionFilterSetForm", (DecisionForm,), fields)
        form.base_fields = _Shared(form.base_fields)
        return form

    @cached_property
    def queryset(self) -> DecisionQuerySet:  # type: ignore[override]
        """The decisions to select from; pages that the index answers do not need it."""
        # The order applies if the address names none, or an unknown one.
        return Decision.objects.published().newest_first()

    @property
    def qs(self) -> DecisionQuerySet:
        """The decisions that the filters select, in the requested order."""
        return cast(DecisionQuerySet, super().qs)

    @property
    def labels(self) -> FacetLabels:
        """The labels of all values that the filters may have."""
        return cast(DecisionForm, self.form).labels

    @cached_property
    def problems(self) -> list[str]:
        """One message for each value that was ignored."""
        return [error for errors in self.errors.values() for error in errors]

    @property
    def errors_by_name(self) -> dict[str, list[str]]:
        """The messages for each filter; empty for one whose values are all valid."""
        errors = self.errors
        return {name: errors.get(name, []) for name in self.filters}

    @property
    def ranges(self) -> dict[str, str]:
        """What the fields of dates and payments show: valid values, else what was typed."""
        query = self.search_query
        days = {"date_from": query.date_from, "date_to": query.date_to}
        pounds = {"payment_min": query.payment_min, "payment_max": query.payment_max}
        read = {
            **{name: day.isoformat() if day else "" for name, day in days.items()},
            **{name: str(value) if value else "" for name, value in pounds.items()},
        }
        typed = self.data or {}
        return {name: value or typed.get(name, "") for name, value in read.items()}

    @cached_property
    def search_query(self) -> SearchQuery:
        """The search query with every valid value."""
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
