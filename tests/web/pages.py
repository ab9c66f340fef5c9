"""How tests ask for pages and read them."""

from bs4 import Tag

# The headers of a request that htmx sends for the list.
HTMX = {"HX-Request": "true", "HX-Target": "results"}


def inline_scripts(page: Tag) -> list[Tag]:
    """What would run; structured data does not."""
    scripts = page.select("script:not([type='application/ld+json'])")
    return [tag for tag in scripts if not tag.get("src")]


def option(page: Tag, identifier: str) -> Tag:
    """A filter's option, by the id of its box."""
    box = page.find(id=identifier)
    assert box is not None, f"there is no {identifier}"
    return box.parent
