"""One page of a feed: what both formats say of a search and of each decision."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from django.conf import settings

from decisions.models import Decision
from decisions.search import PAGE_SIZE, SearchQuery
from decisions.serializers import licence_note
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.active_filters import active_filters
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.querystring import feed_url, search_url
from decisions.web.text_format import day, filters_in_words

# The year in the ids of feeds and entries: part of a tag's name, which never changes (RFC 4151).
_TAG_YEAR = 2026

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# When a feed without entries was last updated: Atom requires a date.
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Entry:
    """One decision. `imported_at` is when the archive received it first."""

    id: str
    address: str
    source_address: str | None
    title: str
    text: str
    imported_at: datetime.datetime
    updated_at: datetime.datetime
    tags: tuple[str, ...]
    rights: str


@dataclass(frozen=True)
class FeedPage:
    """One page; `following` is the address of the next one, None for the last."""

    id: str
    title: str
    address: str
    list_address: str
    first: str
    following: str | None
    entries: list[Entry]
    author: str

    @property
    def updated_at(self) -> datetime.datetime:
        """When the last of its entries was changed."""
        return max((entry.updated_at for entry in self.entries), default=_NEVER)


def feed_page(
    kind: str,
    search_query: SearchQuery,
    decisions: Iterable[Decision],
    site: str,
    labels: FacetLabels,
    *,
    after: str,
    following: str | None,
) -> FeedPage:
    """The page of the feed `kind` ("atom" or "json") that begins behind the cursor `after`.

    `site` is scheme and host; `following` is the cursor of the next page.
    """
    first = feed_url(kind, search_query)
    separator = "&" if "?" in first else "?"

    def address(cursor: str) -> str:
        return f"{site}{first}{separator}after={quote(cursor)}" if cursor else site + first

    parameters = urlsplit(first).query
    return FeedPage(
        id=_tag(site, f"decisions?{parameters}" if parameters else "decisions"),
        title=_title(search_query, labels),
        address=address(after),
        list_address=site + search_url(replace(search_query, sort="relevance", size=PAGE_SIZE)),
        first=address(""),
        following=address(following) if following else None,
        entries=[_entry(decision, site) for decision in decisions],
        author=settings.OPERATOR or settings.ARCHIVE_NAME,
    )


def _entry(decision: Decision, site: str) -> Entry:
    outcome, category = decision.outcome, decision.category
    names = [outcome and outcome.name, category and str(category), decision.council]
    stated = outcome.name if outcome else "Outcome not stated"
    decided = day(decision.decided_on) if decision.decided_on else "date not stated"
    sample = "Invented sample. " if decision.is_sample else ""
    return Entry(
        id=_tag(site, f"decision/{decision.slug}"),
        address=site + decision.get_absolute_url(),
        source_address=decision.source_url,
        title=_plain(sample + DecisionTitle(decision).with_reference),
        text=_plain(f"{stated}, {decided}. {decision.summary or 'No summary is stated.'}"),
        imported_at=decision.created_at,
        updated_at=decision.updated_at,
        tags=tuple(_plain(str(name)) for name in names if name),
        rights=licence_note(decision),
    )


def _title(search_query: SearchQuery, labels: FacetLabels) -> str:
    """`Ombudsman Decisions: school bus: Kent County Council, Upheld`."""
    filters = [entry.label for entry in active_filters(search_query, labels)]
    parts = [settings.ARCHIVE_NAME, search_query.text.strip(), filters_in_words(filters)]
    return _plain(": ".join(part for part in parts if part))


def _tag(site: str, name: str) -> str:
    """A tag URI: the same for this name for ever, on whatever page or port it is read."""
    return f"tag:{urlsplit(site).hostname},{_TAG_YEAR}:{name}"


def _plain(text: str) -> str:
    """Without the control characters that XML does not allow."""
    return _NOT_IN_XML.sub(" ", text)
