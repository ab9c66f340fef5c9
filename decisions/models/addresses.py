"""The addresses of pages, for the rows that have one and for links between pages."""

from functools import cache

from django.urls import get_script_prefix, reverse

_PLACEHOLDER = "placeholder"


def page_address(view: str, value: str = "") -> str:
    """The address of a page of this site, as `reverse` gives it, but faster.

    `value` is the view's only argument, of letters, digits and "-_/"; "" for a view without one.
    A page has up to a hundred addresses, so the pattern of each view is looked up once.
    """
    start, end = _around_value(view, get_script_prefix(), bool(value))
    return f"{start}{value}{end}"


@cache
def _around_value(view: str, script_prefix: str, has_value: bool) -> tuple[str, str]:
    """What stands before and after the value, for each path that the site is mounted at."""
    if not has_value:
        return reverse(view), ""
    start, _, end = reverse(view, args=[_PLACEHOLDER]).rpartition(_PLACEHOLDER)
    return start, end
