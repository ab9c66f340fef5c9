"""Councils whose names were corrected, and councils that were merged."""

import pytest
from django.core.exceptions import ValidationError

from decisions.ingest import ingest_all
from decisions.models import Council, Decision
from decisions.sources import Source
from tests.factories import make_council, make_decision
from tests.reading import text
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)


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
    page = admin_client.post("/admin/decisions/council/", chosen)
    assert "Mid Wexcombe Borough Council (2 decisions)" in page.text
    admin_client.post("/admin/decisions/council/", chosen | {"remaining": new.pk})

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


def test_a_corrected_name_keeps_the_address_and_finds_its_files(admin_client):
    council = make_council("Wexcomb District Council")
    other = make_council("Northmere County Council")
    address = f"/admin/decisions/council/{council.pk}/change/"
    refused = admin_client.post(address, {"name": "Northmere  County council", "kind": ""})
    assert "This is a name of Northmere County Council" in refused.text
    admin_client.post(address, {"name": "Wexcombe District Council", "kind": ""})
    council.refresh_from_db()
    assert (council.name, council.slug) == (
        "Wexcombe District Council", "wexcomb-district-council",
    )  # fmt: skip
    ingest_all([Source("a.txt", decision_text("90 000 001").encode())])
    assert Decision.objects.get().council == council
    other.name = "Wexcombe District Council"
    with pytest.raises(ValidationError, match="Merge the two"):
        other.clean()
