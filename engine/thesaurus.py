"""Other words for the same: people ask in everyday words, and reports answer in those of officials.

What the thesaurus knows never makes a document match, and is in no count. Where any word of a
query is enough, it tells which of the documents that match say what was asked in other words.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

from engine.concepts import Concepts, Form, Words, placed, said
from engine.wanted import Sequenced, Slot, Wanted

ASKED = 1.0
"""What other words count in a question, beside its own and by how rare they are together."""
SAID = 0.5
"""And in other queries, whose words are chosen with more care."""
MOST_WORDS = 8
"""Words of one language that stand for the words of a query which meet the same concepts."""
MOST_PHRASES = 8
"""Phrases, in all languages, that do."""


def with_kindred(
    thesaurus: Concepts, text: str, wanted: Wanted, languages: Sequence[str]
) -> Wanted:
    """Return what a text looks for, with the other words for what it says in the languages of the
    index."""
    kindred: list[tuple[Sequenced, ...]] = [()] * len(wanted.groups)
    weight = ASKED if wanted.spare else SAID
    for concepts, met, covered in said(thesaurus, text, wanted, languages):
        others = (thesaurus.others(concept, met, languages) for concept in concepts)
        forms = dict.fromkeys(chain.from_iterable(others)) if covered else {}
        for place in covered:
            kindred[place] = _kindred(tuple(forms), met, weight / len(met))
    return replace(wanted, kindred=tuple(kindred)) if any(kindred) else wanted


def _kindred(forms: Sequence[Form], met: Words, weight: float) -> tuple[Sequenced, ...]:
    """Return the words among some forms as one word, as rare as they are together, and the
    phrases; what is said by several words of a query counts for each of them in part."""
    spoken = frozenset(chain.from_iterable(met))
    words: dict[str, dict[str, None]] = {}
    phrases: dict[Sequenced, None] = {}
    for form in forms:
        (term, _), *others = placed(form)
        known = words.setdefault(form.language, {})
        if others:
            slots = (Slot((term,), offset, weight=weight) for term, offset in placed(form))
            phrases[tuple(slots)] = None
        elif term not in spoken and len(known) < MOST_WORDS:
            known[term] = None
    terms = tuple(dict.fromkeys(chain.from_iterable(words.values())))
    together = [(Slot(terms, weight=weight),)] if terms else []
    return (*together, *islice(phrases, MOST_PHRASES))
