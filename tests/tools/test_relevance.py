"""The judged queries, the measure, and that our search is worth its complexity."""

import re

import pytest

from decisions.ingest import ingest_all
from tests.tools.relevance import archive, systems
from tests.tools.relevance.archive import cases, grades
from tests.tools.relevance.lay_word_queries import LAY_WORDS
from tests.tools.relevance.measure import ndcg
from tests.tools.relevance.queries import ALL_FRESH, FRESH, HELD_OUT, NEVER_LOOKED_AT, SEEN, TUNED
from tests.tools.relevance.question_queries import QUESTIONS
from tests.tools.relevance.report import print_report
from tests.tools.relevance.tuning import ascend
from tests.tools.relevance.unseen_queries import UNSEEN_LAY_WORDS, UNSEEN_QUESTIONS

HIDDEN = [*NEVER_LOOKED_AT, *ALL_FRESH]
ALL = [*TUNED, *HELD_OUT, *HIDDEN]


# The measure: gains 7, 3, 1 for the grades 3, 2, 1; discounts 1, log2(3) = 1.58496, log2(4) = 2.


def test_the_best_order_is_1_and_nothing_found_is_0():
    assert ndcg([3, 2, 1], [1, 0, 2, 3]) == 1
    assert ndcg([], [1, 0, 2, 3]) == 0
    assert ndcg([0, 0], [1, 0, 2, 3]) == 0


def test_a_worse_order_loses_what_its_discounts_say():
    # (3/1 + 7/1.58496 + 1/2) / (7/1 + 3/1.58496 + 1/2) = 7.91651 / 9.39279
    assert ndcg([2, 3, 1], [3, 2, 1]) == pytest.approx(0.84283, abs=1e-5)
    # A best answer in third place: (7/2) / 7.
    assert ndcg([0, 0, 3], [3, 0, 0, 0]) == 0.5


def test_only_the_first_results_count():
    assert ndcg([0] * 10 + [3], [3]) == 0
    # Eleven equal answers: ten of them are the best that ten places can hold.
    assert ndcg([3] * 10, [3] * 11) == pytest.approx(1)
    assert ndcg([1, 3], [3, 1], depth=1) == pytest.approx(1 / 7)


def test_without_anything_relevant_there_is_no_measure():
    with pytest.raises(ValueError, match="nothing is judged relevant"):
        ndcg([0, 0], [0, 0, 0])


# The judgments


def test_there_are_enough_queries_and_each_is_asked_once():
    assert len(ALL) >= 187
    assert len({query.text for query in ALL}) == len(ALL)
    assert len(TUNED) + len(HELD_OUT) == sum(map(len, SEEN.values()))
    assert abs(len(TUNED) - len(HELD_OUT)) <= len(SEEN)


def test_a_third_of_what_people_ask_in_sentences_and_lay_words_is_never_looked_at():
    assert len(QUESTIONS) + len(UNSEEN_QUESTIONS) >= 34
    assert len(LAY_WORDS) + len(UNSEEN_LAY_WORDS) >= 30
    assert 3 * len(UNSEEN_QUESTIONS) >= len(QUESTIONS) + len(UNSEEN_QUESTIONS)
    assert 3 * len(UNSEEN_LAY_WORDS) >= len(LAY_WORDS) + len(UNSEEN_LAY_WORDS)
    assert min(map(len, FRESH.values())) >= 30


@pytest.mark.real_files
@pytest.mark.parametrize("query", ALL, ids=lambda query: query.text)
def test_a_query_has_best_answers_and_is_not_answered_by_everything(query):
    judged = list(grades(query).values())
    assert len(judged) == archive.COUNT + 8
    assert judged.count(3) >= 1
    assert judged.count(0) >= len(judged) / 2


@pytest.mark.real_files
def test_single_queries_that_are_never_looked_at_are_not_printed(capsys):
    # The baseline ranks best answers first and ours finds nothing: ours loses on every query.
    def best_first(text):
        query = next(query for query in ALL if query.text == text)
        graded = grades(query)
        return sorted(graded, key=graded.get, reverse=True)[:10]

    print_report(lambda text: [], {"best first": best_first})
    printed = capsys.readouterr().out
    assert f"best first: {len(TUNED) + len(HELD_OUT)} of {len(TUNED) + len(HELD_OUT)}" in printed
    assert [query.text for query in HIDDEN if query.text in printed] == []
    for name, queries in (("never looked at", NEVER_LOOKED_AT), ("fresh", ALL_FRESH)):
        assert re.search(rf"^{name} +{len(queries)} +0\.000 +1\.000$", printed, re.M)


@pytest.mark.real_files
def test_every_real_decision_is_the_best_answer_to_a_query():
    real = {reference for reference in cases() if not reference.startswith("9")}
    assert len(real) == 8
    kinds = SEEN["real files"]
    assert real == {
        reference for query in kinds for reference in real if grades(query)[reference] == 3
    }


# The search


def test_tuning_finds_a_maximum_one_weight_at_a_time():
    trials = list(ascend({"a": 1, "b": 8}, lambda w: -abs(w["a"] - 5) - abs(w["b"] - 2)))
    assert max(trials, key=lambda trial: trial[1]) == ({"a": 5, "b": 2}, 0)
    tried = [tuple(weights.values()) for weights, _ in trials]
    assert len(tried) == len(set(tried))


@pytest.mark.processes
@pytest.mark.real_files
@pytest.mark.django_db
def test_our_ranking_is_no_worse_than_bm25_over_one_field():
    ingest_all(archive.sources())
    one_field = systems.bm25(systems.whole_texts())["BM25, all words"]
    assert systems.mean_score(systems.ours, HELD_OUT) >= systems.mean_score(one_field, HELD_OUT)
