"""The verdicts on quotations: exact, different, not found, not held, withdrawn."""

import pytest

from decisions import search
from decisions.ingest import ingest_all
from decisions.models import Decision, Erasure
from decisions.quotations import (
    MAX_CHARACTERS,
    MAX_QUOTATIONS,
    Difference,
    Status,
    TextTooLongError,
    TooManyQuotationsError,
    check,
    verdict_json,
)
from decisions.sample import generate
from decisions.sources import Source
from tests.factories import Item, Paragraph, Section, make_decision
from tests.quotations.quoting import make, problem

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_no_verdict_is_wrong_though_half_the_quotations_have_a_word_or_a_comma_changed():
    ingest_all(Source(name, data) for name, data in generate(60, seed=9))
    search.catch_up()
    made = list(make(list(Decision.objects.order_by("pk")), 400, seed=14))
    assert sum(bool(one.changed) for one in made) == 200
    assert [(one, wrong) for one in made if (wrong := problem(one, check(one.text)))] == []


@pytest.fixture
def archive():
    items = (Item("a", "apologise to Mrs B;"), Item("b", "pay her £1,500; and"), Item(None, "act."))
    paragraphs = (
        Paragraph(1, "Mrs B complains that the Council’s letters – all of them – were late."),
        Paragraph(
            2, "The Council said “we did all that we could”. It had not, and it knew [2019]."
        ),
        Paragraph(3, "Within a month the Council should:", items),
        Paragraph(4, "I have decided. The councils’ duty ends there, as it must; we agree."),
    )
    make_decision(
        "95 000 001",
        council="Kent County Council",
        summary="Summary: the letters were late.",
        sections=(Section("The complaint", 1, paragraphs),),
    )
    paragraphs = ("The school bus never came at all, Mr C says.", "Miss D’s words were heard.")
    make_decision("95 000 002", paragraphs=paragraphs)
    make_decision(
        "95 000 003", paragraphs=("Words of a withdrawn one.",), withdrawn_at="2024-01-02T00:00:00Z"
    )
    Erasure.objects.create(
        reference="95 000 004", other_references=["95 000 005"], reason="identifiable"
    )
    search.catch_up()


def said(text: str) -> list[str]:
    """Of each quotation the status, then where it stands, or what differs."""
    return [
        " ".join(
            (
                verdict.status.value,
                *(place.where for place in verdict.places),
                *(f"{d.quotation}→{d.decision}" for d in verdict.differences),
            )
        )
        for verdict in check(text)
    ]


REF = "(95 000 001)"
QUOTED = {
    # What is mere writing makes no difference.
    f"‘the Council\u00ad's   letters - ALL of them - were late’ {REF}": "exact paragraph 1",
    f"\"The Council said 'we did all that we could'\" {REF}": "exact paragraph 2",
    f"“It had not, and it knew [2019],” {REF}": "exact paragraph 2",
    f"‘The councils’ duty ends there, as it must’ {REF}": "exact paragraph 4",
    # Words, numbers and other marks do.
    f"“pay her £1,600” {REF}": "differs paragraph 3, item b 1,600→1,500",
    f"“pay her £1500” {REF}": "differs paragraph 3, item b 1500→1,500",
    f"“The councils duty ends there as it must” {REF}": "differs paragraph 4 →’ →,",
    f"“the Councils letters – all of them – were late” {REF}": (
        "differs paragraph 1 Councils→Council’s"
    ),
    # Lists may be copied with their labels or without, across paragraphs too.
    f"“Within a month the Council should:\na) apologise to Mrs B;\nb) pay her £1,500” {REF}": (
        "exact paragraph 3 to paragraph 3, item b"
    ),
    f"“the Council should: apologise to Mrs B; (b) pay her £1,500; and act” {REF}": (
        "exact paragraph 3 to paragraph 3"
    ),
    f"> 3. Within a month the Council should:\n>\n> - apologise to Mrs B\n\n{REF}": (
        "exact paragraph 3 to paragraph 3, item a"
    ),
    # Several paragraphs, each with an opening mark.
    f"“It had not, and it knew [2019].\n\n“Within a month the Council should” {REF}": (
        "exact paragraph 2 to paragraph 3"
    ),
    # What the writer left out or changed.
    f"“Mrs B complains … were late. … it knew” {REF}": ("exact paragraph 1 paragraph 2"),
    f"“The Council should … Mrs B complains [...] letters” {REF}": (
        "differs paragraph 3 paragraph 1"  # in another order
    ),
    f"“[t]he Council said [they] did all that we could” {REF}": "exact paragraph 2",
    f"“Mrs B complain[ed] that [its] letters were late” {REF}": (
        "differs paragraph 1 →– all of them –"
    ),
    f"“It had not [emphasis added], and it knew” {REF}": "exact paragraph 2",
    # A heading, a summary.
    f"“Summary: the letters were” {REF}": "exact the summary",
    # The reference beside it, in any spelling, before or behind.
    "In 95000001 it says: “Mrs B complains that”. In 95-000-002: “The school bus never came”.": (
        "exact paragraph 1",
        "exact paragraph 1",
    ),
    "“the bus never came at all” [95–000–002], but “Mrs B complains that” (95 000 001)": (
        "differs paragraph 1 →school",
        "exact paragraph 1",
    ),
    "“I have decided.” (https://x.example/decisions/95-000-001/#para-4)": "exact paragraph 4",
    "“Something that nobody ever wrote down here” (95 000 001)": "words-not-found",
    "“Mrs B complains that the letters” (95 000 009)": "reference-not-held",
    "“Words of a withdrawn one” (95 000 003)": "withdrawn",
    "“Words of an erased one” (95 000 004), “or so” (95 000 005)": ("erased", "too-short"),
    "“Words of an erased one” (95 000 005)": "erased",  # another reference of the same
    # Without a reference, the whole archive.
    "It says “the school bus never came at all”.": "exact paragraph 1",
    "It says “the school bus never came at noon”.": "differs paragraph 1 noon→all",
    "It says “words of a withdrawn one”.": "words-not-found",
    "It says “miss D’s words were heard”.": "exact paragraph 2",
    "It says “zebras gallop over purple moons”.": "words-not-found",
    # What is no quotation, or too short for one.
    "The council's own words, the 'late' letters and the councils' duty": "too-short",
    'No quotation at all, 6" wide, since the ‘90s': (),
}


def test_each_quotation_is_compared_word_for_word(archive):
    expected = {text: [says] if isinstance(says, str) else [*says] for text, says in QUOTED.items()}
    assert {text: said(text) for text in QUOTED} == expected


def test_a_quotation_from_another_decision_is_found_there(archive):
    [verdict] = check("“The school bus never came at all” (95 000 001, paragraph 1)")
    assert verdict.status is Status.WORDS_NOT_FOUND
    assert [place.address for place in verdict.elsewhere] == ["/decisions/95-000-002/#para-1"]


def test_another_paragraph_than_the_one_named_is_told_apart(archive):
    texts = ("“I have decided” (95 000 001, para 3)", "“I have decided” (95 000 001) at [4]")
    assert [check(text)[0].is_in_named_paragraph for text in texts] == [False, True]


def test_a_verdict_as_json_leads_to_the_paragraph_and_shows_the_words(archive):
    [verdict] = check("“I have determined. The councils’ duty” (95 000 001)")
    assert verdict.differences == [Difference("determined", "decided")]
    as_json = verdict_json(verdict, "https://archive.example")
    [place] = as_json["places"]
    assert place["address"] == "https://archive.example/decisions/95-000-001/#para-4"
    assert [f"{each['kind']}:{each['text']}" for each in as_json["segments"]] == [
        "same:I have",
        "quotation: determined",
        "decision: decided",
        "same:. The councils’ duty",
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph(archive):
    [verdict] = check(
        "“Mrs B complains that the Council’s letters\n\nAnother paragraph. 95 000 001"
    )
    assert (verdict.status, verdict.is_closed) == (Status.EXACT, False)


def test_limits_are_said_before_anything_is_compared(archive):
    with pytest.raises(TextTooLongError, match=r"100,001 characters\. At most 100,000"):
        check("x" * (MAX_CHARACTERS + 1))
    with pytest.raises(TooManyQuotationsError, match="more than 100 quotations"):
        check("“Three words here” " * (MAX_QUOTATIONS + 1))


def test_without_the_index_only_named_decisions_are_compared(archive, settings, tmp_path):
    settings.INDEX_DIR = tmp_path
    texts = ("“the school bus”", "“I have decided” (95 000 001)", "“the school bus” (95 000 001)")
    verdicts = [verdict for text in texts for verdict in check(text)]
    assert [(verdict.status.value, verdict.elsewhere) for verdict in verdicts] == [
        ("not-searched", None),
        ("exact", None),
        ("words-not-found", None),
    ]


def test_a_decision_withdrawn_a_moment_ago_is_not_compared(archive):
    """The index has not heard of it yet."""
    Decision.objects.filter(reference="95 000 002").update(withdrawn_at="2024-01-02T00:00:00Z")
    assert said("“The school bus never came at all”") == ["words-not-found"]
    [verdict] = check("“The school bus never came at all” (95 000 001)")
    assert verdict.elsewhere == ()
