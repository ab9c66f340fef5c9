"""The pages that are offered above the results, and what usually happens."""

import pytest
from bs4 import Tag

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.models import Category, Council, Provision
from decisions.web import lay_words
from decisions.web.glossary import TERMS
from decisions.web.presenters.answers import offered_pages
from tests.factories import make_decision, make_decisions

pytestmark = pytest.mark.django_db


def text(tag: Tag) -> str:
    """Its words with no blank put between elements: as it is read aloud."""
    return " ".join(tag.get_text().split())


def make_provision(key: str, label: str, short: str) -> None:
    Provision.objects.create(key=key, label=label, short=short)


@pytest.fixture
def archive():
    make_provision(
        "lga-1974-s-26-6-a", "Local Government Act 1974, section 26(6)(a)", "LGA 1974 s 26(6)(a)"
    )
    make_provision("care-act-2014", "Care Act 2014", "Care Act 2014")
    make_provision("unused", "Unused Act 1901", "Unused Act 1901")
    make_decision(
        council="Kent County Council",
        reasons=["late", "schools"],
        provisions=["lga-1974-s-26-6-a", "care-act-2014"],
    )
    make_decision(
        council="Bath & North East Somerset Council", category=("Benefits and tax", "Council tax")
    )
    make_decision(council="Reading Borough Council", category=("Environment", "Noise"))
    make_decision(council=None, category=("Environment", "Refuse and recycling"))
    make_decision(council=None, category=("Environment", "Other"))
    Category.objects.create(path="unused", name="Unused")
    Council.objects.create(slug="unused-council", name="Unused Council")
    search.catch_up()


def offered(asked: str) -> list[str]:
    return [page.address for page in offered_pages(asked)]


OFFERED = {
    "late complaint reasons": ["/reasons/late/"],
    "late": ["/reasons/late/"],
    # "Stops me sleeping" names the category, and has more words than this.
    "I was stopped from sleeping": [],
    "Late?": ["/reasons/late/"],
    "late complaints": ["/reasons/late/"],
    "complaint closed too late": ["/reasons/late/"],
    "the 12 month rule": ["/reasons/late/"],
    "was my complaint out of time": ["/reasons/late/"],
    "complaints about what happens in schools": ["/reasons/schools/"],
    "school transport": ["/categories/education/school-transport/"],
    "School-transport": ["/categories/education/school-transport/"],
    "“school transport”": ["/categories/education/school-transport/"],
    "council refused school transport for my autistic son": [
        "/categories/education/school-transport/"
    ],
    "education": ["/categories/education/"],
    "noise complaints": ["/categories/environment/noise/"],
    "recycling": ["/categories/environment/refuse-and-recycling/"],
    "missed bins": ["/categories/environment/refuse-and-recycling/"],
    "show dustbins": ["/categories/environment/refuse-and-recycling/"],
    "walk to school too long": ["/categories/education/school-transport/"],
    "Kent County Council": ["/councils/kent-county-council/"],
    "complaints against kent council": ["/councils/kent-county-council/"],
    "kent": ["/councils/kent-county-council/"],
    "bath and north-east somerset": ["/councils/bath-and-north-east-somerset-council/"],
    "kent council tax": [
        "/councils/kent-county-council/",
        "/categories/benefits-and-tax/council-tax/",
    ],
    "noise kent": ["/categories/environment/noise/", "/councils/kent-county-council/"],
    "s 26(6)(a)": ["/laws/lga-1974-s-26-6-a/"],
    "section 26 (6)a of the Local Government Act": ["/laws/lga-1974-s-26-6-a/"],
    "what does the Care Act say": ["/laws/care-act-2014/"],
    "what does upheld mean": ["/glossary/#upheld"],
    "what is fault?": ["/glossary/#fault"],
    "meaning of maladministration": ["/glossary/#fault"],
    "closed after initial enquiries": ["/glossary/#closed-after-initial-enquiries"],
    "uphold rate": ["/glossary/#uphold-rate"],
    "can I complain about my neighbour?": ["/can-i-complain/"],
    "how to make a complaint": ["/can-i-complain/"],
    "Can I complain about school transport": [
        "/can-i-complain/",
        "/categories/education/school-transport/",
    ],
    "why are complaints closed": ["/reasons/"],
    "reasons for closing a complaint": ["/reasons/"],
}


def test_the_page_that_answers(archive):
    assert {asked: offered(asked) for asked in OFFERED} == OFFERED


UNCERTAIN = [
    "",
    "   ",
    "the",
    "council",
    "complaint",
    "decision",
    "noise from a dog",
    "late bins",
    "council was late to reply",
    "it was too late to apply for a school place",
    "what happens if council is late with EHCP",
    "reading a letter",
    "bath adaptation",
    "other",
    "unused",
    "unused council",
    "Unused Act 1901",
    "withdrawn",  # no decision has the reason
    "upheld",
    "payment",
    "what is a bus lane",
    "section 26 aftercare",
    "school -transport",
    "noise OR recycling",
    "category:noise",
    "nois*",
    "education of a carer",
    "x" * 5_000,
    "\0",
    "((",
    "🙈",
]


def test_nothing_is_offered_where_it_is_not_certain(archive):
    assert [asked for asked in UNCERTAIN if offered(asked)] == []


def test_at_most_a_few_pages_are_offered(archive):
    assert len(offered("can I complain about kent council tax school transport missed bins")) == 3


@pytest.mark.django_db(transaction=True)
def test_pages_follow_renamings():
    make_decision(council="Kent County Council")
    search.catch_up()
    assert offered("kent") == ["/councils/kent-county-council/"]
    Council.objects.update(name="Weald Council")
    search.catch_up()
    assert offered("kent") == []
    assert offered("weald") == ["/councils/kent-county-council/"]


def test_without_an_index_only_nothing_is_offered(settings, tmp_path):
    assert offered("late") == []


def test_lay_words_belong_to_what_exists():
    assert lay_words.REASONS.keys() <= REASONS.keys()
    assert lay_words.TERMS.keys() <= TERMS.keys()


def test_every_reason_is_found_by_its_label_and_its_lay_words():
    for code in REASONS:
        make_decision(reasons=[code])
    search.catch_up()
    for code, reason in REASONS.items():
        for name in (reason.label, code.replace("-", " "), *lay_words.REASONS.get(code, ())):
            assert f"/reasons/{code}/" in offered(name), name


def test_every_term_is_found_by_its_name_and_its_lay_words(archive):
    for fragment, term in TERMS.items():
        for name in (term.name, *lay_words.TERMS.get(fragment, ())):
            assert offered(f"What does {name.lower()} mean?")[:1] == [f"/glossary/#{fragment}"], (
                name
            )


def test_every_page_that_is_offered_opens(see, archive):
    for asked in ("late", "kent council tax", "s 26(6)(a)", "what is fault", "can I complain"):
        for address in offered(asked):
            page = see(address.partition("#")[0])
            fragment = address.partition("#")[2]
            assert not fragment or page.find(id=fragment)


def test_the_list_shows_the_offer_above_the_results(see, archive):
    page = see("/decisions/?q=late+complaint+reasons")
    [offer] = page.select(".answers li")
    assert text(offer).startswith("Reason for closing: Late 1 decision")
    assert text(offer.p) == REASONS["late"].explanation
    assert offer.a["href"] == "/reasons/late/"
    assert page.select_one(".answers").find_next(class_="empty")  # though no decision was found
    assert see("/decisions/?q=zebra").select_one(".answers") is None
    assert see("/decisions/").select_one(".answers") is None


# ---- What usually happens


@pytest.fixture
def broad():
    """40 decisions about a bus: 20 upheld, 8 not, 12 closed, 20 with payments of £50 to £1,000."""
    rows = [
        {"outcome": "Upheld", "payment": 5_000 * n, "remedies": ["payment"]} for n in range(1, 21)
    ]
    rows += [{"outcome": "Not upheld"}] * 8
    closed = {"outcome": "Closed after initial enquiries"}
    rows += [{**closed, "reasons": ["late"]}] * 6
    rows += [{**closed, "reasons": ["premature"]}] * 4
    rows += [{**closed, "reasons": ["schools"]}] * 2
    make_decisions({"paragraphs": ("The bus was late.",), **row} for row in rows)
    make_decisions({"paragraphs": ("A taxi.",)} for _ in range(5))


def usual(page) -> list[str]:
    return [text(statement) for statement in page.select(".usual-outcomes li")]


def test_what_usually_happens(see, broad):
    page = see("/decisions/?q=bus")
    assert text(page.h1) == "40 decisions for bus"
    assert usual(page) == [
        "Of 40 decisions, 28 were investigated. Of these, 20 were upheld (71%).",
        "A payment was recommended or agreed in 20 decisions: median £525, middle half £250"
        " to £750.",
        "Most common reasons for closing: Late (6), The council had not yet replied (4).",
    ]
    assert "paid" not in text(page.select_one(".usual-outcomes"))


def test_every_number_leads_to_what_it_counts(see, broad):
    page = see("/decisions/?q=bus")
    found = {
        text(link): text(see(link["href"]).h1).split()[0]
        for link in page.select(".usual-outcomes a")
    }
    assert found == {
        "28 were investigated": "28",
        "20 were upheld": "20",
        "20 decisions": "20",
        "£250 to £750": "11",
        "Late": "6",
        "The council had not yet replied": "4",
    }


KEPT = {
    "": "Of|A payment|Most",
    "&outcome=upheld&outcome=not-upheld&outcome=closed-after-initial-enquiries": "A payment|Most",
    "&council=wexcombe-district-council": "Of|A payment|Most",
    "&reason=late&reason=premature&reason=schools&outcome=not-upheld": "",
    "&sort=newest": "",
    "&sort=payment": "",
    "&page=2": "",
    "&payment_min=0": "",
    "&date_from=2024-01-01": "Of|A payment|Most",
}


def test_a_filter_by_what_is_counted_leaves_its_statement_out(see, broad):
    for filters, kept in KEPT.items():
        statements = usual(see(f"/decisions/?q=bus{filters}"))
        starts = kept.split("|") if kept else []
        assert [
            statement[: len(start)] for statement, start in zip(statements, starts, strict=True)
        ] == starts, filters


@pytest.mark.django_db(transaction=True)  # a later change has a later number only then
def test_few_decisions_are_not_summed_up(see):
    make_decisions({"paragraphs": ("The bus was late.",)} for _ in range(29))
    assert usual(see("/decisions/?q=bus")) == []
    make_decision(paragraphs=("The bus was late.",))
    assert usual(see("/decisions/?q=bus")) == [
        "Of 30 decisions, 30 were investigated. Of these, 30 were upheld (100%)."
    ]


def test_of_few_decisions_the_category_that_the_words_name_is_summed_up(see):
    buses = {"category": ("Education", "School transport"), "paragraphs": ("The bus was late.",)}
    make_decisions({**buses, "outcome": "Not upheld" if n % 3 else "Upheld"} for n in range(30))
    make_decision(**{**buses, "paragraphs": ("A heron on school transport.",)})
    question = "/decisions/?q=heron+on+the+school+transport"
    page = see(question)
    assert text(page.select_one(".usual-outcomes p")).endswith(
        "These numbers are about all decisions on Education › School transport."
    )
    assert usual(page) == ["Of 31 decisions, 31 were investigated. Of these, 11 were upheld (35%)."]
    link = page.select(".usual-outcomes li a")[1]["href"]
    assert text(see(link).h1).startswith("11 decisions")
    assert usual(see("/decisions/?q=heron")) == []
    assert usual(see(f"{question}&category=education")) == []


def test_without_words_nothing_is_summed_up(see, broad):
    assert see("/decisions/").select_one(".usual-outcomes") is None


def test_statements_about_few_are_left_out(see):
    rows = [{"outcome": "Upheld", "payment": 10_000}] * 9
    rows += [{"outcome": "Closed after initial enquiries", "reasons": ["late"]}] * 9
    rows += [{"outcome": None}] * 20
    make_decisions({"paragraphs": ("The bus was late.",), **row} for row in rows)
    assert see("/decisions/?q=bus").select_one(".usual-outcomes") is None


def test_equal_payments_have_no_middle_half_and_none_upheld_no_link(see):
    rows = [{"outcome": "Not upheld", "payment": 10_000}] * 30
    make_decisions({"paragraphs": ("The bus was late.",), **row} for row in rows)
    page = see("/decisions/?q=bus")
    assert usual(page) == [
        "Of 30 decisions, 30 were investigated. None of these was upheld.",
        "A payment was recommended or agreed in 30 decisions: median £100.",
    ]


def test_of_reasons_as_common_as_each_other_none_is_called_most_common(see):
    closed = {"outcome": "Closed after initial enquiries", "paragraphs": ("The bus was late.",)}
    codes = ["late"] * 10 + ["premature", "schools", "contract", "employment"] * 5
    make_decisions({**closed, "reasons": [code]} for code in codes)
    assert usual(see("/decisions/?q=bus")) == ["Most common reason for closing: Late (10)."]


def test_the_payments_are_counted_once_for_each_state_of_the_index(see, broad, monkeypatch):
    see("/decisions/?q=bus")
    monkeypatch.setattr(search.aggregations, "payments_of", lambda amounts: 1 / 0)
    assert len(usual(see("/decisions/?q=bus"))) == 3
    with pytest.raises(ZeroDivisionError):
        see("/decisions/?q=bus+late")
