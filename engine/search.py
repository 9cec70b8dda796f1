"""A search from a visitor's query to marked passages, over any engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import snippets
from engine.concepts import Form
from engine.documents import Document, Passage, Section
from engine.facets import FacetValue
from engine.glossary import Expanded, expanded
from engine.protocol import Engine, Found, Matched
from engine.queries import WINDOW, Query
from engine.slips import with_meant
from engine.snippets import Piece
from engine.thesaurus import with_kindred
from engine.wanted import Wanted, analyse


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of a hit, cut to its snippet."""

    page: int
    heading: str
    section: Section
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, and its best passages."""

    document: Document
    score: float
    passages: tuple[PassageHit, ...]
    more_passages: int


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query. `cut` tells that only the beginning of its text was used, `partial`
    that a part of the index did not answer; `also` has what the glossary added."""

    query: Query
    matched: Matched
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    cut: bool = False
    partial: bool = False
    also: tuple[Form, ...] = ()

    @property
    def pages(self) -> int:
        """The number of pages that can be paged through."""
        return -(-min(self.total, WINDOW) // self.query.per_page)


def search(engine: Engine, query: Query) -> Result:
    """Answer a query. Raises EngineError where the engine cannot answer."""
    expanded = looked_for(engine, query)
    wanted = expanded.wanted
    findings = engine.find(query, wanted)
    if findings.matched == "any" and query.glossary:
        meant = _with_meant(engine, query, wanted)
        findings = findings if meant == wanted else engine.find(query, meant)
    hits = tuple(_hit(found, wanted) for found in findings.found)
    return Result(
        query,
        findings.matched,
        findings.total,
        hits,
        findings.facets,
        wanted.cut,
        findings.partial,
        expanded.also,
    )


def looked_for(engine: Engine, query: Query) -> Expanded:
    """Return what a query looks for, with the forms that the glossary adds, and other words for
    the same that the thesaurus knows, unless they are off."""
    languages = engine.languages()
    wanted = analyse(query.text, languages)
    if not wanted.groups or not query.glossary:
        return Expanded(wanted)
    vocabulary = engine.vocabulary()
    kindred = with_kindred(vocabulary.thesaurus, query.text, wanted, languages)
    return expanded(vocabulary.glossary, query.text, kindred, languages)


def _with_meant(engine: Engine, query: Query, wanted: Wanted) -> Wanted:
    spelling, known = engine.wording().spelling, engine.vocabulary().words
    return with_meant(spelling, known, query.text, wanted, engine.languages())


def _hit(found: Found, wanted: Wanted) -> Hit:
    passages = tuple(_shown(passage, found.document, wanted) for passage in found.passages)
    return Hit(found.document, found.score, passages, found.more_passages)


def _shown(passage: Passage, document: Document, wanted: Wanted) -> PassageHit:
    language = passage.language or document.language
    snippet = snippets.cut(passage.text, language, wanted)
    return PassageHit(passage.page, passage.heading, passage.section, snippet)
