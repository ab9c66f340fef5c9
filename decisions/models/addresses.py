"""The addresses of pages, for the rows that have one and for links between pages."""

from functools import cache

from django.urls import get_script_prefix, reverse

# It begins with a digit, as references do.
_PLACEHOLDER = "0placeholder"


def page_address(view: str, value: str = "", form: str = "") -> str:
    """The address of a page of this site, as `reverse` gives it, but faster.

    `value` is the view's first argument, which is not quoted: letters, digits and "-_/"; "" for a
    view without one. `form` is its last argument, one of few, such as the extension of a file. A
    page has up to a hundred addresses, so the pattern of each view is looked up once.
    """
    start, end = _around_value(view, get_script_prefix(), bool(value), form)
    return f"{start}{value}{end}"


@cache
def _around_value(view: str, script_prefix: str, has_value: bool, form: str) -> tuple[str, str]:
    """What stands before and after the value, for each path that the site is mounted at."""
    fixed = [form] if form else []
    if not has_value:
        return reverse(view, args=fixed), ""
    start, _, end = reverse(view, args=[_PLACEHOLDER, *fixed]).rpartition(_PLACEHOLDER)
    return start, end
