"""What stands in a page's head for those who find it, share it, or list it."""

import json

import pytest
from bs4 import BeautifulSoup, Tag

from decisions import search
from decisions.models import Council, Provision
from tests.factories import make_decision
from tests.reading import texts

pytestmark = pytest.mark.django_db

# Address, and whether search engines may list it where they are let in at all.
PAGES = {
    "/": True,
    "/decisions/": True,
    "/decisions/95-000-001/": True,
    "/councils/": True,
    "/councils/kent-county-council/": True,
    "/categories/": True,
    "/categories/education/": True,
    "/categories/education/school-transport/": True,
    "/reasons/": True,
    "/laws/": True,
    "/laws/care-act-2014-s42/": True,
    "/check/": True,
    "/help/": True,
    "/about/": True,
    "/decisions/?outcome=upheld": False,
    "/decisions/?page=2": False,
    "/decisions/?q=bus": False,
    "/decisions/95-000-001/?q=bus": False,
    "/decisions/95-000-001/history/": False,
    "/councils/?name=kent": False,
    "/report-a-mistake/": False,
    "/report-a-mistake/?reference=95-000-001": False,
    "/report-a-mistake/thanks/": False,
    "/alerts/new/?q=bus": False,
    "/alerts/new/webhook/": False,
    "/alerts/requested/": False,
    "/decisions/95-000-005/": False,
    "/decisions/99-999-999/": False,
    "/nowhere/": False,
}
FILES = ["/suggest/?q=kent", "/healthz", "/admin/login/"]
FAILURES = ["/decisions/95-000-005/", "/decisions/99-999-999/", "/nowhere/"]


@pytest.fixture(autouse=True)
def archive():
    act = Provision.objects.create(key="care-act-2014", label="Care Act 2014", short="Care Act")
    Provision.objects.create(
        key="care-act-2014-s42", label="Care Act 2014, section 42", short="s42", parent=act
    )
    make_decision(
        "95 000 001",
        council="Kent County Council",
        decided_on="2020-01-01",
        summary="The Council was “late”.",
        other_references=["95 000 111"],
        source_url="https://www.lgo.org.uk/decisions/x/95-000-001",
        provisions=["care-act-2014-s42"],
    )
    make_decision("95 000 002", council="Mossby Council", kind="report", is_sample=True)
    make_decision(
        "95 000 003", council=None, category=None, outcome=None, decided_on=None, summary=None
    )
    make_decision("95 000 005", council="Gone Council", withdrawn_at="2024-01-01T00:00:00Z")
    search.catch_up()


@pytest.fixture
def see(client):
    def see(address: str) -> BeautifulSoup:
        return BeautifulSoup(client.get(address).content, "lxml")

    return see


def meta(page: Tag, name: str) -> str | None:
    found = page.select(f'meta[name="{name}"], meta[property="{name}"]')
    assert len(found) < 2, f"{name} is said twice"
    return str(found[0]["content"]) if found else None


def json_ld_objects(page: Tag) -> dict[str, dict]:
    """The structured data by type."""
    scripts = page.select("script[type='application/ld+json']")
    if not scripts:
        return {}
    [script] = scripts
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


@pytest.mark.slow
def test_every_page_has_words_of_its_own_for_people(see):
    titles, descriptions = set(), set()
    for address in (address for address, listed in PAGES.items() if listed):
        page = see(address)
        title = meta(page, "og:title")
        assert page.title.string == f"{title} · Ombudsman Decisions"
        description = meta(page, "description")
        assert description == meta(page, "og:description")
        titles.add(title)
        descriptions.add(description)
    assert len(titles) == len(descriptions) == sum(PAGES.values())


@pytest.mark.parametrize("may", [False, True])
@pytest.mark.slow
def test_the_robots_header_and_meta_element_agree(client, settings, may):
    settings.SEARCH_ENGINES_MAY_INDEX = may
    for address in (*PAGES, *FILES):
        response = client.get(address)
        asked = None if PAGES.get(address) else "noindex, follow"
        if not may:
            asked = "noindex"
        assert response.headers.get("X-Robots-Tag") == asked, address
        if address in PAGES:
            said = meta(BeautifulSoup(response.content, "lxml"), "robots")
            assert said == ("noindex" if address in FAILURES else asked), address


def test_robots_are_kept_out_or_led_through_the_whole_list(client, settings):
    settings.SEARCH_ENGINES_MAY_INDEX = False
    assert "Disallow: /\n" in client.get("/robots.txt").text
    settings.SEARCH_ENGINES_MAY_INDEX = True
    said = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /" not in said
    assert "Allow: /decisions/?page=" in said
    assert "Disallow: /decisions/?" in said
    assert "Disallow: /decisions/export." in said


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/", "/"),
        ("/decisions/95-000-001/?q=bus", "/decisions/95-000-001/"),
        ("/councils/?name=kent", "/councils/"),
        ("/decisions/?page=1&outcome=upheld&nonsense=1", "/decisions/?outcome=upheld"),
        ("/decisions/?q=bus", "/decisions/?q=bus"),
    ],
)
def test_every_spelling_has_one_canonical_address(see, asked, canonical):
    page = see(asked)
    [link] = page.select("link[rel=canonical]")
    assert link["href"] == meta(page, "og:url") == f"http://testserver{canonical}"


def test_canonical_addresses_use_site_url(see, settings):
    settings.SITE_URL = "https://decisions.example.org"
    page = see("/decisions/95-000-001/")
    assert page.select_one("link[rel=canonical]")["href"].startswith(settings.SITE_URL)
    assert "testserver" not in page.decode()


def test_structured_data_has_the_search_address(see):
    site = json_ld_objects(see("/"))["WebSite"]
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/decisions/?q={words}"
    assert site["potentialAction"]["query-input"] == "required name=words"


def test_the_structured_data_of_a_decision(see):
    decision = json_ld_objects(see("/decisions/95-000-001/"))["CreativeWork"]
    assert decision["identifier"] == ["95 000 001", "95 000 111"]
    assert decision["dateCreated"] == "2020-01-01"
    assert decision["abstract"] == "The Council was “late”."
    assert decision["author"]["name"] == "Local Government and Social Care Ombudsman"
    assert decision["license"] == "http://testserver/about/#terms"
    assert see("/about/").select_one("#terms") is not None
    assert decision["isPartOf"]["@type"] == "WebSite"
    assert decision["isBasedOn"] == "https://www.lgo.org.uk/decisions/x/95-000-001"
    council, category = decision["about"]
    assert (council["@type"], council["name"]) == ("GovernmentOrganization", "Kent County Council")
    assert category["name"] == "Education › School transport"


def test_nothing_is_attributed_that_was_invented(see):
    page = see("/decisions/95-000-002/")
    sample = json_ld_objects(page)["Report"]
    assert sample["creativeWorkStatus"] == "Invented sample"
    assert not sample.keys() & {"author", "publisher", "copyrightHolder", "license"}
    assert sample["about"][0]["@type"] == "Thing"
    assert meta(page, "description").startswith("Invented sample. ")
    council = json_ld_objects(see("/councils/mossby-council/"))
    assert council["Thing"]["description"] == "Invented sample"
    assert "GovernmentOrganization" not in council


def test_an_unknown_value_is_omitted_from_structured_data(see):
    page = see("/decisions/95-000-003/")
    decision = json_ld_objects(page)["CreativeWork"]
    assert not decision.keys() & {"about", "dateCreated", "abstract", "isBasedOn"}
    assert meta(page, "description") == (
        "Decision 95 000 003 on a complaint against a body that it does not name."
    )


def test_only_public_bodies_are_called_so(see):
    make_decision("95 000 006", council="Ash Care Ltd")
    decision = json_ld_objects(see("/decisions/95-000-006/"))["CreativeWork"]
    assert decision["about"][0]["@type"] == "GovernmentOrganization"
    Council.objects.filter(slug="ash-care-ltd").update(kind="care-provider")
    assert "Organization" in json_ld_objects(see("/councils/ash-care-ltd/"))
    Council.objects.filter(slug="ash-care-ltd").update(kind=None)
    assert "Organization" in json_ld_objects(see("/councils/ash-care-ltd/"))


@pytest.mark.parametrize(
    ("address", "above"),
    [
        (
            "/decisions/95-000-001/",
            [
                ("Education", "/categories/education/"),
                ("School transport", "/categories/education/school-transport/"),
            ],
        ),
        (
            "/decisions/95-000-003/",
            [("Category not stated", "/decisions/?category=not-stated")],
        ),
        (
            "/decisions/95-000-001/history/",
            [("School transport: Kent County Council (95 000 001)", "/decisions/95-000-001/")],
        ),
        ("/councils/kent-county-council/", [("Councils and other bodies", "/councils/")]),
        (
            "/categories/education/school-transport/",
            [("Categories", "/categories/"), ("Education", "/categories/education/")],
        ),
        (
            "/laws/care-act-2014-s42/",
            [("Law cited", "/laws/"), ("Care Act 2014", "/laws/care-act-2014/")],
        ),
    ],
)
def test_breadcrumbs_are_shown_and_in_structured_data(see, address, above):
    page = see(address)
    [trail] = page.select("nav[aria-label=Breadcrumb]")
    assert [(link.string, link["href"]) for link in trail.select("ol > li > a")] == above
    told = json_ld_objects(page)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in told] == list(range(1, len(above) + 1))
    assert [(step["name"], step["item"]) for step in told] == [
        (name, f"http://testserver{path}") for name, path in above
    ]


def test_no_text_breaks_out_of_the_structured_data(see):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    make_decision("95 000 006", council=evil, category=(evil, evil), outcome=evil, summary=evil)
    page = see("/decisions/95-000-006/")
    assert [tag for tag in page.select("script") if "alert" in (tag.string or "")] == [
        page.select_one("script[type='application/ld+json']")
    ]
    decision = json_ld_objects(page)["CreativeWork"]
    assert decision["abstract"] == evil
    assert decision["about"][0]["name"] == evil


@pytest.mark.parametrize("address", FAILURES)
def test_an_error_page_says_what_to_do(see, address):
    page = see(address)
    assert page.select_one("link[rel=canonical]") is None
    assert json_ld_objects(page) == {}
    assert len(page.select("main form[role=search]")) == 1
    assert len(page.select("form[role=search]")) == 1
    assert "What you can do" in texts(page, "main h2")
    assert page.select_one('main a[href="/decisions/"]') is not None


def test_a_withdrawn_decision_does_not_show_its_text(see):
    text = see("/decisions/95-000-005/").decode()
    assert "What this means" in text
    for held in ("Gone Council", "gone-council", "The Council delayed", "Education"):
        assert held not in text
