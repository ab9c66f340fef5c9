"""The links that every page has, above and below. Not templates: every page would pay for them."""

from decisions.models import page_address

# The pages at the top of every page: their view, what they are called, and their class.
_MAIN = (
    ("decisions:list", "Decisions", ""),
    ("decisions:councils", "Councils", ""),
    ("decisions:categories", "Categories", ""),
    ("decisions:reasons", "Reasons", ""),
    ("decisions:laws", "Law", ""),
    ("decisions:about", "About", "in-footer"),
)

# The pages at the foot of every page.
_FOOTER = (
    ("decisions:about", "About this archive"),
    ("decisions:can-i-complain", "Can I complain?"),
    ("decisions:glossary", "Glossary"),
    ("decisions:help", "How to search"),
    ("decisions:data", "Data"),
    ("api:docs", "API"),
    ("decisions:shelf", "My shelf"),
)


def main_pages(path: str) -> str:
    """The list of main pages; the one at this path is marked as the current page."""
    items = []
    for view, label, css_class in _MAIN:
        address = page_address(view)
        opening = f'<li class="{css_class}">' if css_class else "<li>"
        current = ' aria-current="page"' if path == address else ""
        items.append(f'  {opening}<a href="{address}"{current}>{label}</a></li>')
    return "\n".join(("<ul>", *items, "</ul>"))


def footer_pages() -> str:
    """The links in the footer."""
    return " · ".join(f'<a href="{page_address(view)}">{label}</a>' for view, label in _FOOTER)
