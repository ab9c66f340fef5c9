"""A decision as a row and as JSON says what its page says, with the anchors of the page."""

import datetime
import json
from decimal import Decimal

import pytest

from decisions import serializers
from decisions.ingest import ingest_all
from decisions.models import Decision
from decisions.sources import Source
from tests.factories import Item, Paragraph, Section, make_decision
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

SITE = "https://archive.example"


def imported() -> Decision:
    """A decision with two remedies and a citation, as ingest writes it."""
    text = decision_text("21 019 030", paragraphs=("Mr X complains about the bus.",))
    sections = {
        "The Ombudsman’s role and powers": (
            "We investigate complaints. (Local Government Act 1974, section 26(1))"
        ),
        "Agreed action": (
            "The Council has agreed to apologise to Mr X and to pay him £250 for his distress."
        ),
    }
    body = "".join(f"{name}\n\n  1. {words}\n\nBack to top\n\n" for name, words in sections.items())
    text = text.replace("Final decision", f"{body}Final decision", 1)
    report = ingest_all([Source("21-019-030.txt", text.encode())])
    assert not report.failures
    return Decision.objects.for_documents().get()


def test_json_names_findings_with_the_words_they_rest_on(client):
    decision = imported()
    document = serializers.decision_json(decision, SITE)
    assert json.loads(json.dumps(document)) == document
    assert document["address"] == f"{SITE}/decisions/21-019-030/"
    assert document["licence"].startswith("© Commission for Local Administration")
    assert document["payment_pence"] == 25_000
    findings = document["findings"]
    words = [remedy["evidence"]["words"] for remedy in findings["remedies"]]
    assert any("apologise" in found for found in words)
    (citation,) = findings["citations"]
    assert "26(1)" in citation["evidence"]["words"]
    assert citation["evidence"]["address"] == f"{SITE}/decisions/21-019-030/#para-2"
    (capture,) = document["captures"]
    assert len(capture["sha256"]) == 64
    page = client.get(decision.get_absolute_url()).content.decode()
    for section in document["sections"]:
        for paragraph in section["paragraphs"]:
            assert f'id="{paragraph["id"]}"' in page


def test_items_have_the_ids_of_the_page_and_unnumbered_text_has_none(client):
    items = (Item("a", "First", (Item("i", "Inner"),)), Item(None, "A bullet", (Item("b", "In"),)))
    paragraphs = (Paragraph(3, "Numbered:", items), Paragraph(None, "Free text"))
    decision = make_decision(sections=(Section("What I found", 1, paragraphs),))
    (section,) = serializers.decision_json(decision, "")["sections"]
    assert (section["id"], section["part"]) == ("section-1", "assessment")
    numbered, free = section["paragraphs"]
    lettered, bullet = numbered["items"]
    assert (numbered["id"], lettered["id"], free["id"]) == ("para-3", "para-3-a", None)
    assert lettered["items"][0]["id"] == "para-3-a-i"
    assert (bullet["id"], bullet["items"][0]["id"]) == (None, None)
    page = client.get(decision.get_absolute_url()).content.decode()
    assert 'id="para-3-a-i"' in page


def test_a_row_has_one_cell_for_each_column_and_leaves_the_unknown_empty():
    full = imported()
    bare = make_decision(
        council=None, category=None, outcome=None, decided_on=None, summary=None, is_sample=True
    )
    decisions = Decision.objects.for_export().by_ids([full.pk, bare.pk])
    first, second = serializers.decision_rows(decisions, SITE)
    assert first.date == datetime.date(2024, 3, 5)
    assert first.payment_pounds == Decimal("250.00")
    assert dict(zip(serializers.COLUMNS, first.cells(), strict=True))["remedies"] == (
        "Apology; Payment"
    )
    assert first.provisions[0].startswith("Local Government Act 1974")
    assert second.address == f"{SITE}/decisions/{bare.slug}/"
    assert second.sample == serializers.SAMPLE_NOTICE
    assert [cell for cell in second.cells() if cell] == [
        second.reference, second.address, second.sample,
    ]  # fmt: skip


def test_a_withdrawn_decision_is_without_its_text():
    make_decision(withdrawn_at="2024-01-01T00:00:00Z", summary="Secret words")
    decision = Decision.objects.for_documents().get()
    document = serializers.decision_json(decision, SITE)
    assert set(document) == {"reference", "address", "withdrawn_at"}
