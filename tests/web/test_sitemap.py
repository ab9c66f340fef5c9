"""The sitemap, and when there is one."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import search
from decisions.models import Decision, Provision
from decisions.web.views import sitemap
from tests.factories import make_decision

pytestmark = pytest.mark.django_db

SITE = "https://decisions.example.org"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    settings.SEARCH_ENGINES_MAY_INDEX = True


@pytest.fixture
def archive():
    Provision.objects.create(key="care-act-2014", label="Care Act 2014", short="Care Act")
    Provision.objects.create(key="gone-act-2014", label="Gone Act 2014", short="Gone Act")
    make_decision(
        "95 000 001",
        council="Kent County Council",
        outcome="Closed after initial enquiries",
        reasons=["late"],
        provisions=["care-act-2014"],
    )
    make_decision("95 000 002", council=None, category=None)
    make_decision(
        "95 000 005",
        council="Gone Council",
        category=("Gone", "Gone too"),
        provisions=["gone-act-2014"],
        withdrawn_at="2024-01-01T00:00:00Z",
    )
    search.catch_up()


@pytest.fixture
def read(client):
    def read(address: str) -> BeautifulSoup:
        response = client.get(address.removeprefix(SITE))
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        assert response["X-Robots-Tag"] == "noindex, follow"
        return BeautifulSoup(response.getvalue(), "xml")

    return read


def addresses(part: BeautifulSoup) -> list[str]:
    return [str(loc.string) for loc in part.select("loc")]


def all_addresses(read) -> list[str]:
    index = read("/sitemap.xml")
    assert index.find("sitemapindex")["xmlns"] == "http://www.sitemaps.org/schemas/sitemap/0.9"
    return [address for part in addresses(index) for address in addresses(read(part))]


@pytest.mark.slow
def test_every_page_to_be_listed_is_in_the_sitemap_and_can_be_listed(client, read, archive):
    listed = all_addresses(read)
    assert sorted(address.removeprefix(SITE) for address in listed) == [
        "/",
        "/about/",
        "/api/",
        "/can-i-complain/",
        "/categories/",
        "/categories/education/",
        "/categories/education/school-transport/",
        "/check/",
        "/councils/",
        "/councils/kent-county-council/",
        "/data/",
        "/decisions/",
        "/decisions/95-000-001/",
        "/decisions/95-000-002/",
        "/examples/",
        "/glossary/",
        "/help/",
        "/laws/",
        "/laws/care-act-2014/",
        "/reasons/",
        "/reasons/late/",
    ]
    for address in listed:
        response = client.get(address.removeprefix(SITE))
        assert (response.status_code, response.headers.get("X-Robots-Tag")) == (200, None)
        canonical = BeautifulSoup(response.content, "lxml").select_one("link[rel=canonical]")
        assert canonical["href"] == address


def test_the_sitemap_says_when_a_decision_changed(read, archive):
    changed = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
    Decision.objects.filter(reference="95 000 001").update(updated_at=changed)
    Decision.objects.filter(reference="95 000 002").update(
        updated_at=changed - datetime.timedelta(days=1)
    )
    [_, part] = read("/sitemap.xml").select("sitemap")
    assert datetime.datetime.fromisoformat(part.lastmod.string) == changed
    dates = {url.loc.string: url.lastmod.string for url in read(part.loc.string).select("url")}
    assert datetime.datetime.fromisoformat(dates[f"{SITE}/decisions/95-000-001/"]) == changed
    # When a page of counts and lists last changed is not known.
    assert read("/sitemap-pages.xml").select("lastmod") == []


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_decision_leaves_the_sitemap(read, archive):
    Decision.objects.filter(reference="95 000 001").update(withdrawn_at="2024-01-01T00:00:00Z")
    search.catch_up()
    listed = " ".join(all_addresses(read))
    assert "95-000-002" in listed
    for gone in ("95-000-001", "95-000-005", "kent", "gone", "education", "care-act", "late"):
        assert gone not in listed


def test_decisions_are_split_into_parts_and_read_in_chunks(read, client, monkeypatch):
    for number in range(25):
        make_decision(
            f"91 000 {number:03}", withdrawn_at="2024-01-01T00:00Z" if number == 7 else None
        )
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 10)
    monkeypatch.setattr(sitemap, "CHUNK_SIZE", 4)
    parts = [address for address in addresses(read("/sitemap.xml")) if "decisions-" in address]
    lists = [addresses(read(part)) for part in parts]
    assert all(1 <= len(part) <= 10 for part in lists)
    listed = [address for part in lists for address in part]
    assert len(listed) == len(set(listed)) == 24
    with CaptureQueriesContext(connection) as queries:
        client.get(parts[1].removeprefix(SITE)).getvalue()
    assert any("LIMIT 4" in query["sql"] for query in queries)


def test_laws_are_omitted_while_the_index_is_unavailable(read, archive, index_dir, monkeypatch):
    monkeypatch.setattr(search, "search", lambda search_query: None)
    listed = addresses(read("/sitemap-pages.xml"))
    assert f"{SITE}/councils/kent-county-council/" in listed
    assert f"{SITE}/laws/care-act-2014/" not in listed


@pytest.mark.parametrize("part", ["2000", "99999999999999999999999"])
def test_a_part_without_decisions_is_not_found(client, archive, part):
    assert client.get(f"/sitemap-decisions-{part}.xml").status_code == 404


def test_the_sitemap_of_an_empty_archive(read):
    assert addresses(read("/sitemap.xml")) == [f"{SITE}/sitemap-pages.xml"]
    assert f"{SITE}/" in addresses(read("/sitemap-pages.xml"))


def test_there_is_no_sitemap_without_indexing(client, settings, archive):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").text.splitlines()
    part = Decision.objects.get(reference="95 000 001").pk // sitemap.MAX_ADDRESSES
    settings.SEARCH_ENGINES_MAY_INDEX = False
    assert "Sitemap" not in client.get("/robots.txt").text
    for address in ("/sitemap.xml", "/sitemap-pages.xml", f"/sitemap-decisions-{part}.xml"):
        assert client.get(address).status_code == 404
