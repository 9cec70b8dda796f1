"""What was measured, as tables for people (Markdown) and as JSON for programs."""

import json
from collections.abc import Mapping, Sequence

from bench.peers import NAMES
from bench.questions import Gain, Kind
from bench.relevance import Ranking, Relevance
from bench.speed import Measure, Speed

_TITLES = {"ours": "ours", "tantivy": "Tantivy", "fts5": "SQLite FTS5", "whoosh": "stock Whoosh"}


def speed_json(speed: Speed) -> str:
    """Return the measures as one JSON object; an engine without a measure is left out of it."""
    measures = [
        {"name": m.name, "unit": m.unit}
        | {name: _rounded(m.values[name]) for name in NAMES if name in m.values}
        for m in speed.measures
    ]
    return json.dumps({"passages": speed.passages, "measures": measures})


def speed_table(speed: Speed) -> str:
    """Return the measures as a table, with what each engine counts under it."""
    rows = [["measure", "unit", *(_TITLES[name] for name in NAMES), "ours to Tantivy"]]
    rows += [_speed_row(measure) for measure in speed.measures]
    note = (
        f"{speed.passages:,} passages in {speed.documents:,} documents, each engine on one core."
        " Ours counts documents, the others count passages."
        " The last column compares the two within a round, whose queries they answer in turns."
    )
    return f"{_markdown(rows, words=2)}\n\n{note}"


def relevance_json(found: Sequence[Relevance]) -> str:
    """Return the rankings as one JSON object."""
    collections = [
        {"name": one.name, "ours": _ranking(one.ours), "bm25": _ranking(one.bm25)} for one in found
    ]
    return json.dumps({"collections": collections})


def relevance_table(found: Sequence[Relevance]) -> str:
    """Return the rankings as a table, a row a collection."""
    names = ("nDCG@10", "MAP", "recall@100")
    header = ["collection", *(f"{name} {side}" for name in names for side in ("ours", "BM25"))]
    rows = [
        [
            one.name,
            *(
                f"{value:.3f}"
                for pair in zip(
                    _ranking(one.ours).values(), _ranking(one.bm25).values(), strict=True
                )
                for value in pair
            ),
        ]
        for one in found
    ]
    return _markdown([header, *rows], words=1)


def questions_json(found: Sequence[Kind]) -> str:
    """Return the shares of each kind of question as one JSON object."""
    kinds = [
        {"kind": one.kind, "n": one.n, "ours": _shares(one.ours), "bm25": _shares(one.bm25)}
        for one in found
    ]
    return json.dumps({"kinds": kinds})


def questions_table(found: Sequence[Kind]) -> str:
    """Return the shares as a table, a row a kind, with the gains under it."""
    measures, compared = list(found[0].ours), list(found[0].gains)
    header = ["kind", "n", *(f"{name} {side}" for name in measures for side in ("ours", "BM25"))]
    rows = [
        [
            one.kind,
            str(one.n),
            *(f"{100 * side[name]:.1f}" for name in measures for side in (one.ours, one.bm25)),
        ]
        for one in found
    ]
    gains = [[one.kind, *(_gain(one.gains[name]) for name in compared)] for one in found]
    note = "Ours minus BM25, in points, and its 95 % interval (paired bootstrap):"
    return "\n\n".join(
        (
            _markdown([header, *rows], words=1),
            note,
            _markdown([["kind", *compared], *gains], words=1),
        )
    )


def _shares(shares: Mapping[str, float]) -> dict[str, float]:
    return {name: round(share, 4) for name, share in shares.items()}


def _gain(gain: Gain) -> str:
    return f"{100 * gain.mean:+.1f} ({100 * gain.low:+.1f} to {100 * gain.high:+.1f})"


def _rounded(value: float) -> float:
    """Return three digits that count, and all of those before the point."""
    return float(f"{value:.3g}") if value < 1000 else float(round(value))


def _speed_row(measure: Measure) -> list[str]:
    values = [_number(measure.values[n]) if n in measure.values else "" for n in NAMES]
    ratio = "" if measure.ratio is None else f"{measure.ratio:.2f}"
    return [measure.name, measure.unit, *values, ratio]


def _number(value: float) -> str:
    return f"{_rounded(value):,g}" if value < 1000 else f"{value:,.0f}"


def _ranking(ranking: Ranking) -> dict[str, float]:
    return {
        "ndcg@10": round(ranking.ndcg, 4),
        "map": round(ranking.map, 4),
        "recall@100": round(ranking.recall, 4),
    }


def _markdown(rows: Sequence[Sequence[str]], words: int) -> str:
    """Return a table whose first `words` columns are words and all others numbers."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    rule = ["-" * w if at < words else "-" * (w - 1) + ":" for at, w in enumerate(widths)]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if at < words else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in (rows[0], rule, *rows[1:])
    )
