"""Feeds hold the decisions of a search, to the first one; they are valid, and cheap to ask for."""

import json
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from decisions import search
from decisions.feeds import views
from decisions.models import Decision
from tests.factories import begin_next_change, make_decision
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db

ATOM = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def pages_of(client, address: str, kind: str) -> list:
    """All pages of a feed, as feedparser or JSON reads them; each is checked to be valid."""
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        if kind == "atom":
            ATOM.assertValid(etree.fromstring(response.content))
            page = feedparser.parse(response.content)
            assert not page.bozo
            links = {link.rel: link.href for link in page.feed.links}
            assert client.get(links["self"]).content == response.content
            address = links.get("next")
        else:
            page = json.loads(response.content)
            check_json_feed(page)
            address = page.get("next_url")
        pages.append(page)
    return pages


def check_json_feed(page: dict) -> None:
    assert page["version"] == "https://jsonfeed.org/version/1.1"
    assert page["title"]
    assert page["authors"] == [{"name": "Ombudsman Decisions"}]
    for item in page["items"]:
        assert isinstance(item["id"], str)
        assert item["url"].startswith("http://testserver/decisions/")
        assert item["content_text"]
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert item["date_published"] <= item["date_modified"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("filters", "pages"),
    [("", ""), ("q=bus&council=ashmere-council", "&sort=oldest&size=100")],
)
def test_pages_lead_to_the_first_decision_in_the_order_of_their_import(
    client, monkeypatch, filters, pages
):
    make_varied_archive()
    make_decision("90 000 001", summary="A bell \x07 & <b>a whistle</b>", decided_on=None)
    search.catch_up()
    monkeypatch.setattr(views, "SIZE", 17)
    atom = pages_of(client, f"/decisions/feed.atom?{filters}{pages}", "atom")
    json_feed = pages_of(client, f"/decisions/feed.json?{filters}{pages}", "json")
    entries = [entry for page in atom for entry in page.entries]
    items = [item for page in json_feed for item in page["items"]]
    assert [entry.id for entry in entries] == [item["id"] for item in items]

    found = {row["reference"] for row in api_results(client, filters)}
    by_import = Decision.objects.filter(reference__in=found).order_by("-pk")
    assert [item["id"] for item in items] == [
        f"tag:testserver,2026:decision/{decision.slug}" for decision in by_import
    ]
    if not filters:
        text = "Upheld, date not stated. A bell   & <b>a whistle</b>"
        assert items[0]["content_text"] == text
        assert BeautifulSoup(entries[0].summary, "lxml").text == text


def api_results(client, filters: str) -> list[dict]:
    results = []
    address = f"/api/decisions/?{filters}"
    while address:
        page = client.get(address).json()
        results += page["results"]
        address = page["next"]
    assert len(results) == page["total"]
    return results


def test_closest_matches_are_on_the_page_and_not_in_the_feed(client):
    make_decision("90 000 001", paragraphs=("The heron and the osprey.",))
    make_decision("90 000 002", paragraphs=("The heron.",))
    search.catch_up()
    (page,) = pages_of(client, "/decisions/feed.json?q=heron+osprey", "json")
    assert [item["url"] for item in page["items"]] == ["http://testserver/decisions/90-000-001/"]
    assert client.get("/api/decisions/?q=heron+osprey").json()["closest"] == 1


def test_who_asks_again_gets_304_without_a_search_until_something_changes(client, monkeypatch):
    decision = make_decision(paragraphs=("The bus was late.",))
    search.catch_up()
    asked = {"path": "/decisions/feed.atom", "data": {"q": "bus"}}
    first = client.get(**asked)
    etag = {"If-None-Match": first.headers["ETag"]}
    with monkeypatch.context() as patched:
        for name in ("execute", "batch"):
            patched.setattr(search, name, None)
        again = client.get(**asked, headers=etag)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert not first.cookies
        assert not again.cookies

    begin_next_change()
    # Withdrawn: gone at once, though the index has it still.
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at="2024-01-01T00:00:00Z")
    gone = client.get(**asked, headers=etag)
    assert gone.status_code == 200
    assert feedparser.parse(gone.content).entries == []
    assert etree.fromstring(gone.content).findtext("{*}updated").startswith("1970-01-01")


def test_a_feed_of_what_the_archive_does_not_know_is_an_error(client):
    make_decision()
    unknown = client.get("/decisions/feed.atom?council=atlantis")
    assert (unknown.status_code, "atlantis" in unknown.content.decode()) == (400, True)
    without_index = client.get("/decisions/feed.json?q=bus")
    assert (without_index.status_code, without_index.headers["Retry-After"]) == (503, "60")
    assert client.get("/decisions/feed.json").status_code == 200
    search.catch_up()
    assert client.get("/decisions/feed.json?after=nowhere").status_code == 400


def test_pages_name_their_feeds(client):
    decision = make_decision(reasons=["late"], paragraphs=("The bus was late.",))
    search.catch_up()
    council, category = decision.council, decision.category
    pages = {
        "/decisions/?q=bus&outcome=upheld&sort=oldest&page=1": "q=bus&outcome=upheld",
        council.get_absolute_url(): f"council={council.slug}",
        category.get_absolute_url(): "category=education/school-transport",
        "/reasons/late/": "reason=late",
    }
    for page, query in pages.items():
        soup = BeautifulSoup(client.get(page).content, "lxml")
        links = soup.select("head link[rel=alternate]")
        assert {link["type"]: link["href"] for link in links} == {
            "application/atom+xml": f"/decisions/feed.atom?{query}",
            "application/feed+json": f"/decisions/feed.json?{query}",
        }
        assert all(client.get(link["href"]).status_code == 200 for link in links)
