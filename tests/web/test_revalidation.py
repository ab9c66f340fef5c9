"""ETag, 304 and Cache-Control of every kind of answer."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.template import Template
from django.utils import timezone

from decisions import search
from decisions.models import Decision
from tests.factories import begin_next_change, make_decision

pytestmark = pytest.mark.django_db

DECISION = "/decisions/90-000-001/"
# One of each kind that can be asked for again, and whether a proxy may keep it for all readers.
KEPT = {
    "/": True,
    "/decisions/": True,
    "/decisions/?q=bus&council=kent": True,
    "/decisions/options/?filter=council": True,
    "/decisions/charts/": True,
    "/decisions/charts.csv?table=years": True,
    DECISION: True,
    f"{DECISION}?q=bus": True,
    f"{DECISION}quote/": True,
    f"{DECISION}history/": True,
    "/decisions/90-000-001.txt": True,
    "/decisions/90-000-001.json": True,
    "/decisions/90-000-001.xml": True,
    "/decisions/export.csv": False,
    "/decisions/export.xlsx": False,
    "/decisions/feed.atom": True,
    "/decisions/feed.json": True,
    "/api/": True,
    "/api/schema/": True,
    "/api/decisions/": True,
    "/api/decisions/90-000-001/": True,
    "/api/facets/": True,
    "/councils/": True,
    "/councils/kent/": True,
    "/categories/": True,
    "/categories/education/": True,
    "/reasons/": True,
    "/reasons/late/": True,
    "/laws/": True,
    "/can-i-complain/": True,
    "/about/": True,
    "/help/": True,
    "/robots.txt": True,
    "/sitemap.xml": True,
    "/sitemap-decisions-0.xml": True,
    "/oembed/?url=http://testserver/decisions/90-000-001/": True,
}
# Answers of the same views that have nothing to show; a proxy may keep these too.
NOTHING = ("/decisions/90-000-009/", "/decisions/90000001/", "/councils/none/")
# Answers that depend on something else, and how each is kept.
OTHERS = {
    "/data/": {"no-cache"},
    "/suggest/?q=kent": {"no-cache"},
    "/check/": {"private", "no-store"},
    f"/report-a-mistake/?decision={DECISION}": {"private", "no-cache"},
    "/alerts/new/": {"private", "no-cache"},
    "/alerts/x/": {"private", "no-store"},
    "/decisions/export.csv?council=none": {"no-cache"},
    "/nothing/": {"no-cache"},
}


def rules(response) -> set[str]:
    return set(response["Cache-Control"].split(", "))


@pytest.fixture(autouse=True)
def decision(settings):
    settings.SEARCH_ENGINES_MAY_INDEX = True
    decision = make_decision("90 000 001", council="Kent", paragraphs=("The bus was late.",))
    search.catch_up()
    return decision


@pytest.mark.slow
def test_what_has_not_changed_is_304_by_one_query_and_no_template(
    client, decision, monkeypatch, django_assert_max_num_queries
):
    def get(address, **headers):
        response = client.get(address, headers=headers)
        if response.streaming:
            b"".join(response.streaming_content)  # which ends the export
        return response

    seen = {address: get(address) for address in KEPT}
    for address, first in seen.items():
        assert first.status_code == 200, address
        assert rules(first) == {"no-cache"}, address
        assert ("Archive-Version" in first.headers) == KEPT[address], address
        assert first["ETag"].startswith('W/"'), address
        assert not first.cookies, address
    assert len({first["ETag"] for first in seen.values()}) == len(KEPT)
    with monkeypatch.context() as patched:
        patched.setattr(Template, "render", None)
        for address, first in seen.items():
            with django_assert_max_num_queries(1):
                again = get(address, if_none_match=first["ETag"])
            assert (again.status_code, again.content) == (304, b""), address
            assert again["ETag"] == first["ETag"], address
            assert rules(again) == {"no-cache"}, address

    begin_next_change()
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at="2024-01-01T00:00:00Z")
    for address, first in seen.items():
        assert get(address, if_none_match=first["ETag"]).status_code != 304, address
    gone = get(DECISION)
    assert (gone.status_code, rules(gone)) == (410, {"no-cache"})
    assert "ETag" not in gone.headers
    assert gone["Archive-Version"] != seen[DECISION]["Archive-Version"]


def test_other_answers_say_how_they_may_be_kept(client):
    for address, expected in OTHERS.items():
        response = client.get(address)
        assert rules(response) == expected, address
        assert "Archive-Version" not in response.headers, address
    for address in NOTHING:
        response = client.get(address)
        assert response.status_code in (301, 404), address
        assert rules(response) == {"no-cache"}, address
        assert "ETag" not in response.headers, address
        assert "Archive-Version" in response.headers, address


def test_nothing_is_kept_for_who_has_signed_in(client, settings):
    etag = client.get(DECISION)["ETag"]
    client.force_login(User.objects.create_superuser("staff"))
    for address in (DECISION, "/api/decisions/", "/admin/", "/decisions/90-000-009/"):
        response = client.get(address, headers={"If-None-Match": etag})
        assert response.status_code != 304, address
        assert rules(response) >= {"private", "no-store"}, address
        assert {"ETag", "Archive-Version"}.isdisjoint(response.headers), address
    client.logout()
    assert "no-store" in client.get("/admin/login/")["Cache-Control"]  # it sets a cookie


def test_an_answer_to_htmx_does_not_pass_for_a_page(client):
    """Not for that of another page either: the answer says whether the address bar changes."""
    page = client.get("/decisions/")
    assert "HX-Request" in page["Vary"]
    part = client.get("/decisions/", headers={"HX-Request": "true", "HX-Current-URL": "/a"})
    assert "Archive-Version" not in part.headers
    assert "HX-Current-URL" in part["Vary"]
    other = client.get("/decisions/", headers={"HX-Request": "true", "HX-Current-URL": "/b"})
    assert len({page["ETag"], part["ETag"], other["ETag"]}) == 3


def test_an_export_is_another_one_tomorrow(client, monkeypatch):
    """Its name has the date."""
    today = client.head("/decisions/export.csv")
    assert client.head("/decisions/export.csv")["ETag"] == today["ETag"]
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2031, 1, 1))
    assert client.head("/decisions/export.csv")["ETag"] != today["ETag"]


def test_compression_keeps_the_etag_and_varies(client):
    response = client.get(DECISION, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert response["ETag"] == client.get(DECISION)["ETag"]
