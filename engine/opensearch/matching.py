"""What a query looks for, as clauses over the rows of documents.

Words and phrases are looked for where a row has all its terms, so that their rarity is that in all
texts together. The terms of a position become one term of the cluster's scoring,
so that a word counts the same in however many languages it is looked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from engine.opensearch.mapping import ALL, BESIDE, OPEN, OWN_FIELDS
from engine.protocol import Matched
from engine.wanted import Sequenced, Slot, Wanted

Clause = dict[str, Any]

MOST_EXPANSIONS = 2**31 - 1
"""Terms that a prefix at the end of a phrase may stand for: all there are."""

MOST_PHRASES = 24
"""Phrases among the other words for what is wanted, which only weigh: a query may have 1,024
clauses, and each of these stands in it twice."""


def both(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that holds where all hold, and adds their scores."""
    return {"bool": {"must": [*clauses]}}


def either(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that holds where any holds, and adds their scores."""
    return {"bool": {"should": [*clauses], "minimum_should_match": 1}}


def satisfied(wanted: Wanted, matched: Matched) -> Clause:
    """Return the clause of rows that have all, or any, of what is wanted, for filters alone."""
    if matched == "all":
        return both(_found(group, (ALL,)) for group in wanted.groups)
    return _found(chain.from_iterable(wanted.groups), (ALL,))


def satisfying(wanted: Wanted, matched: Matched) -> Clause:
    """Return the same clause with a score: how well a row has what is wanted."""
    groups = [either(map(_anywhere, group)) for group in wanted.groups]
    if matched == "all":
        return both(groups)
    if not wanted.kindred:
        return either(groups)
    best = [
        {"dis_max": {"queries": [group, *map(_anywhere, others)]}}
        for group, others in zip(groups, _weighed(wanted.kindred), strict=True)
    ]
    return {"bool": {"filter": [satisfied(wanted, matched)], "should": best}}


def _weighed(kindred: Iterable[Iterable[Sequenced]]) -> Iterator[list[Sequenced]]:
    """Yield the other words for each group, and the phrases that there is room for."""
    room = MOST_PHRASES
    for others in kindred:
        phrases = [sequence for sequence in others if len(sequence) > 1][:room]
        room -= len(phrases)
        yield [*(sequence for sequence in others if len(sequence) == 1), *phrases]


def own(wanted: Wanted) -> Clause:
    """Return the clause of rows with a wanted word or phrase in the passage itself."""
    return _found(chain.from_iterable(wanted.groups), OWN_FIELDS)


def excluded(wanted: Wanted) -> Clause:
    """Return the clause of rows with anything that is excluded."""
    return _found(wanted.excluded, (ALL,))


def _anywhere(sequence: Sequenced) -> Clause:
    return either(_in_field(sequence, ALL))


def _found(sequences: Iterable[Sequenced], fields: Sequence[str]) -> Clause:
    """Return the clause of rows with any of some words or phrases. All plain words become one, as
    a query may have 1,024 clauses."""
    different = tuple(dict.fromkeys(sequences))
    plain = [s for s in different if len(s) == 1 and not s[0].prefix]
    terms = dict.fromkeys(term for sequence in plain for term in sequence[0].terms)
    together = [(Slot(tuple(terms)),)] if terms else []
    others = (sequence for sequence in different if sequence not in plain)
    every = (*together, *others)
    return either(clause for s in every for field in fields for clause in _in_field(s, field))


def _in_field(sequence: Sequenced, field: str) -> list[Clause]:
    """Return the clauses, of which one must hold, of a word or phrase in a field."""
    *before, last = sequence
    prefix = last.prefix if _can_begin(last.prefix) else ""
    kind = "match_phrase" if before else "match"
    boost: Clause = {} if sequence[0].weight == 1 else {"boost": sequence[0].weight}
    found: list[Clause] = [{kind: {field: {"query": _text(sequence), **boost}}}]
    if prefix and not before:
        found.append({"prefix": {field: {"value": prefix, **boost}}})
    elif prefix:
        text = _text((*before, Slot((prefix,), last.offset)))
        limits = {"max_expansions": MOST_EXPANSIONS}
        found.append({"match_phrase_prefix": {field: {"query": text, **limits, **boost}}})
    return found


def _text(sequence: Sequenced) -> str:
    """Return a word or phrase as the cluster's analysis reads it."""
    places = [OPEN] * (sequence[-1].offset + 1)
    for slot in sequence:
        places[slot.offset] = BESIDE.join(slot.terms)
    return " ".join(places)


def _can_begin(prefix: str) -> bool:
    """Tell whether a term can begin so; as typed, it may have what no term has."""
    return bool(prefix) and not any(c in (BESIDE, OPEN) or c.isspace() for c in prefix)
