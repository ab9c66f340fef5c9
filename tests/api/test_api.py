"""The API says what the website says, page after page; errors are problem details."""

import json
import re
import time
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.http import QueryDict
from django.utils.http import http_date

from decisions import search
from decisions.api import paging, schemas
from decisions.api.openapi import openapi
from decisions.api.views import paragraphs
from decisions.models import Decision
from decisions.web import limits, results, revalidation
from decisions.web.filters import DecisionFilterSet
from tests.factories import begin_next_change, make_decision, make_decisions
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db


def pages(client, address: str) -> list[dict]:
    """All pages from this address on."""
    found = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        found.append(response.json())
        address = found[-1]["next"]
        assert response.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
    return found


def test_pages_say_how_many_there_are_and_where_the_next_is(client):
    """That they hold the list's decisions, tests/exports/test_same_decisions.py shows."""
    make_varied_archive()
    search.catch_up()
    for query in ("q=bus+cold+house&sort=oldest", "outcome=upheld&fields=reference,date"):
        found = pages(client, f"/api/decisions/?{query}")
        rows = [row for page in found for row in page["results"]]
        filterset = DecisionFilterSet(QueryDict(query))
        listed = results.find(filterset.search_query)
        assert len(found) == -(-listed.listed // 20) > 1
        assert {(page["total"], page["closest"]) for page in found} == {
            (len(rows), listed.near_total)
        }
        names = (
            {"reference", "date"}
            if "fields" in query
            else schemas.names_of(schemas.DecisionSummary)
        )
        assert all(row.keys() == set(names) for row in rows)


def test_a_decision_is_whole_and_described(client):
    make_decision("21 019 030", other_references=["21 019 031"])
    make_decision("21 019 032", withdrawn_at="2024-01-01T00:00:00Z")
    whole = client.get("/api/decisions/21-019-030/").json()
    assert list(whole) == list(schemas.names_of(schemas.WholeDecision))
    assert whole["sections"][0]["paragraphs"][0]["text"] == "Mr X complains."
    some = client.get("/api/decisions/21-019-030/?fields=captures,date").json()
    assert some == {"captures": [], "date": "2024-03-05"}
    for spelling in ("21 019 030", "21019030", "21-019-031"):
        moved = client.get(f"/api/decisions/{spelling}/?fields=date")
        assert moved.status_code == 301
        assert moved.headers["Location"] == "/api/decisions/21-019-030/?fields=date"
    assert client.get("/api/decisions/21-019-032/").status_code == 410


def test_an_answer_is_304_without_a_search_until_something_changes(client, monkeypatch):
    decision = make_decision("21 019 030")
    search.catch_up()
    first = client.get("/api/decisions/")
    assert "Last-Modified" not in first.headers  # the archive may change within this second
    later = time.time() + 2
    monkeypatch.setattr(revalidation, "time", SimpleNamespace(time=lambda: later))
    second = client.get("/api/decisions/")
    assert second.headers["ETag"] == first.headers["ETag"]
    validators = [
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": second.headers["Last-Modified"]},
    ]
    with monkeypatch.context() as patched:
        for name in ("find", "batch"):
            patched.setattr(results, name, None)
        for headers in validators:
            assert client.get("/api/decisions/", headers=headers).status_code == 304
        whole = client.get("/api/decisions/21-019-030/")
        headers = {"If-None-Match": whole.headers["ETag"]}
        assert client.get("/api/decisions/21-019-030/", headers=headers).status_code == 304

    begin_next_change()
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at="2024-01-01T00:00:00Z")
    for headers in validators:
        changed = client.get("/api/decisions/", headers=headers)
        assert (changed.status_code, changed.json()["results"]) == (200, [])
        assert "Last-Modified" not in changed.headers  # the index has not heard of it
    search.catch_up()
    for before in (3600, 3500):  # the clock was set back: this version has an earlier date
        set_back = SimpleNamespace(time=lambda: later - before)  # noqa: B023 -- used at once
        monkeypatch.setattr(revalidation, "time", set_back)
        changed = client.get("/api/decisions/", headers=validators[1])
        assert changed.status_code == 200
    assert changed.headers["Last-Modified"] < second.headers["Last-Modified"]
    gone = client.get("/api/decisions/21-019-030/", headers={"If-Modified-Since": http_date()})
    assert gone.status_code == 410


def test_errors_are_problem_details(client, monkeypatch):
    make_decision("21 019 030", withdrawn_at="2024-01-01T00:00:00Z")

    def check(response, status: int, *words: str) -> dict:
        assert response.status_code == status, response.content
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" not in response.headers
        problem = response.json()
        assert problem["status"] == status
        assert all(word in problem["detail"] for word in words), problem
        return problem

    bad = client.get("/api/decisions/?councl=kent&q=a&q=b&page=2")
    errors = check(bad, 400, "councl")["errors"]
    assert [error["parameter"] for error in errors] == ["councl", "q", "page"]
    for query in (
        "council=atlantis",
        "date_from=yesterday",
        "standard=perhaps",
        "fields=nothing",
        "after=zzz",
        "size=7",
        "q=%00",
    ):
        name = query.partition("=")[0]
        (error,) = check(client.get(f"/api/decisions/?{query}"), 400)["errors"]
        assert error["parameter"] == name
    check(client.get("/api/paragraphs/?decision=nine"), 400, "nine")
    check(client.get("/api/paragraphs/?number=0"), 400, "0")
    check(client.get("/api/decisions/21-019-031/"), 404, "21 019 031")
    check(client.get("/api/nowhere/"), 404, "/api/nowhere/")
    check(client.post("/api/decisions/"), 405)
    check(client.get("/api/decisions/", headers={"Accept": "text/html"}), 406)
    check(client.get("/api/decisions/21-019-030/"), 410, "withdrawn")
    no_index = client.get("/api/decisions/?q=bus")
    check(no_index, 503, "index")
    assert no_index.headers["Retry-After"] == "10"

    for error, status in ((OperationalError("x"), 503), (ZeroDivisionError("secret"), 500)):
        monkeypatch.setattr(paragraphs.StandardWording, "among", raiser(error))
        make_decision()
        problem = check(client.get("/api/paragraphs/"), status)
        assert "secret" not in json.dumps(problem)


def raiser(error: Exception):
    def fail(*_args):
        raise error

    return fail


def test_the_limit_counts_a_network_in_all_processes_and_no_304(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.API_REQUESTS_PER_MINUTE = 3
    search.catch_up()
    answers = [client.get("/api/reasons/") for _ in range(2)] + [client.get("/api/decisions/x/")]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    refused = client.get("/api/reasons/")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert refused.json()["title"] == "Too Many Requests"
    headers = {"If-None-Match": answers[0].headers["ETag"]}
    assert client.get("/api/reasons/", headers=headers).status_code == 304
    assert client.get("/api/reasons/", REMOTE_ADDR="192.0.2.7").status_code == 200

    now = [1_000.0]
    one, other = (limits.RequestLimit(tmp_path / "counts", lambda: now[0]) for _ in range(2))
    network = "0123456789abcdef" * 4
    waits = [limit.count(network, 4) for limit in (one, other, one, other, one, other)]
    assert waits == [0, 0, 0, 0, 15, 15]
    now[0] += 15
    assert [one.count(network, 4), one.count(network, 4)] == [0, 15]
    now[0] -= 500  # the clock was put back
    assert one.count(network, 4) == 0


def test_scripts_of_other_sites_may_read_and_nobody_is_known(client):
    answer = client.get("/api/reasons/", headers={"Origin": "https://other.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies
    assert "Cookie" not in answer.headers["Vary"]
    preflight = client.options("/api/decisions/")
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    head = client.head("/api/reasons/")
    assert (head.status_code, head.content) == (200, b"")


def test_paragraphs_go_through_all_decisions_in_pieces(client, monkeypatch):
    standard = "We investigate complaints about councils and certain other bodies."
    rows = [{"paragraphs": (f"Number {n}.", standard, f"Last {n}.")} for n in range(12)]
    make_decisions(rows)
    make_decision("21 019 030", paragraphs=("A bus.", "A taxi."))
    make_decision(withdrawn_at="2024-01-01T00:00:00Z", paragraphs=("Gone.",))
    monkeypatch.setattr(paging, "SIZE", 4)
    monkeypatch.setattr(paragraphs, "CHUNK", 3)
    monkeypatch.setattr(paragraphs, "MAX_DECISIONS", 6)
    every = [row for page in pages(client, "/api/paragraphs/") for row in page["results"]]
    assert [row["text"] for row in every] == [
        *(text for row in rows for text in row["paragraphs"]),
        "A bus.",
        "A taxi.",
    ]
    assert every[0].keys() == set(schemas.names_of(schemas.Paragraph))
    third = pages(client, "/api/paragraphs/?number=3")
    assert [row["text"] for page in third for row in page["results"]] == [
        f"Last {n}." for n in range(12)
    ]
    assert not [
        row for page in pages(client, "/api/paragraphs/?number=9") for row in page["results"]
    ]
    (one,) = pages(client, "/api/paragraphs/?decision=21019030&number=2&standard=false")
    (row,) = one["results"]
    assert (row["text"], row["is_standard"]) == ("A taxi.", False)
    assert row["address"] == "http://testserver/decisions/21-019-030/#para-2"


@pytest.mark.slow
def test_lists_to_browse_count_what_their_filters_find(client, monkeypatch):
    make_varied_archive()
    search.catch_up()
    monkeypatch.setattr(paging, "SIZE", 2)
    totals = {}
    for name in ("councils", "categories", "reasons", "provisions"):
        rows = [row for page in pages(client, f"/api/{name}/") for row in page["results"]]
        for row in rows:
            found = client.get(row["decisions"]).json()["total"]
            assert found == row["count"], row
        totals[name] = sum(row["count"] for row in rows)
        assert len({row["address"] for row in rows}) == len(rows)
    facets = client.get("/api/facets/").json()["facets"]
    for name, facet in (("councils", "council"), ("categories", "category")):
        counted = {option["value"]: option["count"] for option in facets[facet]}
        counted.pop("not-stated", None)
        assert totals[name] == sum(counted.values()) > 0


def test_the_page_has_a_form_for_every_address(client):
    page = BeautifulSoup(client.get("/api/").content, "lxml")
    forms = page.select(".api-form")
    operations = [entry["get"] for entry in openapi()["paths"].values() if "get" in entry]
    assert len(forms) == len(operations) == 8
    for form, operation in zip(forms, operations, strict=True):
        names = [field["name"] for field in form.select("input, select")]
        assert names == [parameter["name"] for parameter in operation["parameters"]]
        assert page.find(id=operation["operationId"]).text == operation["summary"]
    search_form = {field["name"] for field in forms[0].select("input, select")}
    assert search_form == {*DecisionFilterSet.base_filters, "after", "fields"} - {"page"}
    assert not re.search(r"<script(?![^>]* src=)|style=|onclick", str(page.main))
    moved = client.get("/api/?reference=21 019 030&fields=")
    assert moved.headers["Location"] == "/api/decisions/21%20019%20030/"
