"""The judged queries, the measure, and that our search is worth its complexity."""

import pytest

from decisions.ingest import ingest_all
from tests.tools.relevance import archive, systems
from tests.tools.relevance.archive import cases, grades
from tests.tools.relevance.measure import ndcg
from tests.tools.relevance.queries import HELD_OUT, QUERIES, TUNED
from tests.tools.relevance.tuning import ascend

ALL = [*TUNED, *HELD_OUT]


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
    assert len(ALL) >= 60
    assert len({query.text for query in ALL}) == len(ALL) == sum(map(len, QUERIES.values()))
    assert abs(len(TUNED) - len(HELD_OUT)) <= len(QUERIES)


@pytest.mark.real_files
@pytest.mark.parametrize("query", ALL, ids=lambda query: query.text)
def test_a_query_has_best_answers_and_is_not_answered_by_everything(query):
    judged = list(grades(query).values())
    assert len(judged) == archive.COUNT + 8
    assert judged.count(3) >= 1
    assert judged.count(0) >= len(judged) / 2


@pytest.mark.real_files
def test_every_real_decision_is_the_best_answer_to_a_query():
    real = {reference for reference in cases() if not reference.startswith("9")}
    assert len(real) == 8
    kinds = QUERIES["real files"]
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
    one_field = systems.baselines()["BM25, all words"]
    assert systems.mean_score(systems.ours, HELD_OUT) >= systems.mean_score(one_field, HELD_OUT)
