"""Councils whose names were corrected, that were merged, and that follow each other."""

import re

import pytest
from django.core.exceptions import ValidationError

from decisions.ingest import ingest_all
from decisions.models import AuditEntry, Council, CouncilSuccession, Decision
from decisions.sources import Source
from decisions.stewardship.councils import MergeError, merge_councils, undo_merge
from tests.factories import make_council, make_decision
from tests.reading import text
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_a_merged_councils_addresses_and_files_lead_to_the_other(see, client, admin_client):
    make_decision("90 000 001", council="Mid Wexcombe Borough Council")
    make_decision("90 000 002", council="Wexcombe District Council")
    make_decision("90 000 003", council="Elder Wexcombe Council")
    old, new, elder = (
        Council.objects.get(slug=slug)
        for slug in (
            "mid-wexcombe-borough-council", "wexcombe-district-council", "elder-wexcombe-council",
        )
    )  # fmt: skip
    elder.merge_into(old)
    chosen = {"action": "merge", "_selected_action": [old.pk, new.pk]}
    page = admin_client.post("/admin/decisions/council/", chosen, follow=True)
    assert "Mid Wexcombe Borough Council (2 decisions)" in page.content.decode()
    [(asked, _)] = page.redirect_chain
    merged = admin_client.post(asked, {"remaining": new.pk, "note": "Order 7"}, follow=True)

    assert list(Council.objects.all()) == [new]
    for slug in (old.slug, elder.slug):
        moved = client.get(f"/councils/{slug}/?a=b")
        assert moved.status_code == 301
        assert moved["Location"] == "/councils/wexcombe-district-council/?a=b"
        listed = see(f"/decisions/?council={slug.upper()}")
        assert text(listed.h1) == "3 decisions"
        assert listed.select(".errors") == []
    file = decision_text("90 000 004", council="Mid Wexcombe Borough Council")
    ingest_all([Source("a.txt", file.encode())])
    assert Decision.objects.get(reference="90 000 004").council == new

    # Undone: what it brought goes back, and what came since then stays.
    page = merged.content.decode()
    assert "Mid Wexcombe Borough Council, " in page
    (undo,) = re.findall(r"/admin/decisions/council/merge/\d+/undo/", page)
    assert "with the 2 decisions" in admin_client.get(undo).content.decode()
    admin_client.post(undo, {"note": "A mistake"})
    again = Council.objects.get(slug=old.slug)
    assert [again.name, again.kind] == [old.name, old.kind]
    held = Decision.objects.order_by("reference").values_list("reference", "council")
    assert dict(held) == {
        "90 000 001": again.pk,
        "90 000 002": new.pk,
        "90 000 003": again.pk,
        "90 000 004": new.pk,
    }
    assert client.get(f"/councils/{old.slug}/").status_code == 200
    assert client.get(f"/councils/{elder.slug}/")["Location"] == again.get_absolute_url()
    assert text(see(f"/decisions/?council={old.slug}").h1) == "2 decisions"
    assert "was undone already" in admin_client.post(undo, {"note": "x"}).content.decode()
    logged = AuditEntry.objects.filter(kind="council").order_by("id")
    assert [*logged.values_list("act", "key", "note")] == [
        ("merged", new.slug, "Order 7"),
        ("merge-undone", new.slug, "A mistake"),
    ]


def test_lineage_is_edited_shown_and_survives_a_merge_and_its_undo(see, client, admin_client):
    make_decision(council="North Council")
    north, south, whole, other = (
        make_council(f"{name} Council") for name in ("North", "South", "Whole", "Other")
    )
    seen = client.get("/councils/")["ETag"]
    rows = {
        "successions-TOTAL_FORMS": 1, "successions-INITIAL_FORMS": 0,
        "successions-0-successor": whole.pk, "successions-0-since": "2023-04-01",
        "successions-0-predecessor": north.pk, "name": "North Council", "kind": "council",
    }  # fmt: skip
    answer = admin_client.post(f"/admin/decisions/council/{north.pk}/change/", rows)
    assert answer.status_code == 302
    assert client.get("/councils/", headers={"If-None-Match": seen}).status_code == 200
    CouncilSuccession.objects.create(predecessor=south, successor=whole)
    page = see("/councils/north-council/")
    assert "From 1 April 2023 , Whole Council does what this council did." in text(page.main)
    page = text(see("/councils/whole-council/").main)
    assert "Until 1 April 2023 : North Council , which has its own decisions." in page
    assert "Before: South Council" in page

    merge_councils([whole, other], other, None, "")
    assert set(pairs()) == {("North Council", "Other Council"), ("South Council", "Other Council")}
    merge_councils([south, north], north, None, "")
    assert pairs() == [("North Council", "Other Council")]
    for entry in AuditEntry.objects.filter(act="merged"):  # the latest first
        undo_merge(entry, None, "")
    assert set(pairs()) == {("North Council", "Whole Council"), ("South Council", "Whole Council")}
    with pytest.raises(MergeError):
        undo_merge(entry, None, "")


def pairs() -> list[tuple[str, str]]:
    rows = CouncilSuccession.objects.values_list("predecessor__name", "successor__name")
    return [*rows]


def test_a_corrected_name_keeps_the_address_and_finds_its_files(admin_client):
    council = make_council("Wexcomb District Council")
    other = make_council("Northmere County Council")
    address = f"/admin/decisions/council/{council.pk}/change/"
    forms = {"successions-TOTAL_FORMS": 0, "successions-INITIAL_FORMS": 0, "kind": ""}
    refused = admin_client.post(address, {"name": "Northmere  County council", **forms})
    assert "This is a name of Northmere County Council" in refused.text
    merge = f"/admin/decisions/council/merge/?council={council.pk}&amp;council={other.pk}"
    assert f'<a href="{merge}">Merge them</a>' in refused.text
    admin_client.post(address, {"name": "Wexcombe District Council", **forms})
    renamed = AuditEntry.objects.get(act="renamed")
    assert (renamed.before, renamed.after) == (
        {"name": "Wexcomb District Council"}, {"name": "Wexcombe District Council"},
    )  # fmt: skip
    council.refresh_from_db()
    assert (council.name, council.slug) == (
        "Wexcombe District Council", "wexcomb-district-council",
    )  # fmt: skip
    ingest_all([Source("a.txt", decision_text("90 000 001").encode())])
    assert Decision.objects.get().council == council
    other.name = "Wexcombe District Council"
    with pytest.raises(ValidationError, match="Merge the two"):
        other.clean()
