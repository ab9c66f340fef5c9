"""The links to the main pages. They are no template, because every page has them."""

from django.utils.safestring import SafeString, mark_safe

from decisions.models import page_address

# The view of each, what it is called, and its class.
_PAGES = (
    ("decisions:list", "Decisions", ""),
    ("decisions:councils", "Councils", ""),
    ("decisions:categories", "Categories", ""),
    ("decisions:reasons", "Reasons", ""),
    ("decisions:laws", "Law", ""),
    ("decisions:about", "About", "in-footer"),
)


def main_pages(path: str) -> SafeString:
    """The links as a list; the one at this path is marked as the current page."""
    items = []
    for view, label, css_class in _PAGES:
        address = page_address(view)
        opening = f'<li class="{css_class}">' if css_class else "<li>"
        current = ' aria-current="page"' if path == address else ""
        items.append(f'  {opening}<a href="{address}"{current}>{label}</a></li>')
    return mark_safe("\n".join(("<ul>", *items, "</ul>")))  # noqa: S308
