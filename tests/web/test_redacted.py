"""Redacted words are gone at once from everything that readers and programs get."""

import gzip
import sqlite3
from dataclasses import replace

import pytest
from django.core.management import call_command

from decisions import dumps, search, stewardship
from decisions.ingest import ingest_all, reanalysis
from decisions.models import AuditEntry, Decision, Provision, Redaction
from decisions.sources import Source
from tests.factories import make_decision
from tests.texts import decision_text
from tests.web.staff import (
    LISTS,
    OWN,
    PATH,
    REFERENCE,
    TRACE,
    content,
    file,
    import_versions,
    naming,
    staff,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def found(words: str) -> int:
    return search.search(search.SearchQuery(words)).total


def test_redacted_words_are_gone_from_everything_and_stay_so(client, settings, tmp_path):
    settings.DUMP_DIR, settings.DUMP_CAPTURES = tmp_path / "dumps", True
    import_versions(1, 2)
    make_decision(paragraphs=("Another bus.",))
    search.catch_up()
    call_command("dump", "--publish")
    before = set(naming(client))
    assert before >= {*OWN, *LISTS} - {f"{PATH}quote/?paragraph=1"}, "these tell nothing"
    assert {"version", "spreadsheet", "MCP search", "MCP read_decision"} <= before
    assert found(TRACE) == 1
    seen = client.get("/api/decisions/")["ETag"]
    decision, anna = Decision.objects.get(reference=REFERENCE), staff("anna")

    with pytest.raises(stewardship.RedactionError, match="“nobody” is not in this decision"):
        stewardship.redact(decision, ["Zanzibar", "nobody"], anna, "identifiable", "")
    assert stewardship.redact(decision, [" zanzibar "], anna, "identifiable", "Row 4") == 3

    assert set(naming(client)) == set()
    assert found(TRACE) == 0
    assert found("bus") == 2
    page = content(client.get(PATH))
    assert "ms quentina [redacted] complains" in page
    assert "redacted by this archive" in page
    assert "reproduced with words taken out" in page
    assert client.get("/api/decisions/90-000-001/").json()["is_redacted"] is True
    assert client.get("/api/decisions/", headers={"If-None-Match": seen}).status_code == 200
    assert dumps.has_lost_decisions(dumps.current())
    call_command("dump", "--publish")
    for path in dumps.current().directory.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        elif path.suffix == ".sqlite":
            data = "\n".join(sqlite3.connect(path).iterdump()).encode()
        assert TRACE.encode() not in data.lower(), path

    # A second phrase, a later file, and other rules.
    decision.refresh_from_db()
    stewardship.redact(decision, ["Quentina"], anna, "identifiable", "")
    assert import_versions(3).startswith("0 created, 1 updated")
    lines = file(4).data.splitlines()  # without a summary, so that of the version before stays
    lines = [line for line in lines if not line.startswith(b"Summary:")]
    ingest_all([replace(file(4), data=b"\n".join(lines))])
    Decision.objects.update(rules_version=0, findings={})
    reanalysis.reanalyse()
    assert set(naming(client)) == set()
    decision = Decision.objects.get(reference=REFERENCE)
    text = str(decision.sections)
    assert "Version 4 for Ms Q [redacted]" in text
    assert "Quentina" not in text
    assert decision.findings

    stewardship.remove_redaction(decision, anna, "A mistake")
    assert set(naming(client)) >= {*OWN, "version"} - {f"{PATH}quote/?paragraph=1"}
    decision = Decision.objects.get(reference=REFERENCE)
    assert "Version 4 for Ms Q Zanzibar" in str(decision.sections)
    assert decision.summary.startswith("Quentina Zanzibar waited 3 days")
    assert not Redaction.objects.exists()
    logged = AuditEntry.objects.order_by("id").values_list("act", "key", "note", "after")
    assert list(logged) == [
        ("redacted", REFERENCE, "Row 4", {"marks": 3}),
        ("redacted", REFERENCE, "", {"marks": 5}),
        ("redaction-removed", REFERENCE, "A mistake", {}),
    ]


OWN_CASE = "R (Zanzibar) v Wexcombe District Council [2020] EWHC 77 (Admin)"
SHARED_CASE = "R (Zanzibar) v Kent County Council [2021] EWHC 88 (Admin)"
NAMED_CASE = "the case of Zanzibar v Devon County Council"


def cases_file(number: int, *cases: str) -> Source:
    paragraphs = tuple(f"We considered {case}." for case in cases)
    outcome = {1: "Not upheld", 2: "Upheld"}[number]
    text = decision_text(f"90 000 {number:03}", outcome=outcome, paragraphs=paragraphs)
    return Source(f"{number}.txt", text.encode())


def test_names_of_cases_have_the_mark(client, tmp_path):
    ingest_all([cases_file(2, SHARED_CASE), cases_file(1, OWN_CASE, SHARED_CASE, NAMED_CASE)])
    laws = {law.key: law.label for law in Provision.objects.all()}
    assert all("Zanzibar" in label for label in laws.values())
    assert len(laws) == 3
    addresses = {law.key: law.get_absolute_url() for law in Provision.objects.all()}
    own, shared, named = (
        next(key for key in laws if word in key) for word in ("77", "88", "zanzibar")
    )
    decision, anna = Decision.objects.get(reference="90 000 001"), staff("anna")
    pages = (
        "/decisions/90-000-001/",
        "/api/decisions/90-000-001/",
        "/decisions/export.csv?outcome=not-upheld",
        addresses[own],
        f"/suggest/?q={TRACE}",
        "/api/provisions/",
    )
    assert all(TRACE in content(client.get(page)) for page in pages[:4])

    def check() -> None:
        assert not Provision.objects.filter(key=named).exists()
        assert Provision.objects.get(key=own).label.startswith("R ([redacted]) v Wexcombe")
        assert Provision.objects.get(key=shared).label == laws[shared]  # the other decision's
        for page in pages[:4]:
            assert TRACE not in content(client.get(page)), page
        assert client.get(addresses[named]).status_code == 404

    stewardship.redact(decision, ["Zanzibar"], anna, "identifiable", "")
    check()
    ingest_all([cases_file(1, "the bus", OWN_CASE, SHARED_CASE, NAMED_CASE)])
    check()
    assert Decision.objects.get(pk=decision.pk).captures.count() == 2

    others = Decision.objects.filter(reference="90 000 002")
    stewardship.withdraw(others, anna, "identifiable", "")
    for page in pages:
        assert TRACE not in content(client.get(page)), page
    assert "[redacted]" in content(client.get(addresses[shared]))
    stewardship.restore(others, anna, "")
    assert Provision.objects.get(key=shared).label == laws[shared]
    stewardship.remove_redaction(decision, anna, "A mistake")
    assert {law.key: law.label for law in Provision.objects.filter(key__in=laws)} == laws

    stewardship.request_erasure(decision, anna, "court", "")
    stewardship.confirm_erasure(decision.erasure_request, staff("ben"), "")
    left = Provision.objects.filter(label__icontains=TRACE).values_list("key", flat=True)
    assert list(left) == [shared]
