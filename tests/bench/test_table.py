"""What the measurements print: the agreed JSON, and tables."""

import json

import pytest

pytest.importorskip("bm25s", reason="the extra “bench” is not installed")

from bench.relevance import Ranking, Relevance
from bench.speed import Measure, Speed
from bench.table import relevance_json, relevance_table, speed_json, speed_table

SPEED = Speed(
    120_000,
    9_600,
    (
        Measure("query p50", "ms", {"ours": 1.23456, "tantivy": 1.3, "fts5": 250.4}, ratio=0.949),
        Measure("build", "passages/s", {"whoosh": 380.25, "ours": 8123.4}),
        Measure("page rate", "pages/s", {"ours": 250.0}),
    ),
)
RELEVANCE = [Relevance("med", Ranking(0.71239, 0.5, 1.0), Ranking(0.7, 0.49999, 0.9))]


def test_speed_as_json_leaves_out_peers_without_the_measure() -> None:
    assert json.loads(speed_json(SPEED)) == {
        "passages": 120_000,
        "measures": [
            {"name": "query p50", "unit": "ms", "ours": 1.23, "tantivy": 1.3, "fts5": 250.0},
            {"name": "build", "unit": "passages/s", "ours": 8123.0, "whoosh": 380.0},
            {"name": "page rate", "unit": "pages/s", "ours": 250.0},
        ],
    }


def test_speed_as_a_table_says_who_counts_what() -> None:
    table, note = speed_table(SPEED).split("\n\n")
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()]

    assert cells == [
        ["measure", "unit", "ours", "Tantivy", "SQLite FTS5", "stock Whoosh", "ours to Tantivy"],
        [*("---------", "----------", "----:", "------:"), *cells[1][4:]],
        ["query p50", "ms", "1.23", "1.3", "250", "", "0.95"],
        ["build", "passages/s", "8,123", "", "", "380", ""],
        ["page rate", "pages/s", "250", "", "", "", ""],
    ]
    assert note == (
        "120,000 passages in 9,600 documents, each engine on one core."
        " Ours counts documents, the others count passages."
        " The last column compares the two within a round, whose queries they answer in turns."
    )


def test_relevance_as_json() -> None:
    assert json.loads(relevance_json(RELEVANCE)) == {
        "collections": [
            {
                "name": "med",
                "ours": {"ndcg@10": 0.7124, "map": 0.5, "recall@100": 1.0},
                "bm25": {"ndcg@10": 0.7, "map": 0.5, "recall@100": 0.9},
            }
        ]
    }


def test_relevance_as_a_table() -> None:
    assert relevance_table(RELEVANCE).splitlines()[2].split("|")[1:-1] == [
        *(" med        ", "        0.712 ", "        0.700 ", "    0.500 ", "    0.500 "),
        *("           1.000 ", "           0.900 "),
    ]
