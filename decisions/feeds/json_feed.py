"""A page of a feed as JSON Feed 1.1."""

from typing import Any

from decisions.feeds.page import Entry, FeedPage

MEDIA_TYPE = "application/feed+json"


def json_feed(page: FeedPage) -> dict[str, Any]:
    """The page as JSON types."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "home_page_url": page.list_address,
        "feed_url": page.address,
        "language": "en-GB",
        "authors": [{"name": page.author}],
        "items": [_item(entry) for entry in page.entries],
    }
    if page.following:
        feed["next_url"] = page.following
    return feed


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": entry.imported_at.isoformat(),
        "date_modified": entry.updated_at.isoformat(),
        "tags": [*entry.tags],
        "_rights": {"text": entry.rights},
    }
    if entry.source_address:
        item["external_url"] = entry.source_address
    return item
