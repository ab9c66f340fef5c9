"""Page, files, feed and API of an address hold the same decisions, each in its order."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from decisions import search
from tests.same_decisions import PARAMETERS, READERS, read_feed
from tests.varied import make_varied_archive


@pytest.mark.slow
@pytest.mark.django_db
def test_every_form_of_a_list_holds_the_same_decisions(client):
    make_varied_archive()
    search.catch_up()
    totals = set()

    @settings(
        max_examples=20,
        database=None,
        derandomize=True,
        phases=[Phase.generate],  # a failure names its address; there is no need to make it shorter
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(PARAMETERS)
    def check(parameters):
        query = urlencode(parameters, doseq=True)
        held = {name: read(client, query) for name, read in READERS.items()}
        totals.add(len(held["pages"]))
        for name, references in held.items():
            assert references == held["pages"], f"{name} of {query}"
        closest = client.get(f"/api/decisions/?{query}").json()["closest"]
        exact = held["pages"][: len(held["pages"]) - closest]
        assert sorted(read_feed(client, query)) == sorted(exact), f"feed of {query}"

    check()
    assert 0 in totals
    assert len(totals) > 5
