"""Whether the right file and the right page come first, on questions of our own over real reports.

`questions.csv`, a row a question: kind, query, file, pages (physical ones, from 1, any of which
answers it), language of the query, and `also`, another file that answers as well, as file:pages.
The kinds: keyword; question; title (half remembered, answered by the pages that bear it); language
(in the report's own, or in another than the report's). Written after reading the pages, in
other words than theirs.

Ours is a visitor's search: the first ten hits, for any of the words as in all measurements of
ranking (match=any), because BM25 asks for no more; with `match` as a visitor has it at first, auto,
where documents without a word are left out as soon as one has all. Its files are the hits in order;
its pages are those of the passages that the hits show (up to three each, best first), read from the
top hit down, each page once. The peer is Lucene's BM25 over pages: the text of a page is what our
indexer read there, under the headings that begin there; terms are our analysis's in the page's
language, and a query's words are looked for in the stems of every language of the index, as ours
are; files stand in the order of their best page. Neither is told the language of a query.

A stable hash of the query parts the questions into a half to tune on and a half to report.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

import bm25s
import numpy as np

from bench.measures import mean
from bench.relevance import K1, B
from engine.analysis import analyzer
from engine.embedded.engine import EmbeddedEngine
from engine.meaning import Meaning
from engine.protocol import Engine
from engine.queries import PER_PAGE, Match, Query
from engine.reranking import Reranked
from engine.search import search
from indexer import building
from indexer.encoding import Encoder
from indexer.progress import Progress
from indexer.store import Store

Half = Literal["tune", "held-out"]
HALVES: tuple[Half, ...] = get_args(Half)
KINDS = ("keyword", "question", "title", "language")
DEPTHS = (1, 3, 10)
COMPARED = ("file@3", "page@3")
"""Measures whose difference is given with an interval."""
SAMPLES = 10_000
SEED = 2025

QUESTIONS = Path(__file__).with_name("questions.csv")

Page = tuple[str, int]
"""A file and the number of a page in it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the pages, in one file or two, each of which answers it."""

    kind: str
    query: str
    language: str
    answers: frozenset[Page]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a search gives: files and pages, best first, each once."""

    files: Sequence[str]
    pages: Sequence[Page]


@dataclass(frozen=True, slots=True)
class Gain:
    """The mean of ours minus the peer's, and its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kind:
    """The shares of the questions of a kind that each side answers, by measure (`page@3`)."""

    kind: str
    n: int
    ours: Mapping[str, float]
    bm25: Mapping[str, float]
    gains: Mapping[str, Gain]


Rank = Callable[[str], Ranked]
Scores = Mapping[str, float]


def read(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """Read the questions of a file in the format of `questions.csv`."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Question(
                row["kind"],
                row["query"],
                row["language"],
                _pages(row["file"], row["pages"]) | _pages(*row["also"].rpartition(":")[::2]),
            )
            for row in DictReader(lines)
        )


def half(query: str) -> Half:
    """Return the half that a query belongs to, for ever the same."""
    return HALVES[sha256(query.encode()).digest()[0] % 2]


def measure(
    corpus: Path,
    folder: Path,
    questions: Sequence[Question],
    chosen: Half | None = None,
    meaning: Meaning | None = None,
    match: Match = "any",
) -> tuple[Kind, ...]:
    """Index a corpus in a folder, where what was read stays for the next time, and ask both; with
    models ours answers by meaning too.

    Returns a row for each kind that occurs, and one over `all`. Raises what building raises, and
    ValueError where an answer is not a page of the corpus.
    """
    engine = _indexed(corpus, folder, meaning)
    try:
        _check(engine, questions)
        searched = Reranked(engine, meaning) if meaning else engine
        ours, peer = _ours(searched, match), _bm25(engine)
        asked = [q for q in questions if chosen in (None, half(q.query))]
        outcomes = [(q.kind, scores(q, ours(q.query)), scores(q, peer(q.query))) for q in asked]
    finally:
        engine.close()
    kinds = dict.fromkeys(kind for kind, _, _ in outcomes)
    groups = {kind: [pair for of, *pair in outcomes if of == kind] for kind in kinds}
    groups["all"] = [pair for _, *pair in outcomes]
    return tuple(_kind(kind, pairs) for kind, pairs in groups.items() if pairs)


def scores(question: Question, ranked: Ranked) -> dict[str, float]:
    """Return 1 for each measure whose depth reaches an answer, else 0."""
    files = {file for file, _ in question.answers}
    found = {"file": [f in files for f in ranked.files]}
    found["page"] = [page in question.answers for page in ranked.pages]
    return {f"{of}@{n}": float(any(hits[:n])) for of, hits in found.items() for n in DEPTHS}


def gain(ours: Sequence[float], peer: Sequence[float]) -> Gain:
    """Compare two sides on the same questions: paired bootstrap, percentiles of the means."""
    differences = np.subtract(ours, peer)
    drawn = np.random.default_rng(SEED).integers(len(differences), size=(SAMPLES, len(differences)))
    low, high = np.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return Gain(float(differences.mean()), float(low), float(high))


def _pages(file: str, pages: str) -> frozenset[Page]:
    return frozenset((file, int(page)) for page in pages.split(";") if page)


def _indexed(corpus: Path, folder: Path, meaning: Meaning | None) -> EmbeddedEngine:
    engine = EmbeddedEngine(folder / "index")
    with Store(folder / "store.sqlite") as store:
        encoder = Encoder(meaning, store) if meaning else None
        building.build(corpus, engine, store, Progress(sys.stderr), encoder)
    return engine


def _check(engine: Engine, questions: Sequence[Question]) -> None:
    documents = [engine.document(identity) for identity in engine.entries()]
    pages = {document.file: document.coverage.pages for document in documents if document}
    for question in questions:
        for file, page in question.answers:
            if not 1 <= page <= pages.get(file, 0):
                raise ValueError(f"The corpus has no page {page} of {file}.")


def _ours(engine: Engine, match: Match) -> Rank:
    def rank(text: str) -> Ranked:
        hits = search(engine, Query(text, match=match, per_page=PER_PAGE)).hits
        shown = ((hit.document.file, passage.page) for hit in hits for passage in hit.passages)
        return Ranked([hit.document.file for hit in hits], list(dict.fromkeys(shown)))

    return rank


def _bm25(engine: Engine) -> Rank:
    """Return BM25 over the pages that have text."""
    terms = _terms(engine)
    keys = list(terms)
    languages = [analyzer(language) for language in engine.languages()]
    index = bm25s.BM25(method="lucene", k1=K1, b=B)
    index.index(list(terms.values()), show_progress=False)

    def rank(text: str) -> Ranked:
        wanted = dict.fromkeys(term for each in languages for term, _ in each.terms(text))
        found = index.retrieve([list(wanted)], k=len(keys), show_progress=False)
        pairs = zip(found.documents[0], found.scores[0], strict=True)
        pages = [keys[int(at)] for at, score in pairs if score > 0]
        files = dict.fromkeys(file for file, _ in pages)
        return Ranked(list(islice(files, PER_PAGE)), pages[: max(DEPTHS)])

    return rank


def _terms(engine: Engine) -> dict[Page, list[str]]:
    terms: dict[Page, list[str]] = {}
    for identity in engine.entries():
        document = engine.document(identity)
        assert document is not None
        heading = ""
        for passage in engine.passages(identity):
            begins = passage.heading if passage.heading != heading else ""
            heading = passage.heading
            words = analyzer(passage.language or document.language)
            page = terms.setdefault((document.file, passage.page), [])
            page += [term for text in (begins, passage.text) for term, _ in words.terms(text)]
    return terms


def _kind(kind: str, pairs: Sequence[Sequence[Scores]]) -> Kind:
    ours, peer = zip(*pairs, strict=True)
    return Kind(
        kind,
        len(pairs),
        {name: mean([one[name] for one in ours]) for name in ours[0]},
        {name: mean([one[name] for one in peer]) for name in peer[0]},
        {name: gain([one[name] for one in ours], [one[name] for one in peer]) for name in COMPARED},
    )
