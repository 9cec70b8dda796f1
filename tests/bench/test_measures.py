"""Measures of ranking and time, against values worked out by hand."""

from math import log2

import pytest

from bench.measures import average_precision, mean, ndcg, percentile, recall

JUDGED = {"a": 1, "b": 1, "c": 1, "d": 0}


def test_ndcg_discounts_by_rank_and_divides_by_the_best_order() -> None:
    gained = 1 / log2(2) + 1 / log2(4)
    best = 1 / log2(2) + 1 / log2(3) + 1 / log2(4)

    assert ndcg(["a", "x", "b"], JUDGED) == pytest.approx(gained / best)


def test_ndcg_gains_by_grade() -> None:
    assert ndcg(["b", "a"], {"a": 3, "b": 1}) == pytest.approx(
        (1 + 3 / log2(3)) / (3 + 1 / log2(3))
    )


def test_ndcg_looks_no_deeper_than_asked() -> None:
    assert ndcg(["x", "a"], {"a": 1}, depth=1) == 0.0


def test_average_precision_is_the_mean_over_all_relevant_documents() -> None:
    assert average_precision(["a", "x", "b"], JUDGED) == pytest.approx((1 / 1 + 2 / 3) / 3)


def test_recall_is_the_share_found_within_the_depth() -> None:
    assert recall(["a", "d", "b", "c"], JUDGED, depth=3) == pytest.approx(2 / 3)


def test_a_query_without_relevant_documents_scores_nothing() -> None:
    nothing: dict[str, int] = {"a": 0}

    assert (ndcg(["a"], nothing), average_precision(["a"], nothing), recall(["a"], nothing)) == (
        (0.0, 0.0, 0.0)
    )


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(20, 0, -1)]

    assert [percentile(values, share) for share in (0.0, 0.5, 0.95, 1.0)] == [1, 10, 19, 20]


def test_the_mean_of_nothing_is_nothing() -> None:
    assert (mean([]), mean([1.0, 2.0])) == (0.0, 1.5)
