"""How well our engine ranks beside Lucene's BM25, on collections with relevance judgements.

A collection is a folder with `corpus.jsonl` (id, title, text), `queries.jsonl` (id, text) and
`qrels.tsv` (qid, docid, rel). Both sides have the same terms, from our analysis;
ours has each text in passages as the indexer cuts them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import bm25s

from bench.measures import average_precision, mean, ndcg, recall
from engine.analysis import STEMMERS, analyzer
from engine.documents import Document
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Engine
from engine.queries import MOST_PER_PAGE, Query
from engine.reranking import Reranked
from engine.vocabulary import Vocabulary
from engine.wanted import analyse
from indexer.encoding import Encoder
from indexer.passages import passages
from indexer.readings import Block, Page

K1, B = 1.2, 0.75
"""Lucene's own parameters."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection: its texts and queries by id, and the grade of documents for each query."""

    name: str
    language: str
    texts: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Means over the queries that have a relevant document."""

    ndcg: float
    map: float
    recall: float


@dataclass(frozen=True, slots=True)
class Relevance:
    """The rankings of one collection."""

    name: str
    ours: Ranking
    bm25: Ranking


Rank = Callable[[str], Sequence[str]]
"""From the text of a query to the ids of the best hundred documents, best first."""


def measure(folder: Path, encoder: Encoder | None = None) -> Relevance:
    """Rank the documents of a collection for each of its queries, by both; with an encoder, ours
    by meaning too."""
    judged = read(folder)
    with TemporaryDirectory() as place:
        indexed = _indexed(judged, Path(place) / "index", encoder)
        engine = Reranked(indexed, encoder.meaning) if encoder else indexed
        ours = _ranking(judged, lambda text: _ours(engine, text))
        engine.close()
    return Relevance(judged.name, ours, _ranking(judged, _bm25(judged)))


def read(folder: Path) -> Judged:
    """Read a collection; its language is the end of its name (`xquad-es`), else English."""
    ending = folder.name.rpartition("-")[2]
    language = ending if ending in STEMMERS or ending == "zh" else "en"
    texts = {row["id"]: (row["title"], row["text"]) for row in _rows(folder / "corpus.jsonl")}
    queries = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    grades: dict[str, dict[str, int]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        for row in DictReader(lines, delimiter="\t"):
            grades.setdefault(row["qid"], {})[row["docid"]] = int(row["rel"])
    return Judged(folder.name, language, texts, queries, grades)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _indexed(judged: Judged, folder: Path, encoder: Encoder | None) -> EmbeddedEngine:
    engine = EmbeddedEngine(folder)
    documents = [
        (
            Document(id=identity, file="", title=title, language=judged.language),
            passages((Page(1, (Block(text),)),)),
        )
        for identity, (title, text) in judged.texts.items()
    ]
    if encoder:
        for _ in encoder.encode(documents):
            pass
        documents = [(each, encoder.with_vectors(each, cut)) for each, cut in documents]
    with engine.write(Vocabulary(), fresh=True) as batch:
        for document, cut in documents:
            batch.put(document, cut)
    return engine


def _ours(engine: Engine, text: str) -> list[str]:
    query = Query(text, match="any", per_page=MOST_PER_PAGE)
    findings = engine.find(query, analyse(text, engine.languages()))
    return [found.document.id for found in findings.found]


def _bm25(judged: Judged) -> Rank:
    """Return BM25 over whole documents: title and text together."""
    language = analyzer(judged.language)
    ids = list(judged.texts)
    index = bm25s.BM25(method="lucene", k1=K1, b=B)
    texts = (f"{title}\n{text}" for title, text in judged.texts.values())
    index.index([[term for term, _ in language.terms(t)] for t in texts], show_progress=False)

    def rank(text: str) -> list[str]:
        terms = [term for term, _ in language.terms(text)]
        found = index.retrieve([terms], k=min(MOST_PER_PAGE, len(ids)), show_progress=False)
        pairs = zip(found.documents[0], found.scores[0], strict=True)
        return [ids[int(at)] for at, score in pairs if score > 0]

    return rank


def _ranking(judged: Judged, rank: Rank) -> Ranking:
    scores = []
    for identity, text in judged.queries.items():
        grades = judged.grades.get(identity, {})
        if any(grade > 0 for grade in grades.values()):
            found = rank(text)
            scores.append(
                (ndcg(found, grades), average_precision(found, grades), recall(found, grades))
            )
    return Ranking(*(mean([score[at] for score in scores]) for at in range(3)))
