"""Parts of pages that are cached until the archive changes."""

import pytest

from decisions import search
from decisions.models import Capture, Council, Decision
from decisions.web.archive_version import current_version
from tests.factories import make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db(transaction=True)  # each change has a number of its own


@pytest.mark.slow
def test_no_page_is_stale_after_a_change(see):
    """Each page is seen twice before each change, and must show it at once."""
    first = make_decision(council="Kent County Council", outcome="Upheld")

    def pages():
        for _ in range(2):
            shown = [see(address) for address in addresses]
        return shown

    addresses = ["/", "/councils/kent-county-council/", "/decisions/", first.get_absolute_url()]
    home, council, listed, decision = pages()
    assert text(home.select_one(".lead strong")) == "1"
    assert texts(council, "#latest ~ .result .reference") == [first.reference]
    assert [box["value"] for box in listed.select("[name=outcome]")] == ["upheld"]
    assert texts(decision, ".counted li") == ["More about Kent County Council", "Upheld 1"]

    second = make_decision(council="Kent County Council", outcome="Not upheld")
    home, council, listed, decision = pages()
    assert text(home.select_one(".lead strong")) == "2"
    assert len(council.select("#latest ~ .result")) == 2
    assert len(listed.select("#results .result")) == 2
    assert [box["value"] for box in listed.select("[name=outcome]")] == ["not-upheld", "upheld"]
    assert texts(decision, ".similar-decisions .reference") == [second.reference]

    # Typed by hand, as `admin` and `ingest` never do it.
    Council.objects.filter(slug="kent-county-council").update(name="Kent")
    home, council, listed, decision = pages()
    assert texts(home, "#by-council ~ ul a") == ["Kent"]
    assert texts(council, "#latest ~ .result h3") == ["Education › School transport"] * 2
    assert texts(listed, "label:has([name=council]) > span:first-of-type") == ["Kent"]
    assert text(decision.select_one(".counted a")) == "More about Kent"

    Decision.objects.filter(pk=second.pk).update(withdrawn_at="2024-01-01T00:00:00Z")
    home, council, listed, decision = pages()
    assert texts(home, "#latest ~ .result .reference") == [first.reference]
    assert texts(council, "#latest ~ .result .reference") == [first.reference]
    assert [box["value"] for box in listed.select("[name=outcome]")] == ["upheld"]
    assert texts(listed, "#results .reference") == [first.reference]
    assert decision.select_one(".similar-decisions") is None


def test_a_withdrawn_decision_is_gone_before_the_index_hears_of_it(see, client):
    decision = make_decision()
    make_decision()
    assert decision.reference in see("/").text
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at="2024-01-01T00:00:00Z")
    assert decision.reference not in client.get("/").text


def test_a_decision_shows_what_is_no_change_of_the_archive(see):
    """Each copy that was received, the reader's words, and the host of the citation."""
    address = make_decision(paragraphs=("The bus was late.",)).get_absolute_url()
    decision = Decision.objects.get()
    assert see(address).select_one(".source time") is None
    for day in ("3", "4"):
        at = f"2024-03-0{day}T12:00:00Z"
        Capture.objects.create(decision=decision, sha256=day, content=b"", received_at=at)
        assert texts(see(address), ".source time")[-1] == f"{day} March 2024"
    assert see(f"{address}?q=bus").article.mark
    assert see(address).article.mark is None
    assert "http://testserver/" in text(see(address).select_one(".source .print-only"))
    elsewhere = see(address, headers={"host": "localhost"})
    assert "http://localhost/" in text(elsewhere.select_one(".source .print-only"))


def test_filters_are_cached_for_their_own_search_alone(see, archive):
    for _ in range(2):
        assert see("/decisions/?council=kent-county-council").select_one(
            "#council-kent-county-council[checked]"
        )
        assert see("/decisions/").select("#facets [checked]") == []
        assert see("/decisions/?date_from=never").select_one("#date_from")["value"] == "never"
        assert (
            see("/decisions/?date_from=2021-01-01").select_one("#date_from")["value"]
            == "2021-01-01"
        )


def test_what_has_not_changed_is_not_read_again(
    see, client, archive, django_assert_max_num_queries
):
    decision = Decision.objects.first().get_absolute_url()
    for address, most in {"/": 1, "/councils/kent-county-council/": 3, decision: 2}.items():
        see(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_without_an_index_nothing_is_cached():
    assert current_version().timeout == 0
    search.catch_up()
    assert current_version().timeout is None
