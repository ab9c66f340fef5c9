"""`POST /api/check/`: the verdicts as OpenAPI describes them, and what is refused."""

import pytest

from decisions import search
from decisions.api.openapi import openapi
from decisions.serializers import LICENCE
from decisions.web import quotation_checks
from tests.factories import make_decision

pytestmark = pytest.mark.django_db


def send(client, content: object, **options):
    return client.post("/api/check/", content, content_type="application/json", **options)


def test_a_text_is_checked_and_the_answer_is_as_described(client):
    make_decision("21 019 030", paragraphs=("The school bus was late.",))
    search.catch_up()
    text = "“The school bus was late” (21 019 030). “The school \ud83d bus was early” (21019030)."
    answer = send(client, {"text": text})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    exact, differs = answer.json()["quotations"]
    assert (exact["status"], differs["status"]) == ("exact", "differs")
    assert exact["places"][0]["address"] == "http://testserver/decisions/21-019-030/#para-1"
    assert answer.json()["licence"] == LICENCE
    described = openapi()["components"]["schemas"]
    for name, value in (
        ("CheckedQuotation", exact),
        ("QuotedPlace", exact["places"][0]),
        ("QuotationSegment", differs["segments"][0]),
        ("QuotationDifference", differs["differences"][0]),
    ):
        assert list(described[name]["properties"]) == list(value)


def test_what_is_refused_is_a_problem_with_its_reason(client, monkeypatch):
    refused = [
        (send(client, "no JSON"), 400, "JSON parse error"),
        (send(client, []), 400, "Send a JSON object"),
        (send(client, {"text": 5}), 400, "Send a JSON object"),
        (send(client, {"text": "x" * 100_001}), 400, "The text has 100,001 characters."),
        (client.post("/api/check/", {"text": "x"}), 415, "Unsupported media type"),
        (client.get("/api/check/"), 405, "not allowed"),
    ]
    monkeypatch.setattr(quotation_checks, "MAX_CHECKS", 0)
    refused.append((send(client, {"text": "“a b c”"}), 429, "texts checked within 60 minutes"))
    for answer, status, says in refused:
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert says in answer.json()["detail"]
    assert refused[-2][0].headers["Allow"] == "POST, OPTIONS"
    assert int(refused[-1][0].headers["Retry-After"]) > 3000
    preflight = client.options("/api/check/").headers
    assert preflight["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert "Content-Type" in preflight["Access-Control-Allow-Headers"]
