"""Every example of the help page finds something in an archive like any other, as it says."""

import pytest

from decisions import search
from decisions.ingest import ingest_all
from decisions.sample import generate
from decisions.search import query_language
from decisions.sources import Source
from decisions.web.highlight_markup import mark_words
from decisions.web.search_help import TOPICS

EXAMPLES = [example.query for topic in TOPICS for example in topic.examples]


@pytest.mark.slow
@pytest.mark.django_db
def test_every_example_finds_some_decisions():
    ingest_all(Source(name, data) for name, data in generate(280, seed=3))
    found = {typed: search.search(search.SearchQuery(typed)).total for typed in EXAMPLES}
    assert {typed: total for typed, total in found.items() if not 0 < total < 280} == {}


@pytest.mark.parametrize("typed", EXAMPLES)
def test_no_help_example_needs_correction(typed):
    parsed = search.parse(typed)
    assert parsed.node is not None
    assert parsed.notes == ()


def test_the_page_shows_every_example_as_a_link(client, db):
    page = client.get("/help/").content.decode()
    for typed in EXAMPLES:
        assert mark_words(typed, "") in page
    assert page.count('href="/decisions/?q=') == len(EXAMPLES)


def test_the_examples_show_the_whole_grammar():
    together = " ".join(EXAMPLES)
    for name in query_language.NAMED:
        assert f"{name}:" in together or name == "ref"
    for part in query_language.PARTS:
        assert f"in:{part}" in together
    for mark in ('"', "OR", "NOT", " -", "(", "*", "~"):
        assert mark in together
