"""Decisions read by prepared SQL: the same rows as the querysets give."""

from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from decisions.models import (
    Capture,
    Decision,
    PreparedQuery,
    Provision,
    StandardWording,
    fetch_together,
)
from tests.factories import make_decision

pytestmark = pytest.mark.django_db

RELATED = ("council", "category__parent", "outcome")


def rows(decisions):
    """Everything that was loaded, related rows and annotations included."""
    return [columns(decision) for decision in decisions]


def columns(row):
    related = {name: other and columns(other) for name, other in row._state.fields_cache.items()}
    return {**vars(row), **related, "_state": row._state.db}


@pytest.mark.parametrize("load", ["listed", "excerpted"])
def test_the_rows_are_those_of_the_queryset_in_the_order_asked_for(load, django_assert_num_queries):
    first, second = make_decision(category=("Benefits", "Tax")), make_decision()
    withdrawn = make_decision(withdrawn_at=timezone.now())
    ids = [second.pk, withdrawn.pk, first.pk, 0]
    published = Decision.objects.published()
    expected = published.for_list() if load == "listed" else published.for_excerpts()
    for asked in (ids, ids[::-1], [first.pk], []):
        with django_assert_num_queries(1):
            loaded = getattr(Decision.objects, load)(asked)
        assert rows(loaded) == rows(expected.by_ids(asked))


def test_rows_that_refer_to_the_same_row_share_it():
    first, second = make_decision(category=("Benefits", "Tax")), make_decision(council=None)
    third = make_decision(category=("Benefits", "Rent"))
    rows = Decision.objects.listed([first.pk, second.pk, third.pk])
    assert [row.council and row.council.pk for row in rows] == [
        first.council.pk,
        None,
        third.council.pk,
    ]
    assert rows[0].council is rows[2].council
    assert rows[0].category is not rows[2].category
    assert rows[0].category.parent is rows[2].category.parent


def test_a_decision_is_found_by_each_of_its_references():
    other = make_decision(reference="91 000 002", other_references=["91 000 001"])
    main = make_decision(reference="91 000 001")
    assert Decision.objects.find("91 000 001") == main
    main.delete()
    assert rows([Decision.objects.find("91 000 001")]) == rows(
        Decision.objects.filter(pk=other.pk).select_related(*RELATED)
    )
    assert Decision.objects.find("91 000 003") is None


def test_its_captures_come_with_a_decision_found_by_its_main_reference(django_assert_num_queries):
    decision = make_decision(reference="91 000 001", other_references=["91 000 002"])
    for number in range(3):
        Capture.objects.create(decision=decision, sha256=str(number), name="", content=b"file")
    with django_assert_num_queries(1):
        captures = Decision.objects.find_with_captures("91 000 001").received_captures
    assert rows(captures) == rows(Capture.objects.defer("content").filter(decision=decision))
    found = Decision.objects.find_with_captures("91 000 002")
    assert found.received_captures == captures  # read when they are asked for
    assert Decision.objects.find_with_captures("91 000 003") is None


def test_queries_that_are_read_together_give_each_its_own_rows(django_assert_num_queries):
    law = Provision.objects.create(key="act", label="An Act 1990", short="AA; %s 1990")
    decision = make_decision(summary="It’s 100 %; late.")
    StandardWording.objects.create(fingerprint=-7, decisions=12, first_decision_ids=[])
    StandardWording.objects.create(fingerprint=8, decisions=2, first_decision_ids=[])
    decisions_with_ids = PreparedQuery(lambda: Decision.objects.with_ids([]))
    queries = (
        (PreparedQuery(lambda: Provision.objects.with_keys([])), [["act", "it's; %s"]]),
        (StandardWording.objects.shared, [[-7, 8]]),
        (decisions_with_ids, [[]]),
        (decisions_with_ids, [[decision.pk]]),
    )
    with django_assert_num_queries(1):
        laws, wordings, none, decisions = fetch_together(*queries)
    assert (laws, wordings, none, decisions) == ([law], [(-7, 12)], [], [decision])
    assert decisions[0].summary == decision.summary


def test_provisions_are_found_by_their_keys():
    act = Provision.objects.create(key="act", label="An Act 1990", short="AA 1990")
    with_keys = PreparedQuery(lambda: Provision.objects.with_keys([]))
    assert with_keys.fetch(["act", "other"]) == [act]
    assert with_keys.fetch([]) == []


@pytest.mark.django_db(transaction=True)
def test_each_thread_reads_on_its_own_connection():
    decision = make_decision()
    Decision.objects.find(decision.reference)  # compiled here
    found = []

    def read():
        found.append(Decision.objects.find(decision.reference))
        connection.close()

    thread = Thread(target=read)
    thread.start()
    thread.join()
    assert found == [decision]
