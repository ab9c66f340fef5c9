"""Earlier versions of a decision, for people and for clients of Memento (RFC 7089)."""

import datetime
from urllib.request import Request, urlopen

import pytest
from memento_client import MementoClient

from decisions.ingest import ingest_all
from decisions.models import Decision
from decisions.sources import Source
from tests.factories import make_decision
from tests.reading import text
from tests.texts import decision_text

ORIGINAL = "https://www.lgo.org.uk/decisions/education/other/90-000-001"
OLD = datetime.datetime(2020, 3, 1, 12, 0, 5, tzinfo=datetime.UTC)
NEW = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
GATE = f"/timegate/{ORIGINAL}"
OLD_VERSION = "/decisions/90-000-001/versions/20200301120005/"
NEW_VERSION = "/decisions/90-000-001/versions/20240506070809/"


@pytest.fixture
def captured(transactional_db) -> Decision:
    """A decision of which two texts were captured, at OLD and at NEW."""
    return make_captured()


def make_captured() -> Decision:
    old = decision_text("90 000 001")
    ingest_all([Source("old.txt", old.encode(), url=ORIGINAL)])
    ingest_all([Source("new.txt", f"{old}\nA sentence of <2024>.\n".encode(), url=ORIGINAL)])
    decision = Decision.objects.get()
    assert decision.captures.count() == 2
    decision.captures.filter(name="old.txt").update(captured_at=OLD, captured_from="warc")
    decision.captures.filter(name="new.txt").update(captured_at=NEW, captured_from="warc")
    return decision


def linked(header: str, relation: str) -> list[str]:
    links = header.split(", <")
    return [link.strip("<").partition(">")[0] for link in links if f'rel="{relation}"' in link]


def test_a_version_is_a_page_of_its_own(see, client, captured):
    old, new = see(OLD_VERSION), see(NEW_VERSION)
    assert "captured on 1 March 2020, 12:00" in text(old.main)
    assert "A sentence of <2024>." not in text(old.main)
    assert "A sentence of <2024>." in text(new.main)
    links = [link["href"] for link in see("/decisions/90-000-001/history/").select(".version a")]
    assert {OLD_VERSION, NEW_VERSION} <= set(links)
    response = client.get(OLD_VERSION)
    assert response["Memento-Datetime"] == "Sun, 01 Mar 2020 12:00:05 GMT"
    assert linked(response["Link"], "original") == [ORIGINAL]


def test_the_timegate_leads_to_the_version_of_a_time(client, captured):
    for asked, version in {
        None: NEW_VERSION,
        "Tue, 02 Jun 2020 00:00:00 GMT": OLD_VERSION,
        "Thu, 01 Jan 1970 00:00:00 GMT": OLD_VERSION,
        "Wed, 01 Jan 2031 00:00:00 GMT": NEW_VERSION,
    }.items():
        headers = {"Accept-Datetime": asked} if asked else {}
        response = client.get(GATE, headers=headers)
        assert (response.status_code, response["Location"]) == (302, f"http://testserver{version}")
        assert "Accept-Datetime" in response["Vary"]
        assert linked(response["Link"], "original") == [ORIGINAL]
    for nonsense in ("yesterday", "2020", "\x00"):
        assert client.get(GATE, headers={"Accept-Datetime": nonsense}).status_code == 400


def test_the_timemap_names_every_version_once(client, captured):
    response = client.get(f"/timemap/{ORIGINAL}")
    assert response["Content-Type"] == "application/link-format"
    first, last = response.text.splitlines()[3:]
    assert first == (
        f'<http://testserver{OLD_VERSION}>; rel="first memento";'
        ' datetime="Sun, 01 Mar 2020 12:00:05 GMT",'
    )
    assert last.startswith(f'<http://testserver{NEW_VERSION}>; rel="last memento";')


def test_an_original_is_found_by_any_of_its_addresses(client, captured):
    for address in (
        ORIGINAL,
        ORIGINAL.replace("://", ":/"),  # as some proxies write it
        "http://testserver/decisions/90-000-001/",
        "https://lgo.org.uk/decisions/other/90-000-001?chapter=2",
    ):
        assert client.get(f"/timegate/{address}").status_code == 302, address
    for address in ("", "https://example.org/decisions/90-000-001", "https://[", "90-000-001"):
        assert client.get(f"/timegate/{address}").status_code == 404, address


def test_a_withdrawn_decision_has_no_versions(client, captured):
    Decision.objects.update(withdrawn_at=NEW)
    for address in (OLD_VERSION, GATE, f"/timemap/{ORIGINAL}"):
        assert client.get(address).status_code == 404, address


def test_a_version_that_is_not_there(client, captured):
    for digits in ("20200301120006", "20201399999999"):
        address = f"/decisions/90-000-001/versions/{digits}/"
        assert client.get(address).status_code == 404
    make_decision("90 000 002", source_url=None)
    assert client.get("/timegate/http://testserver/decisions/90-000-002/").status_code == 404


@pytest.mark.processes
def test_curl_and_the_client_of_the_memento_project_find_a_version(live_server, captured):
    # Clients ask the original first, so it is a page of this site.
    Decision.objects.update(source_url=None)
    page = f"{live_server.url}/decisions/90-000-001/"
    found = MementoClient().get_memento_info(page, OLD.replace(tzinfo=None))
    assert found["mementos"]["closest"]["uri"] == [live_server.url + OLD_VERSION]
    assert found["timegate_uri"] == f"{live_server.url}/timegate/{page}"
    # What `curl --location --header "Accept-Datetime: …"` sends.
    gate = f"{live_server.url}/timegate/{page}"
    asked = {"Accept-Datetime": "Mon, 02 Mar 2020 00:00:00 GMT", "User-Agent": "curl/8.5.0"}
    with urlopen(Request(gate, headers=asked), timeout=20) as answer:
        assert answer.headers["Memento-Datetime"] == "Sun, 01 Mar 2020 12:00:05 GMT"
