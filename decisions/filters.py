"""What may be asked for in an address, read and checked once for pages, feeds and API.

A value that cannot be used is left out, by itself, with a message; whatever else was asked for
still holds. `question` is the result for the search, `qs` the same filters on PostgreSQL alone.
"""

import datetime
from collections.abc import Hashable, Mapping
from functools import cached_property, lru_cache
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import (
    NOT_STATED,
    Category,
    Council,
    Decision,
    DecisionQuerySet,
    Outcome,
    Provision,
)
from decisions.search import FACETS, PAGE_SIZE, PAGE_SIZES, Question

SORTS = {
    "relevance": "Best match",
    "newest": "Newest",
    "oldest": "Oldest",
    "payment": "Largest payment",
}

# What a filter is called, and what a decision without it says.
LABELS = {
    "council": "Council",
    "category": "Category",
    "outcome": "Outcome",
    "reason": "Reason for closing",
    "remedy": "Remedy",
    "provision": "Law",
}
NOT_STATED_LABELS = {name: f"{label} not stated" for name, label in LABELS.items()}

# A person never types more; the search reads far fewer words anyway.
MAX_TEXT = 1_000

MAX_PAGE = 1_000_000
MAX_POUNDS = 100_000_000


class Names:
    """What the values of a filter are called, in reading order; read when first asked for."""

    @classmethod
    def kept(cls) -> "Names":
        """The same until the search index changes, as it does for whatever gets another name.

        The options that they are for were counted at that same commit.
        """
        return search.asked(lambda generation: _kept(generation.commit()), otherwise=cls())

    def __getitem__(self, name: str) -> Mapping[str, str]:
        return getattr(self, name)

    def anew(self, name: str) -> "Names":
        """The same, but for one filter's, which are read again; these stay as they are."""
        names = Names()
        vars(names).update(vars(self))
        vars(names).pop(name, None)
        return names

    @cached_property
    def council(self) -> dict[str, str]:
        return self._with_not_stated("council", Council.objects.values_list("slug", "name"))

    @cached_property
    def category(self) -> dict[str, str]:
        rows = Category.objects.values_list("path", "name", "parent__name")
        names = ((path, Category.in_full(name, parent)) for path, name, parent in rows)
        return self._with_not_stated("category", names)

    @cached_property
    def outcome(self) -> dict[str, str]:
        return self._with_not_stated("outcome", Outcome.objects.values_list("slug", "name"))

    @cached_property
    def reason(self) -> dict[str, str]:
        labels = ((code, reason.label) for code, reason in REASONS.items())
        return self._with_not_stated("reason", labels)

    @cached_property
    def remedy(self) -> dict[str, str]:
        return dict(REMEDIES)

    @cached_property
    def provision(self) -> dict[str, str]:
        return dict(Provision.objects.values_list("key", "label"))

    def _with_not_stated(self, name: str, rows: Any) -> dict[str, str]:
        return {**dict(rows), NOT_STATED: NOT_STATED_LABELS[name]}


@lru_cache(maxsize=1)
def _kept(commit: Hashable) -> Names:
    return Names()


class ValuesField(forms.Field):
    """Every value of a repeated parameter, each once, empty ones passed over."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in value or () if part))


class ValuesFilter(django_filters.Filter):
    field_class = ValuesField


class NamesTheValue(forms.Field):
    """A field whose message names the value that cannot be used, and says what can."""

    problem: str

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.problem.format(value)) from None


class DayField(NamesTheValue, forms.DateField):
    problem = "“{}” is not a date; write it as 2021-04-20."


class PageField(NamesTheValue, forms.IntegerField):
    problem = "“{}” is no page; they are counted from 1, and this is the first."


class SizeField(NamesTheValue, forms.TypedChoiceField):
    problem = "“{}” is no size of a page; there are 20, 50 and 100."


class PoundsField(NamesTheValue, forms.IntegerField):
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
        self.names = Names.kept()

    def clean(self) -> None:
        for name in FACETS:
            values = self.cleaned_data.get(name, ())
            if any(value not in self.names[name] for value in values):
                self.names = self.names.anew(name)  # one may be new, and not in the index yet
            known = tuple(value for value in values if value in self.names[name])
            for value in values:
                if value not in known:
                    label = LABELS[name].lower()
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
    def names(self) -> Names:
        return self.form.names

    @cached_property
    def question(self) -> Question:
        """The search asked for by every value that can be used."""
        self.form.full_clean()
        asked = self.form.cleaned_data
        return Question(
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
        return queryset.matching(**self.question.filters()).in_order(self.question.sort)


def address_of(question: Question) -> QueryDict:
    """The parameters that ask this question, without its page and without empty ones."""
    query = QueryDict(mutable=True)
    if question.text:
        query["q"] = question.text
    for name in FACETS:
        if values := question.terms.get(name):
            query.setlist(name, list(values))
    for name in ("date_from", "date_to"):
        day: datetime.date | None = getattr(question, name)
        if day:
            query[name] = day.isoformat()
    for name in ("payment_min", "payment_max"):
        pounds: int | None = getattr(question, name)
        if pounds is not None:
            query[name] = str(pounds)
    if question.standard:
        query["standard"] = "true"
    if question.sort != "relevance":
        query["sort"] = question.sort
    if question.size != PAGE_SIZE:
        query["size"] = str(question.size)
    return query
