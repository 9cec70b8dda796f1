"""Measures of ranking and of time, written plainly.

Ranking follows trec_eval: gains are the judgements themselves, discounted by log2(rank + 1).
"""

from collections.abc import Mapping, Sequence
from math import log2
from statistics import fmean


def ndcg(ranking: Sequence[str], judged: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `depth` documents."""
    gained = _gain([judged.get(found, 0) for found in ranking[:depth]])
    best = _gain(sorted(judged.values(), reverse=True)[:depth])
    return gained / best if best else 0.0


def average_precision(ranking: Sequence[str], judged: Mapping[str, int]) -> float:
    """Return the mean of the precision at every relevant document; 0 for those not ranked."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    found = 0
    total = 0.0
    for rank, document in enumerate(ranking, start=1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0


def recall(ranking: Sequence[str], judged: Mapping[str, int], depth: int = 100) -> float:
    """Return the share of the relevant documents that stand among the first `depth`."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the mean, and 0 of nothing."""
    return fmean(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    rank = -(-round(share * 10_000) * len(ordered) // 10_000)
    return ordered[max(rank, 1) - 1]


def _gain(grades: Sequence[int]) -> float:
    return sum(max(grade, 0) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
