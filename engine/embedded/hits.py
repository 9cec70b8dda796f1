"""The documents on one page of an answer, in order, with their best passages."""

from collections.abc import Iterator

import numpy as np

from engine.embedded.ascending import Floats, Ints
from engine.embedded.codec.inversion import spread
from engine.embedded.counting import Counted
from engine.embedded.evaluation import own
from engine.embedded.snapshot import Snapshot
from engine.protocol import Found
from engine.queries import PASSAGES_SHOWN, WINDOW, Query, Sort


def hits(snapshot: Snapshot, query: Query, counted: Counted) -> Iterator[Found]:
    """Yield the documents on the page that the query asks for."""
    start = (query.page - 1) * query.per_page
    end = min(start + query.per_page, WINDOW)
    places = _first(snapshot, query, counted, end)[start:]
    numbers = counted.documents[places]
    shown = counted.shown
    firsts = np.searchsorted(shown.rows, snapshot.parents[numbers]).astype(np.int32)
    counts = np.searchsorted(shown.rows, snapshot.ends[numbers]).astype(np.int32) - firsts
    # The rows of all documents of the page at once: what is asked of them costs by the call.
    selected = spread(firsts, counts)
    rows = shown.rows[selected]
    flags = own(snapshot.row_sets, shown, rows)
    scores = shown.scores[selected]
    ends = np.cumsum(counts).tolist()
    for at, (number, score) in enumerate(
        zip(numbers.tolist(), counted.scores[places].tolist(), strict=True)
    ):
        inside = slice(ends[at - 1] if at else 0, ends[at])
        own_rows = rows[inside][flags[inside]]
        best = _best(own_rows, scores[inside][flags[inside]])
        yield Found(
            snapshot.document(number),
            score,
            tuple(map(snapshot.passage, best)),
            len(own_rows) - len(best),
        )


def _best(rows: Ints, scores: Floats) -> list[int]:
    """Return the rows with the highest scores, the first of equals first."""
    best: list[int] = rows[np.argsort(-scores, kind="stable")[:PASSAGES_SHOWN]].tolist()
    return best


def _first(snapshot: Snapshot, query: Query, counted: Counted, size: int) -> Ints:
    """Return the places, among the counted documents, of the first `size` in order."""
    documents = counted.documents
    size = min(size, len(documents))
    if size == 0:
        return np.zeros(0, np.int32)
    if query.order == "relevance" and counted.shown.groups:
        worst = np.partition(counted.scores, -size)[-size]
        candidates = np.flatnonzero(counted.scores >= worst)
        ties = snapshot.by_id[documents[candidates]]
        order = np.lexsort((ties, -counted.scores[candidates]))
        return candidates[order[:size]].astype(np.int32)
    places = _order(snapshot, query.order)[documents]
    first = np.argpartition(places, size - 1)[:size]
    return first[np.argsort(places[first])].astype(np.int32)


def _order(snapshot: Snapshot, sort: Sort) -> Ints:
    match sort:
        case "oldest":
            return snapshot.oldest
        case "title":
            return snapshot.by_title
        case _:
            return snapshot.newest
