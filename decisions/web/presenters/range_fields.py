"""The filters of a list by date and payment, as HTML.

These are not templates, because they have up to forty parts.
"""

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions.web.presenters.search_results import YearOption
from decisions.web.querystring import list_url, with_parameters

# The attributes of each field but for its name and value, and its label.
_DAYS = {"date_from": ('type="date"', "From"), "date_to": ('type="date"', "To")}
_POUNDS = {
    "payment_min": ('type="number" min="0" step="1"', "At least"),
    "payment_max": ('type="number" min="0" step="1"', "At most"),
}


def range_fields(
    years: list[YearOption], ranges: Mapping[str, str], errors: Mapping[str, list[str]]
) -> SafeString:
    """A link for each year and the fields for dates, then those for payments.

    `ranges` has what the fields show, `errors` the messages for each.
    """
    links = ""
    if len(years) > 1:
        address = list_url()
        items = "\n".join([_year_link(year, address) for year in years])
        links = f'<ul class="years" hx-boost="true">\n{items}\n</ul>'
    return mark_safe(  # noqa: S308
        _fieldset("Date of decision", links, _DAYS, ranges, errors)
        + "\n"
        + _fieldset("Payment recommended, in pounds", "", _POUNDS, ranges, errors)
    )


def _year_link(year: YearOption, list_address: str) -> str:
    current = ' aria-current="true"' if year.chosen else ""
    unit = "decision" if year.count == 1 else "decisions"
    return (
        f'<li><a id="year-{year.label}" href="{escape(with_parameters(list_address, year.query))}"'
        f"{current}><span>{year.label}</span>"
        f'<svg class="bar" aria-hidden="true"><rect width="{year.percent}%" height="100%"/></svg>'
        f'<span class="n">{year.count:,}<span class="visually-hidden"> {unit}</span></span>'
        "</a></li>"
    )


def _fieldset(
    legend: str,
    links: str,
    fields: Mapping[str, tuple[str, str]],
    ranges: Mapping[str, str],
    errors: Mapping[str, list[str]],
) -> str:
    inputs = "\n".join(
        [
            _field(name, attributes, label, ranges[name], bool(errors[name]))
            for name, (attributes, label) in fields.items()
        ]
    )
    messages = "\n".join([_errors(name, errors[name]) for name in fields])
    return (
        f'<fieldset class="facet dates">\n<legend>{legend}</legend>\n{links}\n{inputs}\n'
        f"{messages}\n</fieldset>"
    )


def _field(name: str, attributes: str, label: str, value: str, is_wrong: bool) -> str:
    wrong = f' aria-invalid="true" aria-describedby="problem-{name}"' if is_wrong else ""
    return (
        f'<div>\n<label for="{name}">{label}</label>\n'
        f'<input {attributes} id="{name}" name="{name}" value="{escape(value)}"{wrong}>\n</div>'
    )


def _errors(name: str, errors: Iterable[str]) -> str:
    return "".join(
        [f'<p class="error" id="problem-{name}">{escape(error)}</p>' for error in errors]
    )
