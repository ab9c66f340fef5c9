"""The words of a text that match, and the paragraphs of a decision that match best."""

from collections.abc import Iterable

import pytest

from decisions import search
from decisions.search.highlighting import MAX_SNIPPET_LENGTH
from decisions.search.term_matcher import matcher_for
from tests.factories import Paragraph, Section, make_decision

pytestmark = pytest.mark.django_db


def bracketed(text: str, spans: Iterable[search.Span]) -> str:
    """The text with each span in square brackets."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def in_brackets(snippet: search.Snippet) -> str:
    return bracketed(snippet.text, snippet.spans)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("bus", "The buses", "The [buses]"),
        ("buses", "A bus", "A [bus]"),
        ("families", "The family’s home", "The [family’s] home"),
        ('"school bus"', "school bus and bus", "[school bus] and bus"),
        ('"school bus"', "School, bus", "[School, bus]"),
        ('"school bus"', "school or bus", "school or bus"),
        ("cafe", "Café", "[Café]"),
        ("art", "part éart 1art art_art", "part éart 1art [art]_[art]"),
        ("art", "İart Art ﬁart", "İart [Art] ﬁart"),
        ("run", "running runs rung", "[running] [runs] rung"),
        ("bus -taxi", "bus taxi", "[bus] taxi"),
        ("", "bus", "bus"),
        ("script", "<script>", "<[script]>"),
        ('"24A(6)"', "section 24A(6) of", "section [24A(6]) of"),
        ("trans*", "no transit for Transport", "no [transit] for [Transport]"),
        ('"bus late"~2', "late was the bus", "[late] was the [bus]"),
        ('"bus late"~1', "late was the bus", "late was the bus"),
        ('"bus late"~1', "bus, late bus", "[bus], [late] [bus]"),
        ("council:bus late", "late bus", "[late] bus"),
        ("(bus OR taxi) -(late)", "late bus", "late [bus]"),
        ("bus", "bus" + "s" * 300 + " bus", "bus" + "s" * 300 + " [bus]"),
        ('"lane"~3', "a lane or lanes", "a [lane] or [lanes]"),
        ('"lane lane"~3', "a lane or lanes", "a [lane] or [lanes]"),
        ('"school bus" "bus lane"', "a school bus lane", "a [school bus lane]"),
    ],
)
def test_spans_are_the_words_that_match(query, text, expected):
    assert bracketed(text, search.find_spans(query, text)) == expected


def test_a_matcher_names_the_terms_that_a_text_has():
    matcher = matcher_for("lane taxi")
    _, found = matcher.find("Two lanes.")
    assert {term.stems for term in found} == {("lane",)}
    assert matcher.find("A train.") == ([], set())


def test_many_texts_are_searched_as_each_of_them_alone():
    matcher = matcher_for("families OR cafe OR Miss")
    texts = ["No.", "Ask Miss", "to miss", "two fam\u00adilies", "a — family’s café", "Miss"]
    alone = [(position, *matcher.find(text)) for position, text in enumerate(texts)]
    assert list(matcher.find_each(texts)) == [found for found in alone if found[1]]
    assert [position for position, spans, _ in alone if spans] == [1, 3, 4, 5]


def test_snippets_are_the_paragraphs_that_hold_most_of_the_words():
    decision = make_decision(
        summary="Summary.",
        paragraphs=("A bus ran.", "The school was shut.", "A school bus ran to schools.", "End."),
    )
    ((first, second),) = search.snippets("school bus", [decision])
    assert (first.section, first.number, in_brackets(first)) == (0, 1, "A [bus] ran.")
    assert (second.number, in_brackets(second)) == (3, "A [school] [bus] ran to [schools].")


def test_a_snippet_says_where_it_stands():
    decision = make_decision(
        summary="A bus matter.",
        sections=(
            Section(None, 1, (Paragraph(1, "Nothing."),)),
            Section("What I found", 1, (Paragraph(None, "A bus."), Paragraph(7, "One bus."))),
        ),
    )
    ((summary, unnumbered, numbered),) = search.snippets("bus", [decision], limit=3)
    assert (summary.section, summary.heading, summary.number) == (None, "", None)
    assert (unnumbered.section, unnumbered.heading, unnumbered.number) == (1, "What I found", None)
    assert (numbered.section, numbered.heading, numbered.number) == (1, "What I found", 7)


def test_a_word_confined_to_a_part_is_found_only_there():
    decision = make_decision(
        sections=(
            Section("The complaint", 1, (Paragraph(1, "He wants an apology."),)),
            Section("Agreed action", 1, (Paragraph(2, "Send an apology."),)),
        )
    )
    ((snippet,),) = search.snippets("apology in:remedy", [decision])
    assert (snippet.number, in_brackets(snippet)) == (2, "Send an [apology].")


def test_long_paragraphs_are_cut_around_the_first_match():
    text = "filler words here " * 60 + "the drain overflowed " + "and more words " * 60
    ((snippet,),) = search.snippets("drain", [make_decision(paragraphs=(text,))])
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert "the [drain] overflowed" in in_brackets(snippet)
    assert len(snippet.text) <= MAX_SNIPPET_LENGTH + len("…  …")
    assert snippet.text[2:-2] in text


def test_a_match_across_the_cut_is_shortened():
    text = "a drain " + "word " * 60 + "a drain cover " + "word " * 20
    ((snippet,),) = search.snippets('drain OR "drain cover"', [make_decision(paragraphs=(text,))])
    assert in_brackets(snippet).startswith("a [drain] word")
    assert in_brackets(snippet).endswith("a [drain] …")
