"""What a query looks for, as clauses over the rows of documents.

A word is looked for where a row has all its terms, so that its rarity is that in all fields
together; a phrase in each field. The terms of a position become one term of the cluster's scoring,
so that a word counts the same in however many languages it is looked for.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.opensearch.mapping import ALL, BESIDE, INHERITED_FIELDS, OPEN, OWN_FIELDS
from engine.protocol import Matched
from engine.wanted import Sequenced, Slot, Wanted

Clause = dict[str, Any]

EVERY_FIELD = (*OWN_FIELDS, *INHERITED_FIELDS)
MOST_EXPANSIONS = 2**31 - 1
"""Terms that a prefix at the end of a phrase may stand for: all there are."""


def both(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that holds where all hold, and adds their scores."""
    return {"bool": {"must": [*clauses]}}


def either(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that holds where any holds, and adds their scores."""
    return {"bool": {"should": [*clauses], "minimum_should_match": 1}}


def satisfying(wanted: Wanted, matched: Matched) -> Clause:
    """Return the clause of rows that have all, or any, of what is wanted."""
    groups = [either(map(_anywhere, group)) for group in wanted.groups]
    if matched == "all":
        return both(groups)
    if not wanted.kindred:
        return either(groups)
    best = [
        {"dis_max": {"queries": [group, *map(_anywhere, others)]}}
        for group, others in zip(groups, wanted.kindred, strict=True)
    ]
    return {"bool": {"filter": [either(groups)], "should": best}}


def own(wanted: Wanted) -> Clause:
    """Return the clause of rows with a wanted word or phrase in the passage itself."""
    sequences = dict.fromkeys(sequence for group in wanted.groups for sequence in group)
    return either(_stands(sequence, OWN_FIELDS) for sequence in sequences)


def excluded(wanted: Wanted) -> Clause:
    """Return the clause of rows with anything that is excluded."""
    return either(map(_anywhere, wanted.excluded))


def _anywhere(sequence: Sequenced) -> Clause:
    return _stands(sequence, EVERY_FIELD if len(sequence) > 1 else (ALL,))


def _stands(sequence: Sequenced, fields: Sequence[str]) -> Clause:
    return either(clause for field in fields for clause in _in_field(sequence, field))


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
