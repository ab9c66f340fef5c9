"""The filters of a list that have options, as HTML.

These are not templates, because a page has a hundred of their parts: as templates, those took a
tenth of its time.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from decisions.web.presenters.facets import FacetGroup, FacetOption, FoldedFacet
from decisions.web.presenters.search_results import SearchResultsPage
from decisions.web.querystring import options_url


class _Names(NamedTuple):
    """What a filter is called: above its options, in “Find a …”, and in “Choose from all …”."""

    legend: str
    one: str
    plural: str


# The filters whose options are folded, in display order.
_FOLDED = {
    "reason": _Names("Reason for closing", "reason", "reasons"),
    "council": _Names("Council", "council", "councils"),
    "remedy": _Names("Remedies", "remedy", "remedies"),
    "provision": _Names("Law cited", "law", "laws"),
}


def facet_fields(page: SearchResultsPage, errors: Mapping[str, list[str]]) -> SafeString:
    """Every filter that has options or errors: its options, those of a long list folded.

    `errors` has the messages for each filter, none for one whose values are all valid.
    """
    fields = []
    if page.outcomes or errors["outcome"]:
        boxes = option_boxes("outcome", page.outcomes)
        fields.append(_field("Outcome", errors["outcome"], boxes))
    if page.categories or errors["category"]:
        fields.append(_field("Category", errors["category"], _category_groups(page)))
    for name, names in _FOLDED.items():
        facet = page.folded_facet(name)
        if facet.shown or errors[name]:
            options = _folding_options(facet, names, options_url(name, page.query))
            fields.append(_field(names.legend, errors[name], options))
    return mark_safe("\n".join(fields))  # noqa: S308


def option_boxes(name: str, options: Iterable[FacetOption]) -> SafeString:
    """A check box for every option of a filter."""
    return mark_safe("\n".join([_option_box(escape(name), option) for option in options]))  # noqa: S308


def option_filter(one: str, plural: str) -> SafeString:
    """A field to find an option by typing; name-filter.js hides the options that do not match."""
    return mark_safe(  # noqa: S308
        f'<input type="search" class="option-filter" id="filter-{plural}"'
        f' aria-label="Find a {one} to choose" placeholder="Find a {one}" autocomplete="off"'
        f' data-one="{one}" data-many="{plural}">\n'
        '<p class="option-filter-status quiet" role="status"></p>'
    )


def _field(legend: str, errors: Iterable[str], options: str) -> str:
    messages = "".join([f'<p class="error">{escape(error)}</p>' for error in errors])
    return (
        f'<fieldset class="facet">\n<legend>{legend}</legend>\n{messages}\n{options}\n</fieldset>'
    )


def _category_groups(page: SearchResultsPage) -> str:
    groups = "".join(map(_category_group, page.categories))
    if not page.has_unloaded_categories:
        return groups
    address = escape(options_url("category", page.query))
    return (
        f'{groups}\n<p class="all-options"><a id="all-categories" href="{address}">'
        "All categories</a></p>"
    )


def _category_group(group: FacetGroup) -> str:
    boxes = option_boxes("category", group.options) if group.in_page else _UNLOADED_CATEGORIES
    if len(group.options) == 1:
        return boxes
    return (
        f'\n<details class="group" id="fold-{escape(group.options[0].value)}"'
        f' data-facet="category"{" open" if group.chosen else ""}>'
        f"<summary>{escape(group.label)}{_count(group.count)}</summary>\n{boxes}</details>\n"
    )


# list-update.js replaces this link by the options of the group when the reader opens it. Their
# address is below the groups, once.
_UNLOADED_CATEGORIES = (
    '<p class="unloaded" hx-indicator="this"><a href="#all-categories">'
    "Choose from all categories</a></p>"
)


def _folding_options(facet: FoldedFacet, names: _Names, all_options: str) -> str:
    """The chosen and most frequent options, then the others folded.

    list-update.js replaces the link to `all_options` by the options when the reader opens the list.
    """
    shown: str = option_boxes(facet.name, facet.shown)
    if facet.is_long:
        shown = f"{option_filter(names.one, names.plural)}\n{shown}"
    if not facet.folded_count:
        return shown
    if facet.folded is None:
        folded = (
            f'<p class="unloaded" hx-indicator="this"><a href="{escape(all_options)}">'
            f"Choose from all {names.plural}</a></p>"
        )
    else:
        folded = option_boxes(facet.name, facet.folded)
    return (
        f'{shown}\n<details class="folded-options" id="fold-{names.plural}"'
        f' data-facet="{facet.name}">\n<summary>Show all: {facet.folded_count:,} more</summary>\n'
        f'<div class="scroll" id="scroll-{names.plural}">\n{folded}\n</div>\n</details>'
    )


def _option_box(name: str, option: FacetOption) -> str:
    value = escape(option.value)
    return (
        f'<label class="option"><input type="checkbox" name="{name}" value="{value}"'
        f' id="{name}-{value}"{" checked" if option.chosen else ""}>'
        f"<span>{escape(option.label)}</span>{_count(option.count)}</label>"
    )


def _count(count: int | None) -> str:
    return "" if count is None else f'<span class="n">{count:,}</span>'
