"""`manage.py verify`: every decision is what its received files state, or is named."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from decisions import stewardship
from decisions.ingest import ingest_all
from decisions.ingest.verification import verify_decisions
from decisions.models import Capture, Council, Decision
from decisions.sources import Source
from tests.factories import make_decision, make_outcome
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "21 700 001", "21 700 002", "21 700 003"


@pytest.fixture
def archive() -> None:
    """Three decisions; the newest file of the second states neither its outcome nor its date."""
    files = [
        decision_text(FIRST),
        decision_text(SECOND, council="Ambleforth City Council"),
        decision_text(SECOND, council="Ambleforth City Council", outcome=None, date=None),
        decision_text(THIRD, paragraphs=("Ms Y complains.", "We found fault.")),
    ]
    report = ingest_all(Source(f"{number}.txt", text.encode()) for number, text in enumerate(files))
    assert report.counts.total() == 4
    assert not report.failures


def tampered_paragraph() -> None:
    decision = Decision.objects.get(reference=THIRD)
    decision.sections[0]["paragraphs"][1]["text"] = "We found no fault."
    decision.save()


# What somebody changes behind the archive's back, and what is said of it.
CHANGES = {
    "a paragraph": (tampered_paragraph, f"{THIRD}: its file says otherwise: text"),
    "a summary": (
        lambda: Decision.objects.filter(reference=FIRST).update(summary="It did well."),
        f"{FIRST}: its file says otherwise: summary",
    ),
    "findings and a council": (
        lambda: Decision.objects.filter(reference=FIRST).update(
            payment=50, council=Council.objects.exclude(decision__reference=FIRST).get()
        ),
        f"{FIRST}: its file says otherwise: council, findings",
    ),
    "a value of an earlier file": (
        lambda: Decision.objects.filter(reference=SECOND).update(
            outcome=make_outcome("Not upheld")
        ),
        f"{SECOND}: its file says otherwise: outcome",
    ),
    "a capture's decision": (
        lambda: Capture.objects.filter(decision__reference=FIRST).update(
            decision=Decision.objects.get(reference=THIRD), captured_at="2100-01-01T00:00Z"
        ),
        f"{FIRST}: there is no received file of it\n{THIRD}: its file is that of {FIRST} now",
    ),
    "a decision from nowhere": (
        lambda: make_decision("21 700 009"),
        "21 700 009: there is no received file of it",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_files_do_not_state_is_named(archive: None, change: str):
    tamper, said = CHANGES[change]
    assert list(verify_decisions()) == []
    councils = Council.objects.count()
    tamper()
    assert "\n".join(map(str, verify_decisions())) == said
    assert Council.objects.count() == councils or change == "a decision from nowhere"


def test_the_bytes_of_every_capture_are_checked(archive: None, capsys):
    call_command("verify")
    assert capsys.readouterr().out == (
        "All 3 decisions are what their received files state.\n"
        "The log of received files is whole: 4 entries, 0 stamps.\n"
    )
    older = Capture.objects.filter(decision__reference=SECOND).last()
    damaged = bytearray(older.content)
    damaged[-2] ^= 4
    Capture.objects.filter(pk=older.pk).update(content=bytes(damaged))
    Capture.objects.filter(decision__reference=FIRST).update(content=b"\x00")
    with pytest.raises(CommandError, match=r"3 differences were found\."):
        call_command("verify")
    said = capsys.readouterr().err
    assert f"{SECOND}: the received file {older.sha256} has other bytes than its hash says" in said
    assert f"{FIRST}: its file cannot be read again" in said


@pytest.mark.slow
@pytest.mark.processes
def test_lawful_changes_are_no_differences(archive: None):
    council = Decision.objects.get(reference=FIRST).council
    council.name = "Wexcombe City Council"
    council.rename()
    council.merge_into(Decision.objects.get(reference=SECOND).council)
    staff = User.objects.create_superuser("staff")
    first, second, third = Decision.objects.order_by("pk")
    stewardship.correct(first, {"decided_on": datetime.date(2020, 1, 1)}, staff, "")
    stewardship.correct(second, {"outcome": make_outcome("Not upheld")}, staff, "")
    stewardship.redact(third, ["Ms Y"], staff, "identifiable", "")
    assert list(verify_decisions()) == []
    Decision.objects.filter(reference=THIRD).update(
        withdrawn_at="2024-01-01T00:00Z", rules_version=0, payment=5
    )  # older rules found it
    assert list(verify_decisions()) == []
    Decision.objects.filter(reference=FIRST).update(sections=[], summary=None)
    assert [one.reference for one in verify_decisions(in_process_files=0)] == [FIRST]
