"""A page of a feed as Atom (RFC 4287), with the links of paged feeds (RFC 5005, section 3)."""

import datetime
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from decisions.feeds.page import FeedPage

MEDIA_TYPE = "application/atom+xml"


class _PagedFeed(Atom1Feed):
    """Django's Atom feed with the links to other pages, and a date that needs no clock."""

    def __init__(self, page: FeedPage) -> None:
        super().__init__(
            title=page.title,
            link=page.list_address,
            description="",
            language="en-GB",
            author_name=page.author,
            feed_url=page.address,
            feed_guid=page.id,
        )
        self._page = page

    def add_root_elements(self, handler: Any) -> None:
        """Add what leads to the first and to the next page."""
        super().add_root_elements(handler)
        links = {"first": self._page.first, "next": self._page.following}
        for relation, address in links.items():
            if address:
                handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def latest_post_date(self) -> datetime.datetime:
        """When the last of the entries was changed."""
        return self._page.updated_at


def atom(page: FeedPage) -> str:
    """The page as XML."""
    feed = _PagedFeed(page)
    for entry in page.entries:
        feed.add_item(
            title=entry.title,
            link=entry.address,
            description=escape(entry.text),  # Django marks it as HTML
            unique_id=entry.id,
            pubdate=entry.imported_at,
            updateddate=entry.updated_at,
            categories=entry.tags,
            item_copyright=entry.rights,
        )
    return feed.writeString("utf-8")
