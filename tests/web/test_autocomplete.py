"""What the search box offers for what was typed, and where each offer leads."""

import shutil
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from decisions import search
from decisions.models import Category, Council, Provision
from tests.factories import make_decision

pytestmark = pytest.mark.django_db
# Changes get their numbers by transaction, and the index follows those.
follows_changes = pytest.mark.django_db(transaction=True)


@pytest.fixture
def suggested(client):
    """Group, label and address of every suggestion, once the index has caught up."""

    def suggested(typed: str, caught_up: bool = True) -> list[tuple[str, str, str]]:
        if caught_up:
            search.catch_up()
        response = client.get("/suggest/", {"q": typed})
        assert response.status_code == 200
        page = BeautifulSoup(response.content, "lxml")
        return [
            (
                page.find(id=group["aria-labelledby"]).get_text(),
                " ".join(option.get_text(" ").split()),
                option["href"],
            )
            for group in page.select("[role=group]")
            for option in group.select("[role=option]")
        ]

    return suggested


@pytest.fixture
def labels(suggested):
    return lambda typed: [label for _, label, _ in suggested(typed)]


@pytest.mark.parametrize("typed", ["borough lon", "LONDON", "lon bor", "ambri", "  london  "])
def test_typed_letters_match_the_start_of_any_word(suggested, typed):
    make_decision(council="London Borough of Ambridge", category=None)
    make_decision(council="Wexcombe District Council", category=None)
    assert suggested(typed) == [
        (
            "Councils",
            "London Borough of Ambridge 1 decision",
            "/decisions/?council=london-borough-of-ambridge",
        )
    ]


@pytest.mark.parametrize(
    ("typed", "label", "address"),
    [
        (
            "london borough of AMBRIDGE",
            "Council: London Borough of Ambridge 1 decision",
            "/councils/london-borough-of-ambridge/",
        ),
        ("late complaint reasons", "Reason for closing: Late 1 decision", "/reasons/late/"),
        (
            "school transport",
            "Category: Education › School transport 1 decision",
            "/categories/education/school-transport/",
        ),
        ("what does upheld mean", "Glossary: Upheld", "/glossary/#upheld"),
        ("can I complain", "Can I complain to the Ombudsman?", "/can-i-complain/"),
    ],
)
def test_the_page_that_answers_comes_first(suggested, typed, label, address):
    make_decision(council="London Borough of Ambridge", reasons=["late"])
    assert suggested(typed)[0] == ("Pages", label, address)


@pytest.mark.parametrize("typed", ["ondon", "london wex", "boroughs", "l", "?", "%", "_"])
def test_typed_letters_do_not_match_inside_words(suggested, typed):
    make_decision(council="London Borough of Ambridge", category=None)
    assert suggested(typed) == []


@pytest.mark.parametrize(
    "typed", ["kings ly", "king's", "KING’S", "lynn & w", "lynn and w", "éste"]
)
def test_case_accents_and_apostrophes_do_not_matter(labels, typed):
    make_decision(council="King’s Lynn & West Este", category=None)
    assert labels(typed) == ["King’s Lynn & West Este 1 decision"]


def test_most_decisions_first(labels):
    make_decision(council="Ashmere Council", category=None)
    for _ in range(2):
        make_decision(council="Yewmere Council", category=None)
    assert labels("counc") == ["Yewmere Council 2 decisions", "Ashmere Council 1 decision"]


def test_a_category_is_found_by_both_its_names(suggested):
    make_decision(category=("Education", "School transport"))
    assert suggested("school tr") == [
        (
            "Categories",
            "Education › School transport 1 decision",
            "/decisions/?category=education/school-transport",
        )
    ]
    assert [address for _, _, address in suggested("educ")] == [
        "/decisions/?category=education",
        "/decisions/?category=education/school-transport",
    ]


def test_laws(suggested):
    act = Provision.objects.create(
        key="local-government-act-1974", label="Local Government Act 1974", short="LGA 1974"
    )
    Provision.objects.create(
        key="local-government-act-1974-s-26",
        label="Local Government Act 1974, section 26",
        short="section 26",
        parent=act,
    )
    Provision.objects.create(key="unused-act", label="Unused Local Act 1901", short="ULA")
    make_decision(provisions=["local-government-act-1974", "local-government-act-1974-s-26"])
    assert suggested("loc gov 1974 26") == [
        (
            "Laws",
            "Local Government Act 1974, section 26 1 decision",
            "/decisions/?provision=local-government-act-1974-s-26",
        )
    ]
    assert len(suggested("local act")) == 2


REFERENCES = {
    "21 019": ["21 019 031", "21 019 030"],
    "21019": ["21 019 031", "21 019 030"],
    "21-019-030": ["21 019 030"],
    " 21019030 ": ["21 019 030"],
    "21\N{NO-BREAK SPACE}019": ["21 019 031", "21 019 030"],
    "17 002 402": ["17 002 402b"],
    "17002402B": ["17 002 402b"],
    "17002402a": [],
    "20 555 555": ["21 019 031"],
    "21 020": [],
    "121 019": [],
    "210190301": [],
}


def test_a_reference_in_any_spelling_and_its_beginning(suggested):
    make_decision("21 019 030")
    make_decision("21 019 031", other_references=["20 555 555"])
    make_decision("21 018 999")
    make_decision("17 002 402b")
    for typed, expected in REFERENCES.items():
        assert suggested(typed) == [
            (
                "Decisions",
                f"{reference} Wexcombe District Council",
                f"/decisions/{reference.replace(' ', '-')}/",
            )
            for reference in expected
        ], typed


def test_the_newest_few_of_many_references(labels):
    for number in range(9):
        make_decision(f"21 019 03{number}", council=None)
    assert labels("21 019") == [f"21 019 03{n} Council not stated" for n in (8, 7, 6, 5, 4)]


def test_common_phrases(suggested):
    for _ in range(5):
        make_decision(category=None, council=None, summary="Delay with free school meals.")
    make_decision(category=None, council=None, summary="About free school places.")
    meals = ("Phrases", "free school meals", "/decisions/?q=%22free%20school%20meals%22")
    assert suggested("free sch") == [meals]
    assert suggested("“Free  school m") == [meals]
    # After the blank a word is whole.
    assert suggested("free sch ") == []


@follows_changes
def test_only_names_with_published_decisions_are_suggested(suggested):
    withdrawn = make_decision(
        "21 019 030",
        council="Ambridge Council",
        category=("Housing", None),
    )
    assert len(suggested("ambr")) == len(suggested("hous")) == len(suggested("21 019")) == 1
    withdrawn.withdrawn_at = "2024-01-01T00:00:00Z"
    withdrawn.save()
    assert suggested("21 019", caught_up=False) == suggested("21019030", caught_up=False) == []
    assert suggested("ambr") == suggested("hous") == []


@follows_changes
def test_withdrawn_decisions_do_not_count_for_phrases(labels):
    about = {"council": None, "category": None, "summary": "About tree roots."}
    made = [make_decision(**about) for _ in range(3)]
    assert labels("tree r") == ["tree roots"]
    made[0].withdrawn_at = "2024-01-01T00:00:00Z"
    made[0].save()
    assert labels("tree r") == []


@follows_changes
def test_renamed_and_new_councils_appear(suggested, labels):
    make_decision(council="Ambridge Council", category=("Housing", "Allocations"))
    assert labels("ambridge c") == ["Ambridge Council 1 decision"]
    Council.objects.update(name="Greater Ambridge Council")
    Category.objects.filter(parent=None).update(name="Homes")
    assert labels("greater") == ["Greater Ambridge Council 1 decision"]
    assert labels("home") == [
        "Category: Homes 1 decision",
        "Homes 1 decision",
        "Homes › Allocations 1 decision",
    ]
    make_decision(council="Ambridge Parish Council")
    assert len(labels("ambridge c")) == 2
    search.rebuild()
    assert len(labels("ambridge c")) == 2


def test_groups_take_turns(suggested):
    for number in range(12):
        make_decision(
            council=f"School Council {number:02}",
            category=("Education", f"School matter {number:02}"),
            summary="School meals. School places. School buses. School uniform. School fees.",
        )
    groups = [group for group, _, _ in suggested("school")]
    assert groups == ["Councils"] * 3 + ["Categories"] * 3 + ["Phrases"] * 3
    assert len(suggested("school counc")) == 9


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a", "x" * 5_000, "\0", '"', "((", "* OR -", "🙈🙉🙊", "ß", "٢١٠١٩", "\ud800\ud800"],
)
def test_any_typed_text_is_accepted(client, typed):
    make_decision(council="London Borough of Ambridge")
    search.catch_up()
    address = f"/suggest/?q={quote(typed, errors='surrogatepass')}"
    assert client.get(address).content.strip() == b""


def test_without_an_index_only_references(suggested, index_dir):
    make_decision("21 019 030", council="Ambridge Council")
    assert suggested("ambridge", caught_up=False) == []
    assert [group for group, _, _ in suggested("21 019", caught_up=False)] == ["Decisions"]
    assert len(suggested("ambridge c")) == 1
    shutil.rmtree(index_dir)
    assert suggested("ambridge", caught_up=False) == []


def test_a_damaged_index_causes_no_server_error(suggested, index_dir):
    make_decision(council="Ambridge Council")
    assert len(suggested("ambridge c")) == 1
    for file in index_dir.glob("v*/meta.json"):
        file.write_text("{")
    assert suggested("ambridge", caught_up=False) == []


def test_suggestions_are_not_indexed(client, settings):
    settings.SEARCH_ENGINES_MAY_INDEX = True
    response = client.get("/suggest/?q=ambridge")
    assert response["X-Robots-Tag"] == "noindex, follow"
    assert "Disallow: /suggest/\n" in client.get("/robots.txt").text
    assert client.post("/suggest/").status_code == 405


def test_one_query_at_most_while_the_index_stays(client, django_assert_max_num_queries):
    make_decision("21 019 030", council="Ambridge Council")
    search.catch_up()
    client.get("/suggest/?q=ambridge")
    with django_assert_max_num_queries(0):
        assert b"Ambridge" in client.get("/suggest/?q=ambr").content
    with django_assert_max_num_queries(1):
        assert b"21 019 030" in client.get("/suggest/?q=21019").content
