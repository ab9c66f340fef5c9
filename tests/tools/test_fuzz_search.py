"""A small, seeded part of `make fuzz-search`."""

from itertools import islice

import pytest

from decisions.ingest import ingest_all
from decisions.sample import generate
from decisions.sources import Source
from tests.tools.fuzz_search.checking import check, questions

QUESTIONS = 400


@pytest.mark.django_db
def test_every_question_is_answered():
    ingest_all(Source(name, data) for name, data in generate(150, seed=2))
    for search_query in islice(questions(seed=2026), QUESTIONS):
        check(search_query)
