"""What a reader finds: words, phrases, filters, counts, order."""

import datetime

import pytest

from decisions import search
from decisions.analysis.citations import Citation
from decisions.analysis.passages import Evidence
from decisions.analysis.provisions import Provision, ProvisionKind
from decisions.models import NOT_STATED, Decision
from decisions.search import facets as facet_counts
from tests.factories import Paragraph, Section, make_decision
from tests.search.finding import find_references

pytestmark = pytest.mark.django_db


def facets(text: str = "", **fields) -> dict[str, dict[str, int]]:
    search.catch_up()
    return search.search(search.SearchQuery(text, **fields)).facets


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("s.26", {"90 000 001", "90 000 002"}),
        ("s 26", {"90 000 001", "90 000 002"}),
        ("sched 5", {"90 000 003", "90 000 004"}),
        ("sch.5", {"90 000 003", "90 000 004"}),
        ("sects 26", {"90 000 001", "90 000 002"}),
        ("para 3", {"90 000 003", "90 000 004"}),
        ("reg 9", {"90 000 005", "90 000 006"}),
        ("housing s.26", {"90 000 001"}),
        ("s.27", set()),
    ],
)
def test_a_provision_in_short_finds_those_who_write_it_out(typed, expected):
    texts = (
        "We applied section 26 of the Act to the housing list.",
        "The law is in s.26.",
        "The law is in Schedule 5, paragraph 3.",
        "The law is in sched 5 para 3.",
        "The law is in regulation 9.",
        "The law is in reg 9.",
        "There were 26 sections, 5 schedules and 9 regulations in 3 paragraphs.",
    )
    for number, text in enumerate(texts, 1):
        make_decision(f"90 000 00{number}", paragraphs=(text,))
    assert set(find_references(typed)) == expected


@pytest.fixture
def buses():
    """Three decisions that differ in every word that the tests ask for."""
    make_decision(
        "90 000 001",
        paragraphs=("The school bus was cancelled.", "A taxi would cost more."),
        decided_on="2022-01-10",
    )
    make_decision(
        "90 000 002",
        council="Northmere County Council",
        outcome="Not upheld",
        paragraphs=("The bus to the school ran late.",),
        decided_on="2023-01-10",
    )
    make_decision(
        "90 000 003",
        council="Northmere County Council",
        category=("Housing", "Homelessness"),
        paragraphs=("A taxi took the family to a hotel in Café Row.",),
        decided_on="2021-01-10",
    )


BUSES = {
    "bus": {"90 000 001", "90 000 002"},
    "schools": {"90 000 001", "90 000 002"},
    "bus school": {"90 000 001", "90 000 002"},
    "SCHOOL BUS": {"90 000 001", "90 000 002"},
    '"school bus"': {"90 000 001"},
    "“school bus”": {"90 000 001"},
    '"school bus': {"90 000 001"},
    "bus -taxi": {"90 000 002"},
    'bus -"school bus"': {"90 000 002"},
    "-taxi": {"90 000 002"},
    "hotel OR late": {"90 000 003", "90 000 002"},
    "bus hotel OR late": {"90 000 002"},
    "OR bus OR": {"90 000 001", "90 000 002"},
    "cafe": {"90 000 003"},
    "Café": {"90 000 003"},
    "northmere": {"90 000 002", "90 000 003"},
    "homelessness": {"90 000 003"},
    "90 000 003": {"90 000 003"},
    "nothingofthekind": set(),
    "“”": {"90 000 001", "90 000 002", "90 000 003"},
    "?!": {"90 000 001", "90 000 002", "90 000 003"},
    "-": {"90 000 001", "90 000 002", "90 000 003"},
    "bus AND nothing:[* TO": set(),
    "scho*": {"90 000 001", "90 000 002"},
    "ho* -bus": {"90 000 003"},
    "bus (cancelled OR late) -hotel": {"90 000 001", "90 000 002"},
    "-(cancelled OR late)": {"90 000 003"},
    "hotel OR -taxi": {"90 000 003", "90 000 002"},
    '"bus school"~2': {"90 000 001", "90 000 002"},
    '"bus school"~1': {"90 000 001"},
    '"school bus"~0': {"90 000 001"},
    '"late school bus"~1': set(),
    '"late school bus"~2': {"90 000 002"},
    '"taxi"~3': {"90 000 001", "90 000 003"},
    '"taxi taxi"~3': {"90 000 001", "90 000 003"},
    '"schools"~3 -"taxi"~3': {"90 000 002"},
    '"?"~3': {"90 000 001", "90 000 002", "90 000 003"},
    "council:northmere": {"90 000 002", "90 000 003"},
    'council:"northmere county"': {"90 000 002", "90 000 003"},
    "council:northmere bus": {"90 000 002"},
    "-council:north*": {"90 000 001"},
    "council:bus": set(),
    "category:homelessness": {"90 000 003"},
    "category:(transport OR housing) taxi": {"90 000 001", "90 000 003"},
    "ref:90-000-002": {"90 000 002"},
    "ref:90000002": {"90 000 002"},
    "ref:9000*": {"90 000 001", "90 000 002", "90 000 003"},
    "bus in:complaint": {"90 000 001", "90 000 002"},
    "in:remedy bus": set(),
}


def test_words_find_what_a_reader_means(buses):
    assert {text: set(find_references(text)) for text in BUSES} == BUSES


def test_a_phrase_does_not_match_across_paragraphs():
    make_decision(paragraphs=("It was cancelled.", "A taxi came."))
    assert find_references('"cancelled a taxi"') == []


def test_singular_and_plural_of_bus_find_each_other():
    make_decision("90 000 001", paragraphs=("The buses were late.",))
    make_decision("90 000 002", paragraphs=("The bus was late.",))
    for typed in ("bus", "buses", "Bus"):
        assert set(find_references(typed)) == {"90 000 001", "90 000 002"}


def test_near_words_stand_in_one_paragraph():
    make_decision("90 000 001", paragraphs=("It was cancelled.", "A taxi came."))
    make_decision("90 000 002", paragraphs=("It was cancelled. A taxi came.",))
    assert find_references('"cancelled taxi"~20') == ["90 000 002"]


def test_each_part_of_a_decision_can_be_searched_alone():
    texts = {
        "The complaint": "About a kestrel.",
        "The Ombudsman’s role and powers": "About a lapwing.",
        "What I found": "About a merlin.",
        "Agreed action": "About a nightjar.",
        "Final decision": "About an osprey.",
    }
    make_decision(
        "90 000 001",
        sections=tuple(
            Section(heading, 1, (Paragraph(number, text),))
            for number, (heading, text) in enumerate(texts.items(), 1)
        ),
    )
    words = ["kestrel", "lapwing", "merlin", "nightjar", "osprey"]
    parts = {"complaint": "kestrel", "findings": "merlin", "remedy": "nightjar"}
    for part, held in {**parts, "decision": "osprey"}.items():
        assert [word for word in words if find_references(f"{word} in:{part}")] == [held]
    assert find_references("in:complaint in:remedy osprey OR merlin") == []
    assert find_references("in:complaint in:decision osprey kestrel") == ["90 000 001"]
    assert find_references("(in:complaint kestrel) (in:decision osprey)") == ["90 000 001"]


def test_reasons_and_laws_are_found_by_their_names():
    provision = Provision(ProvisionKind.SECTION, "Local Government Act", 1974, "26B")
    citation = Citation(provision, Evidence(0, 0, (), 1, 0, 3))
    findings = {"citations": [citation.to_json()]}
    make_decision("90 000 001", reasons=["late"], findings=findings)
    make_decision("90 000 002", reasons=["no-consent"])
    assert find_references("reason:late") == ["90 000 001"]
    assert find_references('reason:"no consent"') == ["90 000 002"]
    assert find_references("law:26B") == ["90 000 001"]
    assert find_references('law:"local government act 1974"') == ["90 000 001"]
    assert find_references("-law:26B") == ["90 000 002"]


def test_several_values_of_a_filter_widen_and_several_filters_narrow(buses):
    northmere = {"council": ("northmere-county-council",)}
    both = {"council": ("northmere-county-council", "wexcombe-district-council")}
    assert set(find_references(terms=northmere)) == {"90 000 002", "90 000 003"}
    assert len(find_references(terms=both)) == 3
    assert find_references(terms={**both, "category": ("housing/homelessness",)}) == ["90 000 003"]
    assert set(find_references(terms={"category": ("education",)})) == {"90 000 001", "90 000 002"}
    assert find_references("taxi", terms=northmere) == ["90 000 003"]


def test_dates_bound_both_ends_inclusively(buses):
    day = datetime.date(2022, 1, 10)
    assert find_references(date_from=day, date_to=day) == ["90 000 001"]
    assert find_references(date_from=day) == ["90 000 002", "90 000 001"]
    assert find_references(date_to=day) == ["90 000 001", "90 000 003"]


def test_each_option_is_counted_under_the_other_filters(buses):
    counts = facets(terms={"council": ("northmere-county-council",), "outcome": ("upheld",)})
    assert counts["council"] == {"northmere-county-council": 1, "wexcombe-district-council": 1}
    assert counts["outcome"] == {"upheld": 1, "not-upheld": 1}
    assert counts["category"] == {"housing": 1, "housing/homelessness": 1}


def test_what_a_file_does_not_state_can_be_listed():
    make_decision("90 000 001", council=None, category=None, outcome=None, decided_on=None)
    make_decision("90 000 002", decided_on="2020-01-01")
    for name in ("council", "category", "outcome"):
        assert find_references(terms={name: (NOT_STATED,)}) == ["90 000 001"]
        assert facets()[name][NOT_STATED] == 1
    assert find_references(sort="newest") == ["90 000 002", "90 000 001"]
    assert find_references(sort="oldest") == ["90 000 002", "90 000 001"]


def test_orders(buses):
    assert find_references(sort="newest") == ["90 000 002", "90 000 001", "90 000 003"]
    assert find_references(sort="oldest") == ["90 000 003", "90 000 001", "90 000 002"]
    assert find_references(sort="relevance") == ["90 000 002", "90 000 001", "90 000 003"]


def test_a_word_in_the_summary_or_council_counts_more_than_in_the_text():
    make_decision("90 000 001", paragraphs=("There was noise from a pub.", "Other things."))
    make_decision("90 000 002", summary="Noise from a pub.", paragraphs=("Other things.",) * 2)
    make_decision("90 000 003", council="Noise Borough Council", paragraphs=("Other.",) * 2)
    assert find_references("noise")[-1] == "90 000 001"
    assert find_references("noise")[0] == "90 000 003"


def test_years_are_counted_under_all_but_the_dates(buses):
    day = datetime.date(2022, 1, 1)
    assert facets()["year"] == {"2021": 1, "2022": 1, "2023": 1}
    assert facets(date_from=day)["year"] == {"2021": 1, "2022": 1, "2023": 1}
    assert facets("bus", date_from=day)["year"] == {"2022": 1, "2023": 1}
    assert facets(date_from=day)["outcome"] == {"upheld": 1, "not-upheld": 1}


def test_newer_decisions_come_first_among_equal_scores():
    for number, year in enumerate((2015, 2023, 2019), 1):
        make_decision(f"90 000 00{number}", decided_on=f"{year}-01-01")
    assert find_references("delayed") == ["90 000 002", "90 000 003", "90 000 001"]


@pytest.mark.django_db(transaction=True)
def test_ties_have_one_order_in_any_segment():
    made = [make_decision(decided_on="2024-01-01") for _ in range(2 * search.PAGE_SIZE)]

    def order() -> list[int]:
        search.catch_up()
        pages = [search.search(search.SearchQuery("delayed", page=page)).ids for page in (1, 2)]
        return [pk for ids in pages for pk in ids]

    before = order()
    assert sorted(before) == [decision.pk for decision in made]
    for decision in made[5:25]:
        decision.save()  # written anew, into another segment of the index
    assert order() == before


@pytest.mark.django_db(transaction=True)
def test_counts_are_cached_until_the_archive_changes(buses):
    assert find_references("bus", sort="newest") == ["90 000 002", "90 000 001"]
    make_decision("90 000 004", paragraphs=("One more bus.",), decided_on="2024-01-10")
    assert find_references("bus", sort="newest") == ["90 000 004", "90 000 002", "90 000 001"]
    assert facets("bus")["year"] == {"2022": 1, "2023": 1, "2024": 1}


@pytest.mark.django_db(transaction=True)
def test_withdrawn_decisions_are_not_found(buses):
    assert len(find_references()) == 3
    Decision.objects.filter(reference="90 000 001").update(withdrawn_at="2024-01-01T00:00Z")
    assert set(find_references()) == {"90 000 002", "90 000 003"}
    Decision.objects.filter(reference="90 000 001").update(withdrawn_at=None)
    assert len(find_references()) == 3


@pytest.mark.django_db(transaction=True)
def test_a_renamed_council_is_found_by_its_new_name(buses):
    assert find_references("wexcombe") == ["90 000 001"]
    council = Decision.objects.get(reference="90 000 001").council
    council.name = "Harrowby Council"
    council.save()
    assert find_references("wexcombe") == []
    assert find_references("harrowby") == ["90 000 001"]


@pytest.mark.django_db(transaction=True)
def test_deleted_decisions_are_not_found(buses):
    assert len(find_references()) == 3
    Decision.objects.filter(reference="90 000 002").delete()
    assert set(find_references()) == {"90 000 001", "90 000 003"}


# Of very many things -----------------------------------------------------------------------------


def test_a_very_long_query_is_relaxed_until_enough_are_found():
    words = ["amber", "birch", "cedar", "dusk", "elder", "fern", "gorse", "hazel", "iris", "jute"]
    make_decision("90 000 001", paragraphs=(" ".join(words),))
    make_decision("90 000 002", paragraphs=(" ".join(words[:6]),))
    make_decision("90 000 003", paragraphs=(" ".join(words[:5]),))
    search.catch_up()
    search_query = search.SearchQuery(f"{' '.join(words)} “no such phrase” nowh* -kelp")
    search_results = search.search(search_query)
    assert search_results.total == 0
    nearly = Decision.objects.all().by_ids(search_results.near_matches)
    assert [decision.reference for decision in nearly] == ["90 000 001", "90 000 002", "90 000 003"]


@pytest.mark.parametrize("most", [10_000, 1])  # with more matches, they are not looked up
def test_words_near_each_other_are_looked_up_once_for_all_filters(monkeypatch, most):
    monkeypatch.setattr(facet_counts, "MAX_LOOKED_UP", most)
    near = ("The bus was often late.",)
    make_decision("90 000 001", paragraphs=near, decided_on="2020-01-01")
    make_decision("90 000 002", paragraphs=near, council="Ashmere Council", outcome=None)
    make_decision("90 000 003", paragraphs=near, outcome="Not upheld", decided_on="2022-01-01")
    far = ("The bus was often said by those who waited to be late.",)
    make_decision("90 000 004", paragraphs=far)
    search.catch_up()
    filters = {"outcome": ("upheld", "not-upheld"), "council": ("wexcombe-district-council",)}
    for text in ("“late bus”~3", "(“late bus”~3 OR nowhere) -“waited late”~2"):
        for sort, order in (("newest", [3, 1]), ("oldest", [1, 3])):
            search_results = search.search(search.SearchQuery(text, terms=filters, sort=sort))
            found = Decision.objects.all().by_ids(search_results.ids)
            assert [decision.reference for decision in found] == [f"90 000 00{n}" for n in order]
            assert search_results.total == 2
            assert search_results.facets["outcome"] == {"upheld": 1, "not-upheld": 1}
            assert search_results.facets["council"] == {"wexcombe-district-council": 2}
        search_results = search.search(search.SearchQuery(text, terms={"outcome": ("upheld",)}))
        assert search_results.facets["outcome"] == {"upheld": 1, "not-upheld": 1, "not-stated": 1}


def test_near_matches_ignore_distances_but_not_exclusions():
    far = "The bus was often said by those who waited to be late."
    make_decision("90 000 001", paragraphs=(far,))
    make_decision("90 000 002", paragraphs=(far, "A kelp matter."))
    make_decision("90 000 003", paragraphs=("A matter of kelp.",))
    search.catch_up()
    search_results = search.search(search.SearchQuery("“late bus”~3 often -“kelp matter”~0"))
    assert search_results.total == 0
    nearly = Decision.objects.all().by_ids(search_results.near_matches)
    assert [decision.reference for decision in nearly] == ["90 000 001"]
