"""What other programs ask of the site: security.txt, oEmbed, links of a decision's page."""

import datetime
from xml.etree import ElementTree

import pytest

from tests.factories import make_decision

pytestmark = pytest.mark.django_db

PAGE = "http://testserver/decisions/95-000-001/"


def test_security_txt_names_the_contact_and_when_it_expires(client, settings):
    settings.CONTACT = settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.CONTACT = "archive@example.org"
    lines = client.get("/.well-known/security.txt").text.splitlines()
    assert lines[0] == "Contact: mailto:archive@example.org"
    settings.SECURITY_CONTACT = "https://example.org/security"
    said = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )
    assert said["Contact"] == "https://example.org/security"
    left = datetime.datetime.fromisoformat(said["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert 100 < left.days < 365


def test_a_decision_can_be_embedded(client):
    make_decision("95 000 001", council="Kent <County>", summary="A bus & a taxi. " * 60)
    answer = client.get("/oembed/", {"url": f"{PAGE}?q=bus", "maxwidth": "400"})
    said = answer.json()
    assert (said["type"], said["version"], said["width"]) == ("rich", "1.0", 400)
    assert "Kent &lt;County&gt;" in said["html"]
    assert "A bus &amp; a taxi." in said["html"]
    assert len(said["html"]) < 1_000
    xml = client.get("/oembed/", {"url": PAGE, "format": "xml"})
    assert ElementTree.fromstring(xml.content).findtext("title") == said["title"]
    for parameters, status in (
        ({"url": PAGE, "format": "yaml"}, 501),
        ({"url": PAGE, "maxwidth": "wide"}, 400),
        ({"url": "https://example.org/decisions/95-000-001/"}, 404),
        ({"url": "http://testserver/"}, 404),
        ({"url": "https://["}, 404),
        ({}, 404),
    ):
        assert client.get("/oembed/", parameters).status_code == status, parameters


def test_the_page_of_a_decision_links_to_what_programs_need(client):
    make_decision("95 000 001", source_url="https://www.lgo.org.uk/decisions/x/95-000-001")
    links = client.get("/decisions/95-000-001/?q=bus")["Link"]
    for expected in (
        f'<{PAGE}>; rel="cite-as"',
        '<https://schema.org/CreativeWork>; rel="type"',
        '<http://testserver/api/decisions/95-000-001/>; rel="describedby"',
        '<http://testserver/decisions/95-000-001.pdf>; rel="item"; type="application/pdf"',
        '<http://testserver/about/#terms>; rel="license"',
        'rel="alternate"; type="application/json+oembed"',
        '<https://www.lgo.org.uk/decisions/x/95-000-001>; rel="original"',
        "<http://testserver/timegate/https://www.lgo.org.uk/decisions/x/95-000-001>;"
        ' rel="timegate"',
    ):
        assert expected in links
