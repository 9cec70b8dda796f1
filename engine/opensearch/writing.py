"""Documents as they are sent to the cluster."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from engine.analysis import Analyzer, analyzer, fold, words
from engine.dates import first_day, last_day
from engine.documents import Document, Passage
from engine.facets import FACETS
from engine.opensearch import records
from engine.opensearch.mapping import BESIDE, TITLE_WEIGHT

LONGEST_LABEL = 8_000
"""Characters of a title that it is sorted by: a keyword has at most 32,766 bytes."""


def key(document_id: str) -> str:
    """Return the key of a document in the cluster, which takes no more than 512 bytes."""
    return sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()


def source(document: Document, passages: Sequence[Passage]) -> dict[str, Any]:
    """Return what is indexed and stored of a document."""
    own = analyzer(document.language)
    inherited = [terms(document.title, own)] * TITLE_WEIGHT + [terms(document.summary, own)]
    languages = [passage.language or document.language for passage in passages]
    rows = [
        _row(passage, analyzer(language), inherited)
        for passage, language in zip(passages, languages, strict=True)
    ]
    coverage = document.coverage
    days = {}
    if document.date:
        days = {
            "first": first_day(document.date).toordinal(),
            "last": last_day(document.date).toordinal(),
        }
    return {
        "id": document.id,
        "corpus": document.corpus,
        "fingerprint": document.fingerprint,
        "sort_title": fold(document.title)[:LONGEST_LABEL],
        "analysed": sorted({document.language, *languages}),
        **{facet.name: facet.values(document) for facet in FACETS if facet.values},
        **days,
        "pages": coverage.pages,
        "pages_read": coverage.read,
        "passages": len(passages),
        "skipped": bool(document.reason),
        "record": records.encoded(document),
        "rows": [{"all": inherited}, *rows],
    }


def terms(text: str, analysis: Analyzer) -> str:
    """Return the terms of a text: positions parted by spaces, what stands at one by bars."""
    found = words(text)
    if found is not None:
        return " ".join(map(analysis.term, found))
    places = groupby(analysis.terms(text), itemgetter(1))
    return " ".join(BESIDE.join(term for term, _ in place) for _, place in places)


def tokens(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the words of a document as they are written, without those of texts in Han or kana."""
    for text in (document.title, document.summary):
        yield from words(text) or ()
    for passage in passages:
        yield from words(passage.heading) or ()
        yield from words(passage.text) or ()


def _row(passage: Passage, analysis: Analyzer, inherited: list[str]) -> dict[str, Any]:
    text, heading = terms(passage.text, analysis), terms(passage.heading, analysis)
    return {
        "text": text,
        "heading": heading,
        "all": [text, heading, *inherited],
        "section": passage.section,
        "record": records.encoded(passage),
    }
