"""A small archive with one of everything that a dump must keep, or leave out."""

import datetime
import hashlib
from pathlib import Path

from django.contrib.auth.models import User

from decisions import stewardship
from decisions.ingest import ingest_all
from decisions.models import Capture, CaptureLogHead, CouncilSuccession, Decision, IngestFailure
from decisions.sample import generate
from decisions.sources import Source
from tests.factories import make_council, make_decision, make_mistake_report

SECRET = "Ms Zanzibar lives at 4 Elm Road."
WITHDRAWN = "99 700 002"


def make_archive() -> None:
    """Samples, and rows in which every column differs from its default at least once."""
    ingest_all(Source(name, data) for name, data in generate(14))
    # A second version, a name with a line break, bytes that are no text, times with microseconds.
    first = Decision.objects.order_by("pk").first()
    _capture(first, "odd\nname “é”.pdf", bytes(range(256)) * 40, "https://www.lgo.org.uk/a b")
    _capture(first, "page", b"<!doctype html><p>x", "https://www.lgo.org.uk/decisions/x/21-019-030")
    Decision.objects.filter(pk=first.pk).update(
        other_references=["99 700 009"], warnings=["A line\u2028break"], source_url="https://x.org/"
    )
    make_decision("99 700 001", council=None, category=None, outcome=None, decided_on=None)
    withdrawn = make_decision(
        WITHDRAWN,
        council="Zanzibar Care Home Limited",
        summary=SECRET,
        paragraphs=(SECRET,),
        withdrawn_at="2024-01-01T10:00:00.123456Z",
        withdrawn_reason="Ms Zanzibar was named.",
    )
    _capture(withdrawn, "zanzibar.txt", SECRET.encode(), "")
    make_council("A council without decisions", kind=None)
    make_council("Merged Council").merge_into(first.council)
    make_council("Zanzibar Home").merge_into(withdrawn.council)
    staff = User.objects.create_superuser("staff")
    redacted, corrected = Decision.objects.order_by("pk")[3:5]
    redacted_words = redacted.document_paragraphs[0].text.split()[:3]
    stewardship.redact(redacted, [" ".join(redacted_words)], staff, "identifiable", "")
    stewardship.correct(corrected, {"decided_on": None}, staff, "")
    erased = make_decision("99 700 003", other_references=["99 700 010"])
    stewardship.request_erasure(erased, staff, "court", "")
    second = User.objects.create_superuser("second")
    stewardship.confirm_erasure(erased.erasure_request, second, "")
    CouncilSuccession.objects.create(
        predecessor=corrected.council, successor=first.council, since="2023-04-01"
    )
    CaptureLogHead.objects.create(
        size=3, root=b"r" * 32, stamped_at="2024-01-01T10:00:00.5Z", reply=b"\x30\x00",
        certificates="-----BEGIN", checksum=b"c" * 32,
    )  # fmt: skip
    IngestFailure.objects.create(name="zanzibar.doc", reason="It is damaged.")
    make_mistake_report(WITHDRAWN, message=SECRET, contact="zanzibar@example.org")


def _capture(decision: Decision, name: str, content: bytes, url: str) -> None:
    Capture.objects.create(
        decision=decision,
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
        url=url,
        charset="windows-1252",
        content=content,
        captured_at=datetime.datetime(2020, 2, 29, 1, 2, 3, 456789, datetime.UTC),
        captured_from="warc",
    )


def bytes_of(directory: Path) -> dict[str, bytes]:
    """Every file of a dump, by its path."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}
