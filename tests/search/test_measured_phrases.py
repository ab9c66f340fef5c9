"""A search for many phrases of common words is bounded, and says so."""

import pytest
from bs4 import BeautifulSoup

from decisions import search
from decisions.search import SearchQuery, compiler, execution
from decisions.web.presenters.interpretation import LOOSENED
from tests.factories import make_decision
from tests.reading import text

pytestmark = pytest.mark.django_db


def test_only_so_many_decisions_are_measured(client, monkeypatch):
    for words in ("A bus was late.", "It was late. A bus came.", "A bus. A late zebra crossing."):
        make_decision(paragraphs=(words,))
    search.catch_up()

    def found(words: str, **options: object) -> tuple[int, bool]:
        results = search.search(SearchQuery(words, exact=True, **options))
        return results.total, results.is_loosened

    phrases = '"bus was late" "was late"'
    assert found(phrases) == (1, False)
    # The first phrase is in as many decisions as its rarest word, the second goes beyond.
    monkeypatch.setattr(compiler, "MAX_MEASURED", 3)
    execution.clear_caches()
    assert found(phrases) == (1, False)  # four phrases are always measured
    monkeypatch.setattr(compiler, "ALWAYS_MEASURED", 0)
    execution.clear_caches()
    assert found('"bus was late"') == (1, False)
    assert found(phrases) == (1, True)
    assert found('"bus was late" OR "late bus"') == (3, True)  # anywhere
    assert found('"zebra crossing" "late zebra"') == (1, False)  # rare words cost little
    page = BeautifulSoup(client.get("/decisions/", {"q": phrases}).content, "lxml")
    assert LOOSENED in text(page.select_one(".interpretation"))
    page = BeautifulSoup(client.get("/decisions/", {"q": '"zebra crossing"'}).content, "lxml")
    assert LOOSENED not in text(page.main)
