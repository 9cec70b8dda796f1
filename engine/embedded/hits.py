"""The documents on one page of an answer, in order, with their best passages."""

from collections.abc import Iterator

import numpy as np

from engine.embedded.ascending import Floats, Ints, first_of_runs
from engine.embedded.codec.inversion import spread
from engine.embedded.counting import Counted
from engine.embedded.evaluation import Rows
from engine.embedded.snapshot import Snapshot
from engine.protocol import Found
from engine.queries import WINDOW, Query, Sort

SHORTEST_BLOCK = 8
"""Rows of a block at least; fewer rows are ranked whole."""


def hits(snapshot: Snapshot, query: Query, counted: Counted, *, ranked: bool) -> Iterator[Found]:
    """Yield the documents on the page that the query asks for; `ranked` tells that its words gave
    the rows their scores."""
    start = (query.page - 1) * query.per_page
    end = min(start + query.per_page, WINDOW)
    shown = counted.shown
    if query.order == "relevance" and ranked:
        numbers = _best_documents(shown, snapshot.by_id, end)[start:]
    else:
        numbers = _first(counted.documents, _order(snapshot, query.order), end)[start:]
    if not len(numbers):
        return
    # The rows of all documents of the page at once: what is asked of arrays costs by the call.
    firsts = shown.numbers.searchsorted(snapshot.parents.take(numbers))
    counts = shown.numbers.searchsorted(snapshot.ends.take(numbers)) - firsts
    inside = spread(firsts, counts)
    scores = shown.scores.take(inside)
    best = np.maximum.reduceat(scores, counts.cumsum() - counts).tolist()
    places = np.arange(len(numbers)).repeat(counts)
    own = shown.own.take(inside).nonzero()[0]
    order = own.take(np.lexsort((-scores.take(own), places.take(own))))
    rows = shown.numbers.take(inside.take(order)).tolist()
    own_scores = scores.take(order).tolist()
    ends = places.take(order).searchsorted(np.arange(len(numbers)), "right").tolist()
    since = 0
    for number, score, until in zip(numbers.tolist(), best, ends, strict=True):
        reach = min(since + query.passages, until)
        passages = tuple(map(snapshot.passage, rows[since:reach]))
        shown_scores = tuple(own_scores[since:reach])
        yield Found(snapshot.document(number), score, passages, until - reach, shown_scores)
        since = until


def _best_documents(rows: Rows, by_id: Ints, size: int) -> Ints:
    """Return the documents of the best rows, at most `size`, best first, equals by id."""
    bound = _bound(rows.scores, size)
    candidates = rows.where(rows.scores >= bound) if bound else rows
    starts = first_of_runs(candidates.owners)
    if len(starts) < size:
        candidates = rows
        starts = first_of_runs(rows.owners)
    if not len(starts):
        return rows.owners
    documents = candidates.owners.take(starts)
    best = np.maximum.reduceat(candidates.scores, starts)
    return documents.take(np.lexsort((by_id.take(documents), -best))[:size])


def _bound(scores: Floats, size: int) -> float:
    """Return a score that about `size` documents reach, or few more: the rows are parted into
    blocks, and the best of many blocks reach it."""
    blocks = 8 * size
    width = len(scores) // blocks if blocks else 0
    if width < SHORTEST_BLOCK:
        return 0
    best = scores[: blocks * width].reshape(blocks, width).max(axis=1)
    best.sort()
    return float(best[-2 * size])


def _first(documents: Ints, places: Ints, size: int) -> Ints:
    """Return the first of some documents in an order that is given by their places."""
    of = places.take(documents)
    if size < len(of):
        first = of.argpartition(size)[:size]
        documents, of = documents.take(first), of.take(first)
    return documents.take(of.argsort())


def _order(snapshot: Snapshot, sort: Sort) -> Ints:
    match sort:
        case "oldest":
            return snapshot.oldest
        case "title":
            return snapshot.by_title
        case _:
            return snapshot.newest
