"""Documents that say much the same as a document or a passage, over any engine.

The words that tell most of a text are asked for together: those that stand in it often, and in
few documents of the index (tf-idf, Salton and Buckley, "Term-weighting approaches in automatic
text retrieval", 1988), going by the wording of the index.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from math import log

from engine.analysis import analyzer
from engine.documents import Document, Passage
from engine.protocol import Engine, Found
from engine.queries import Query
from engine.search import looked_for
from engine.spelling import Spelling
from engine.wanted import Sequenced, Slot, Wanted

WORDS = 20
"""Words that are asked for."""
SHORTEST = 4
"""Letters that a word has at least, but in Han and kana: shorter ones join others."""
TITLE = 3
"""How often a word of the title counts."""
MOST_PASSAGES = 200
"""Passages of a document that are read."""
MOST = 5
"""Documents that are alike at most."""

_NUMBER = re.compile(r"\d")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")

Said = tuple[str, str]
"""A text and its language."""


def like_document(engine: Engine, document_id: str, most: int = MOST) -> tuple[Found, ...]:
    """Return the documents most like one of the index, without itself; none for an unknown id."""
    document = engine.document(document_id)
    if document is None:
        return ()
    passages = engine.passages(document_id)[:MOST_PASSAGES]
    said = [(document.title, document.language)] * TITLE
    said += [(document.summary, document.language)]
    said += [(passage.text, passage.language or document.language) for passage in passages]
    return _like(engine, said, document, most)


def like_passage(
    engine: Engine, document: Document, passage: Passage, most: int = MOST
) -> tuple[Found, ...]:
    """Return the documents with the passages most like one of a document, without itself."""
    language = passage.language or document.language
    return _like(engine, [(passage.heading, language), (passage.text, language)], document, most)


def telling(said: Sequence[Said], spelling: Spelling, most: int = WORDS) -> dict[str, float]:
    """Return the terms that tell most of some texts, each with how much beside the first."""
    times: defaultdict[str, int] = defaultdict(int)
    written: dict[str, str] = {}
    for text, language in said:
        for token in analyzer(language).tokens(text):
            word = text[token.start : token.end]
            if not _NUMBER.search(word) and (len(word) >= SHORTEST or _HAN.match(word)):
                times[token.term] += 1
                written.setdefault(token.term, word)
    every = max(spelling.size, 2)
    weights = {
        term: (1 + log(count)) * log(every / max(spelling.count(written[term]), 1))
        for term, count in times.items()
    }
    best = sorted(weights, key=lambda term: (-weights[term], term))[:most]
    return {term: weights[term] / weights[best[0]] for term in best if weights[term] > 0}


def _like(engine: Engine, said: Sequence[Said], own: Document, most: int) -> tuple[Found, ...]:
    terms = telling(said, engine.wording().spelling)
    if not terms:
        return ()
    groups: list[tuple[Sequenced, ...]]
    groups = [((Slot((term,), weight=weight),),) for term, weight in terms.items()]
    # What the title is about is also found in other languages.
    expanded = looked_for(engine, Query(own.title)).wanted.groups
    groups += [group for group in expanded if len(group) > 1]
    # A text in quotes says exactly what it wants: no model orders what is found for it anew.
    query = Query(f'"{own.title}"', match="any", sort="relevance", per_page=most + 1, passages=1)
    found = engine.find(query, Wanted(tuple(groups))).found
    return tuple(each for each in found if each.document.id != own.id)[:most]
