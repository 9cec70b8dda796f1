"""The terms of a field in several languages: a query that meets one is answered by its other
forms too, and the visitor is told which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from engine.concepts import Concepts, Form, Words, placed, said
from engine.wanted import Sequenced, Slot, Wanted

WEIGHT = 0.35
"""What another form counts beside the words that were asked for."""
MOST_CONCEPTS = 4
"""Concepts of one query whose other forms are looked for."""
MOST_FORMS = 24
"""Other forms of one concept that are looked for."""
MOST_WAYS = 128
"""Forms of all concepts, each for every word that it stands for: engines have limits."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """What a query looks for with the other forms of its concepts, and these forms."""

    wanted: Wanted
    also: tuple[Form, ...] = ()


def expanded(glossary: Concepts, text: str, wanted: Wanted, languages: Sequence[str]) -> Expanded:
    """Return what a text looks for, `wanted`, with the forms of its concepts in the languages
    of the index: each is one more way to satisfy the groups of the words that it stands for."""
    groups = list(wanted.groups)
    also: dict[Form, None] = {}
    ways = MOST_WAYS
    for concepts, met, covered in islice(said(glossary, text, wanted, languages), MOST_CONCEPTS):
        most = min(MOST_FORMS, ways // len(covered)) if covered else 0
        others = _others(glossary, concepts[0], met, languages, most)
        for place in covered:
            groups[place] = (*groups[place], *others)
        ways -= len(covered) * len(others)
        also |= dict.fromkeys(others.values())
    return Expanded(replace(wanted, groups=tuple(groups)), tuple(also))


def _others(
    glossary: Concepts, concept: int, met: Words, languages: Sequence[str], most: int
) -> dict[Sequenced, Form]:
    """Return the other forms of a concept, as they are looked for, but not more than `most`."""
    others: dict[Sequenced, Form] = {}
    for form in glossary.others(concept, met, languages):
        sequence = tuple(Slot((term,), offset, weight=WEIGHT) for term, offset in placed(form))
        others.setdefault(sequence, form)
    return dict(islice(others.items(), most))
