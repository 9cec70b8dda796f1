"""Help with a query, over any engine: what it may have been meant to say, and what would find
something where it finds nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log
from typing import Literal

from engine.protocol import Engine, Findings
from engine.queries import Query
from engine.search import looked_for
from engine.spelling import corrections
from engine.wanted import analyse

Kind = Literal["correction", "without", "language", "any", "unfiltered", "afresh"]

MOST_WITHOUT = 12
"""Filters whose dropping is tried out: each costs a search."""
MOST_LANGUAGES = 3
UNSEEN = 0.1
"""Documents that count for a correction whose words stand together in none."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A query that finds something, and how many documents.

    A `correction` has another text. `without` lacks one filter: `name` is its facet, or `from`,
    `to` or `match`, and `value` what was chosen. `language` asks for the language `value`
    instead; `any` for any of the words; `unfiltered` has no filter at all, and `afresh` has none
    and another text, where nothing less finds anything.
    """

    kind: Kind
    query: Query
    total: int
    name: str = ""
    value: str = ""


def suggestion(engine: Engine, query: Query) -> str | None:
    """Return the text that a query was probably meant to have, or None where it reads well.

    Of the likely corrections, the one that the other words of the query speak for: those
    documents count that have all of the corrected text's words, whatever the filters.
    """
    found = corrections(query.text, engine.wording().spelling, engine.vocabulary().words)
    if len(found) < 2 or len(query.text.split()) < 2:
        return found[0].text if found else None
    totals = [_having_all(engine, each.text) for each in found]
    if not any(totals):
        return found[0].text
    weights = [each.likely + log(total + UNSEEN) for each, total in zip(found, totals, strict=True)]
    return found[weights.index(max(weights))].text


def offers(engine: Engine, query: Query) -> tuple[Offer, ...]:
    """Return what would find something instead of a query that finds nothing; each is one change,
    as close to the query as can be first."""
    query = replace(query, page=1)
    corrected = suggestion(engine, query)
    found = _finding(engine, _changes(engine, query, corrected))
    if found or corrected is None:
        return found
    afresh = replace(_unfiltered(query), text=corrected)
    return _finding(engine, [Offer("afresh", afresh, 0, value=corrected)])


def _finding(engine: Engine, changes: Iterable[Offer]) -> tuple[Offer, ...]:
    tried = (replace(offer, total=_findings(engine, offer.query).total) for offer in changes)
    return tuple(offer for offer in tried if offer.total)


def _changes(engine: Engine, query: Query, corrected: str | None) -> Iterator[Offer]:
    if corrected is not None:
        yield Offer("correction", replace(query, text=corrected), 0, value=corrected)
    without = [*_without(query)]
    yield from without[:MOST_WITHOUT]
    if chosen := query.filters.get("language"):
        counted = _findings(engine, query).facets["language"]
        others = [each.value for each in counted if each.count and each.value not in chosen]
        for language in others[:MOST_LANGUAGES]:
            filters = {**query.filters, "language": (language,)}
            yield Offer("language", replace(query, filters=filters), 0, value=language)
    if query.text and query.match != "any":
        yield Offer("any", replace(query, match="any"), 0)
    if len(without) > 1:
        yield Offer("unfiltered", _unfiltered(query), 0)


def _unfiltered(query: Query) -> Query:
    return replace(query, filters={}, since="", until="", match="auto")


def _without(query: Query) -> Iterator[Offer]:
    for name, chosen in query.filters.items():
        for value in chosen:
            left = {**query.filters, name: tuple(other for other in chosen if other != value)}
            filters = {name: values for name, values in left.items() if values}
            yield Offer("without", replace(query, filters=filters), 0, name, value)
    if query.since:
        yield Offer("without", replace(query, since=""), 0, "from", query.since)
    if query.until:
        yield Offer("without", replace(query, until=""), 0, "to", query.until)
    if query.match != "auto":
        yield Offer("without", replace(query, match="auto"), 0, "match", query.match)


def _findings(engine: Engine, query: Query) -> Findings:
    asked = replace(query, per_page=1, passages=0)
    return engine.find(asked, looked_for(engine, query).wanted)


def _having_all(engine: Engine, text: str) -> int:
    asked = Query(text, match="all", per_page=1, passages=0)
    return engine.find(asked, analyse(text, engine.languages())).total
