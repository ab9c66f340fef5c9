"""By which traits similar decisions are found."""

import pytest

from decisions import search
from decisions.models import NOT_STATED
from decisions.search import more_like_this
from tests.factories import make_decision

pytestmark = pytest.mark.django_db

PLAIN = {"category": None, "summary": None}


def traits(decision, kind: str) -> list[str]:
    search.catch_up()
    return list(search.find_similar(decision, 5).traits[kind])


def test_the_rarest_provisions_come_first_and_of_equally_rare_ones_the_longest(monkeypatch):
    monkeypatch.setattr(more_like_this, "MAX_SHARE", 1)
    monkeypatch.setattr(more_like_this, "MAX_PROVISIONS", 4)
    decision = make_decision(provisions=["alone", "common", "b", "a", "longer", "rare"], **PLAIN)
    make_decision(provisions=["common", "b", "a", "longer", "rare"], **PLAIN)
    make_decision(provisions=["common", "b", "a", "longer"], **PLAIN)
    make_decision(provisions=["common"], **PLAIN)
    assert traits(decision, "provision") == ["rare", "longer", "a", "b"]


def test_what_more_than_a_share_of_the_decisions_have_is_left_out(monkeypatch):
    monkeypatch.setattr(more_like_this, "MAX_SHARE", 0.5)
    decision = make_decision(provisions=["half", "most"], **PLAIN)
    for provisions in (["half", "most"], ["half", "most"], ["most"], [], []):
        make_decision(provisions=provisions, **PLAIN)
    assert traits(decision, "provision") == ["half"]


def test_reasons_and_remedies_that_are_not_stated_are_no_trait():
    decision = make_decision(reasons=[NOT_STATED, "late"], remedies=["apology", NOT_STATED])
    other = make_decision(reasons=["late"], **PLAIN)
    assert traits(decision, "reason") == ["late"]
    assert traits(decision, "remedy") == ["apology"]
    assert search.find_similar(decision, 5).ids == [other.pk]


def test_a_decision_is_not_similar_to_itself_and_no_more_are_found_than_asked_for():
    decision, *others = (make_decision() for _ in range(4))
    search.catch_up()
    found = search.find_similar(decision, 5)
    assert sorted(found.ids) == [other.pk for other in others]
    assert len(search.find_similar(decision, 2).ids) == 2


def test_without_traits_there_is_nothing_similar():
    decision = make_decision(**PLAIN)
    make_decision(**PLAIN)
    search.catch_up()
    assert search.find_similar(decision, 5).ids == []
