"""What a page says, read from its HTML."""

from bs4 import Tag


def text(tag: Tag | None) -> str:
    """Its words, with one blank between any two."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def texts(page: Tag, selector: str) -> list[str]:
    return [text(tag) for tag in page.select(selector)]
