"""Searches as people type them: sentences, everyday words, forms of writing, closest matches."""

import pytest

from decisions import search
from decisions.models import Decision
from decisions.search import execution, thesaurus
from decisions.search.analyzers import MAX_PHRASE_FORMS, phrase_forms
from decisions.search.query_language import parse
from decisions.search.query_nodes import describe
from tests.factories import begin_next_change, make_decision, make_decisions


def find(text: str, **fields) -> search.SearchResults:
    search.catch_up()
    return search.search(search.SearchQuery(text, **fields))


def references(ids: list[int]) -> list[str]:
    return [decision.reference for decision in Decision.objects.all().by_ids(ids)]


def found(text: str, **fields) -> list[str]:
    return references(find(text, **fields).ids)


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in search.find_spans(query, text)]


# Sentences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "understood", "ignored"),
    [
        ("council refused my son", "council and refused and son", "my"),
        ("how much compensation for delay", "compensation and delay", "how much for"),
        ("what happens if council is late", "council and late", "what happens if is"),
        ("Can I appeal?", "appeal?", "Can I"),
        ("noise from the gym next to my flat", "noise and gym and next and flat", "from the to my"),
        ("they really want help with damp", "help and damp", "they really want with"),
        # Words that the thesaurus joins are as many words of a sentence.
        ("council sold the playing field", "(council and sold) and (playing and field)", "the"),
        # No sentences, and words in capitals that are names.
        ("bus to school", "bus and to and school", ""),
        ("my son", "my and son", ""),
        ("old lost will", "old and lost and will", ""),
        ("why was IT down", "IT and down", "why was"),
        ("what is this", "what and is and this", ""),
        # Quotation marks keep a word.
        ('how "much" delay was there', "“much” and delay", "how was there"),
    ],
)
def test_fillers_of_a_sentence_are_set_aside(typed, understood, ignored):
    parsed = parse(typed)
    assert describe(parsed.node) == understood
    assert " ".join(word.text for word in parsed.ignored) == ignored


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("my mum gets care at home", ["Domiciliary care"]),
        ("my mum lives in a care home", ["Residential care"]),
        ("my son is too ill for school", ["Alternative provision"]),
        ('"care home" -noise', []),
        ("hurt in his nursing home", ["Safeguarding"]),
        ("repairs to my council flat", ["Managing council tenancies", "social-landlord"]),
        # Terms of several words are found in any form, and with words of grammar between.
        ("carers are always missing their visits", ["Domiciliary care"]),
        ("evicting", []),
        ("been to court", ["court-proceedings"]),
        ("go to court", []),
        ("compensation for missed bins", ["Refuse and recycling", ""]),
        ("neighbour keeps building", ["Planning applications"]),
        ("neighbour always building", ["Planning applications"]),
        # The longest run of words counts: a care home alone is residential care.
        ("care home fees", ["Charging"]),
    ],
)
def test_words_name_subjects_as_they_stand(typed, named):
    assert [subject.name for subject in parse(typed).subjects] == named


def test_ignored_words_in_quotation_marks_are_looked_for():
    text = "how much money was paid"
    quoted = search.quote(text, *((word,) for word in parse(text).ignored))
    assert quoted == '"how" "much" money "was" paid'
    assert parse(quoted).ignored == ()


# Closest matches ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_closest_matches_are_counted_paged_filtered_and_charted():
    make_decision("90 000 001", paragraphs=("A heron, an osprey and a merlin.",))
    make_decisions(
        {"paragraphs": ("A heron and an osprey.",), "outcome": "Upheld" if n % 3 else "Not upheld"}
        for n in range(30)
    )
    make_decision("90 000 999", paragraphs=("A heron.",))
    query = "heron osprey merlin"
    first = find(query)
    assert references(first.ids) == ["90 000 001"]
    assert (first.total, first.near_total, first.listed, first.last_page) == (1, 30, 31, 2)
    counts = find(query, size=0)
    assert (counts.total, counts.near_total, counts.facets) == (1, 30, first.facets)
    assert counts.ids + counts.near_matches == []
    second = find(query, page=2)
    pages = [*first.ids, *first.near_matches, *second.ids, *second.near_matches]
    assert len(pages) == len(set(pages)) == 31
    assert second.ids == []
    assert len(second.near_matches) == 11
    assert first.facets["outcome"] == {"upheld": 21, "not-upheld": 10}
    assert search.aggregate(search.SearchQuery(query)).outcomes == first.facets["outcome"]
    for sort in ("newest", "oldest", "payment"):
        for page in (1, 2):
            by_date = find(query, sort=sort, page=page)
            assert by_date.total == 1
            assert by_date.listed == 31
            assert len(by_date.ids) + len(by_date.near_matches) == (20 if page == 1 else 11)
    upheld = find(query, terms={"outcome": ("upheld",)})
    assert upheld.listed == 21
    assert upheld.facets["outcome"] == first.facets["outcome"]


@pytest.mark.django_db
def test_words_that_point_to_one_category_together_bring_its_decisions_first():
    birds, fish = ("Nature", "Birds"), ("Nature", "Fish")
    make_decisions({"category": birds, "paragraphs": ("A heron.",)} for _ in range(6))
    make_decisions({"category": birds, "paragraphs": ("An osprey.",)} for _ in range(6))
    make_decisions({"category": fish, "paragraphs": ("A carp.",)} for _ in range(60))
    make_decisions({"category": fish, "paragraphs": ("A merlin.",)} for _ in range(2))
    first = find("heron osprey merlin").near_matches[:12]
    assert {decision.category.name for decision in Decision.objects.filter(pk__in=first)} == {
        "Birds"
    }


@pytest.mark.django_db
def test_decisions_of_a_category_that_the_words_name_come_first_and_no_others_are_found():
    make_decisions({"paragraphs": ("Gritting, gritting and gritting.",)} for _ in range(3))
    roads = ("Transport and highways", "Highway repair and maintenance")
    make_decision("90 000 001", category=roads, paragraphs=("About a road without gritting.",))
    make_decision("90 000 002", category=roads, paragraphs=("A kerb.",))
    assert found("gritting")[0] == "90 000 001"
    assert len(found("gritting")) == 4


@pytest.mark.django_db
def test_a_sentence_asks_for_what_it_names_before_all_of_its_words():
    by_chance, answer = "The grandson looked after money. Teachers treated it.", "An allowance."
    make_decisions({"paragraphs": (by_chance,)} for _ in range(12))
    carers = ("Children’s care services", "Friends and family carers")
    make_decision("90 000 001", category=carers, paragraphs=(answer,))
    make_decision(
        "90 000 002", category=carers, paragraphs=("A grandson and money, looked after.",)
    )
    make_decision(
        "90 000 003", reasons=["schools"], paragraphs=("She complained how a school treated her.",)
    )
    results = find("I look after my grandson what money can I get")
    assert references(results.ids) == ["90 000 002"]
    assert (results.total, results.near_total) == (1, 12)
    # No sentence: all that hold the words come first, and nothing follows.
    assert find("grandson money").total == 13
    assert found("Why can't I complain about how the school treated her?") == ["90 000 003"]
    # Where enough are about it, all that hold the words are listed, these first.
    begin_next_change()
    make_decisions({"category": carers, "paragraphs": (by_chance,)} for _ in range(10))
    results = find("I look after my grandson what money can I get")
    assert (results.total, results.near_total) == (23, 0)
    first = Decision.objects.filter(pk__in=results.ids[:11])
    assert {decision.category.name for decision in first} == {"Friends and family carers"}


@pytest.mark.django_db
def test_reasons_and_payments_that_words_name_come_first():
    make_decisions({"paragraphs": ("Compensation, compensation: the heron.",)} for _ in range(3))
    make_decision("90 000 001", payment=50_000, paragraphs=("Compensation for a heron.",))
    make_decision("90 000 002", reasons=["late"], paragraphs=("A heron years ago.",))
    make_decision("90 000 003", paragraphs=("A heron, years ago, and years ago again.",))
    assert found("compensation heron")[0] == "90 000 001"
    assert found("heron years ago")[0] == "90 000 002"


@pytest.mark.django_db
def test_words_of_nearly_every_decision_are_no_part_of_the_closest_matches():
    make_decision("90 000 001", paragraphs=("The Council and the complaint: a heron.",))
    make_decision("90 000 002", paragraphs=("The Council and the complaint: nothing.",))
    assert references(find("council complaint heron osprey").near_matches) == ["90 000 001"]
    assert find("council complaint").near_total == 0


@pytest.mark.django_db
def test_a_filter_never_adds_closest_matches_to_a_list_that_had_none():
    make_decisions(
        {"paragraphs": ("A heron and an osprey.",), "outcome": "Upheld" if n else "Not upheld"}
        for n in range(execution.MIN_RESULTS)
    )
    make_decision(paragraphs=("A heron.",), outcome="Not upheld")
    assert find("heron osprey", terms={"outcome": ("not-upheld",)}).listed == 1
    assert find("heron osprey").near_total == 0


@pytest.mark.django_db
def test_as_many_parts_as_half_are_needed_where_enough_decisions_have_them():
    """Under every filter as many, in whatever order the list and its part are asked for."""
    rows = [("heron osprey merlin", n) for n in range(execution.MIN_RESULTS)]
    rows += [("heron osprey", n) for n in range(execution.MIN_RESULTS)]
    make_decisions(
        {"paragraphs": (words,), "outcome": "Upheld" if n else "Not upheld"} for words, n in rows
    )
    words = "heron osprey merlin kestrel linnet siskin"
    upheld = find(words, terms={"outcome": ("not-upheld",)})
    assert (upheld.near_total, upheld.near_minimum) == (1, 3)
    assert find(words).near_total == execution.MIN_RESULTS
    assert find("heron osprey kestrel linnet siskin wren dunnock dipper").near_minimum == 2


@pytest.mark.django_db
def test_a_reference_has_no_closest_matches():
    make_decision("90 000 001")
    assert find("90 000 002").listed == 0
    assert find("90 000 heron").near_total == 1


@pytest.mark.django_db
def test_operators_keep_their_meaning_among_the_closest_matches():
    make_decision("90 000 001", paragraphs=("A heron, said to be an osprey.",))
    make_decision("90 000 002", paragraphs=("A heron and a kestrel.",))
    assert references(find("heron osprey merlin -kestrel").near_matches) == ["90 000 001"]
    assert find('"heron osprey"').listed == 0
    assert find("council:heron osprey heron").near_total == 0


# Forms of the words of a phrase ------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "written"),
    [
        ('"buses"', "bus"),
        ('"bus"', "buses"),
        ('"buses"~3', "bus"),
        ('"buses to school"', "bus to school"),
        ('"late bus"', "late buses"),
        ('"school buses"~3', "bus to a school"),
        ("school w/3 buses", "bus to a school"),
    ],
)
def test_a_phrase_finds_and_marks_the_same_forms_as_words_do(query, written):
    make_decision("90 000 001", paragraphs=(f"About the {written} alone.",))
    make_decision("90 000 002", paragraphs=("About the boss alone.",))
    assert found(query) == ["90 000 001"]
    assert marked(query, written)


def test_a_phrase_has_a_limited_number_of_forms():
    forms = phrase_forms("bus " * 50)
    assert len(forms) == MAX_PHRASE_FORMS
    assert forms[0] == ("bus",) * 50


# The thesaurus -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_entry_of_the_thesaurus_widens_something():
    lines = thesaurus.FILE.read_text(encoding="utf-8").splitlines()
    entries = list(thesaurus.read_entries(lines))
    assert len(entries) >= 1_000
    for typed, _, is_subject in entries:
        parsed = [parse(term) for term in typed]
        if is_subject:
            assert all(query.subjects for query in parsed), typed
        else:
            assert any(query.widened for query in parsed), typed
    # The page shows all other names in one line.
    assert max(map(len, thesaurus._others().values())) <= 6
    written = [line for line in lines if line and not line.startswith("#")]
    assert len(written) == len({line.casefold() for line in written})


@pytest.mark.parametrize(
    "line", ["alone", "a, ", "-> b", "a ->", "a, b -> c", "a -> a", "a ~> b, c"]
)
def test_a_line_that_is_no_entry_is_named(line):
    with pytest.raises(ValueError, match=r"thesaurus\.txt: not an entry"):
        list(thesaurus.read_entries(["# heading", "", line]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("EHCP", "education, health and care plan"),
        ("ehc plans", "EHCP"),
        ("DFG", "disabled facilities grant"),
        ("SEND", "special educational needs and disabilities"),
        ("autistic", "autism"),
        ("bin", "refuse collection"),
        ("council tax support", "council tax reduction"),
        ("compensation", "financial remedy"),
        ("parking ticket", "penalty charge notice"),
        ("antisocial", "anti-social"),
        ("anti social", "antisocial"),
        ("email", "e-mail"),
        ("e-mail", "email"),
        ("car park", "carpark"),
        ("multi-tier", "multitier"),
        ("multi tier", "multitier"),
        ('"multi-tier tests"', "multitier tests"),
        ('"council\'s reply"', "the councils reply"),
        ('"councils reply"', "the council’s reply"),
        ('"search & rescue"', "search and rescue"),
        ('"search and rescue"', "search & rescue"),
        ("obrien", "Mr O’Brien"),
        ("Cafe\u0301", "café"),
        ("noise,bakery", "A bakery that makes noise."),
        ("bakery/noise", "noise of a bakery"),
    ],
)
def test_a_word_finds_other_names_and_forms_and_marks_them(typed, written):
    make_decision("90 000 001", paragraphs=(f"About {written} alone.",))
    assert found(typed) == ["90 000 001"]
    assert marked(typed, written)


@pytest.mark.django_db
def test_another_name_ranks_below_the_word_and_quotation_marks_leave_it_out():
    for number in range(3):
        make_decision(f"90 000 00{number}", paragraphs=("An EHCP was heron.",))
    make_decision("90 000 009", paragraphs=("An EHC plan was heron.",))
    assert found("EHCP")[-1] == "90 000 009"
    assert len(found("EHCP")) == 4
    [widened] = parse("heron EHCP").widened
    assert search.quote("heron EHCP", widened.words) == 'heron "EHCP"'
    assert len(found('"EHCP"')) == 3
    assert found("heron -EHCP") == ["90 000 009"]


def test_every_word_of_a_subject_counts_for_it():
    [subject] = parse("mum in a care home then in a nursing home").subjects
    assert subject == thesaurus.Subject(thesaurus.CATEGORY, "Residential care", 5)


def test_words_in_one_part_of_a_decision_are_widened_there():
    parsed = parse("heron (EHCP in:findings)")
    [widened] = parsed.widened
    assert widened.text == "EHCP"
    assert parsed.node.parts[1].part == widened


def test_a_term_has_the_other_names_that_lead_to_it():
    assert "autism" in thesaurus.names_for("autistic spectrum disorder")
    for term in ("bin", "email", "penalty charge notice"):
        assert thesaurus.names_for(term)
        assert term not in thesaurus.names_for(term)


def test_forms_of_another_word_are_not_widened():
    assert parse("refuse").widened
    assert not parse("refused").widened
    assert not parse('"EHCP"').widened
    assert not parse("council:EHCP").widened
    assert not parse("EHCP OR taxi").widened


def test_a_term_is_found_with_articles_and_possessives_between_its_words():
    [widened] = parse("gran sold the house").widened[1:]
    assert widened.text == "sold the house"
    assert parse("gran sold her house").widened[1].others == widened.others
    # Neither outside the term, nor alone.
    assert [part.text for part in parse("the house my bin").widened] == ["bin"]


def test_other_names_that_were_typed_too_are_left_out():
    [widened] = parse("sleeping policemen calming traffic").widened
    others = [name.text for name in widened.others]
    assert widened.text == "sleeping policemen"
    assert "speed hump" in others
    assert "traffic calming" not in others
    assert parse("late delay").widened == ()


# Titles ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_title_miss_is_no_form_of_to_miss():
    make_decision("90 000 001", paragraphs=("Miss X complained.",))
    make_decision("90 000 002", paragraphs=("A missed collection.",))
    assert found("missed") == found("miss") == ["90 000 002"]
    assert found("Miss") == found("miss x") == found('"Miss X"') == ["90 000 001"]
    assert marked("missed", "Miss X missed it.") == ["missed"]
    assert marked("Miss X", "Miss X missed it.") == ["Miss", "X"]
