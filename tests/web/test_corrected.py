"""A corrected decision keeps its corrections, and its page says what its file states."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from decisions import search, stewardship
from decisions.ingest import ingest_all, preview
from decisions.models import AuditEntry, Decision
from decisions.sources import Source
from tests.factories import make_category, make_council, make_outcome
from tests.reading import texts
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/decisions/90-000-001/"


def received(day: int, **fields: str) -> Source:
    text = decision_text("90 000 001", **fields)
    address = f"https://web.archive.org/web/202401{day:02}000000/https://x.org/{day}"
    return Source(f"{day}.txt", text.encode(), url=address)


def row() -> Decision:
    return Decision.objects.select_related("council", "category", "outcome").get()


@pytest.mark.slow
def test_a_correction_is_kept_shown_and_taken_back(see, client):
    ingest_all([received(1)])
    admin = User.objects.create_superuser("anna")
    staff = Client()
    staff.force_login(admin)
    council, category = make_council("Harrowby Council"), make_category("Housing", "Repairs")
    act = f"/admin/decisions/decision/{row().pk}/act/"
    fields = {
        "confirmed": "1", "note": "Letter 3", "council": council.pk, "category": category.pk,
        "outcome": make_outcome("Closed after initial enquiries").pk, "decided_on": "",
    }  # fmt: skip
    assert "1 decision" not in texts(see("/decisions/?q=harrowby"), "h1")
    assert (
        "Corrected: council" in staff.post(f"{act}correct/", fields, follow=True).content.decode()
    )

    # A later file states other values, and what the review says of it.
    later = received(2, council="Other Council", outcome="Not upheld", date="06 Mar 2024")
    [result] = preview([later])
    assert result.changed == ("source url",)
    ingest_all([later])
    decision = row()
    assert str(decision.council) == "Harrowby Council"
    assert decision.decided_on is None
    assert decision.reasons, "the findings are those of a closed complaint"
    assert decision.stated == {
        "council": "other-council",
        "category": "education/school-transport",
        "outcome": "not-upheld",
        "decided_on": "2024-03-06",
    }
    page = see(PATH)
    assert texts(page, ".decision-head .sample-banner") == [
        "Corrected by this archive: council. The file states “Other Council”.",
        "Corrected by this archive: category. The file states “Education › School transport”.",
        "Corrected by this archive: outcome. The file states “Not upheld”.",
        "Corrected by this archive: date. The file states “6 March 2024”.",
    ]
    api = client.get("/api/decisions/90-000-001/").json()
    assert api["council"]["name"] == "Harrowby Council"
    assert {"field": "decided_on", "stated": "2024-03-06"} in api["corrections"]
    assert "Corrected by this archive" in client.get("/decisions/90-000-001.txt").content.decode()
    assert search.search(search.SearchQuery("harrowby")).total == 1

    nothing = staff.post(f"{act}correct/", {**fields, "note": "x"}).content.decode()
    assert "has these values already" in nothing
    taken_back = {"confirmed": "1", "note": "No", "corrected": ["council", "decided_on"]}
    staff.post(f"{act}uncorrect/", taken_back)
    decision = row()
    assert str(decision.council) == "Other Council"
    assert str(decision.decided_on) == "2024-03-06"
    assert {*decision.stated} == {"category", "outcome"}
    ingest_all([received(3, council="Third Council", category="Benefits")])
    assert str(row().council) == "Third Council"
    assert str(row().category) == "Housing › Repairs"

    # What is set to what the file states is no correction any more.
    stewardship.correct(row(), {"category": make_category("Benefits")}, admin, "")
    assert {*row().stated} == {"outcome"}
    logged = AuditEntry.objects.filter(kind="decision").order_by("id")
    assert [*logged.values_list("act", "note")] == [
        ("corrected", "Letter 3"), ("correction-removed", "No"), ("corrected", ""),
    ]  # fmt: skip
    assert logged[0].before["decided_on"] == "2024-03-05"
    assert logged[0].after["council"] == "harrowby-council"
