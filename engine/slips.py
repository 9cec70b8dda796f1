"""Plain misspellings: what was meant weighs beside what was written, and matches nothing by it."""

from collections.abc import Container, Sequence
from dataclasses import replace

from engine.analysis import fold, terms_of
from engine.concepts import runs
from engine.spelling import EDIT, Spelling
from engine.wanted import Slot, Wanted

SHORTEST = 5
"""Letters of the shortest word that is taken for another."""
COMMON = 30
"""How often the other word stands in the index at least."""
AHEAD = 3.0
"""How much likelier it is than the next one, as a logarithm."""


def with_meant(
    spelling: Spelling,
    known: Container[str],
    text: str,
    wanted: Wanted,
    languages: Sequence[str],
) -> Wanted:
    """Return what a text looks for, with what was meant by its misspelt words as other words for
    the same; `known` words, folded, are right whatever the index says."""
    of = tuple(languages)
    places = wanted.places()
    kindred = list(wanted.kindred or [()] * len(wanted.groups))
    for run in runs(text):
        for word in run:
            place = places.get(terms_of(word, of))
            if place is None or fold(word) in known:
                continue
            meant = _meant(word, spelling, of)
            if meant:
                kindred[place] = (*kindred[place], (Slot(terms_of(meant, of)),))
    return replace(wanted, kindred=tuple(kindred)) if any(kindred) else wanted


def _meant(written: str, spelling: Spelling, languages: tuple[str, ...]) -> str:
    """Return the common word that one which the index does not have is a slip away from: a letter
    lost, doubled or swapped; nothing where another one is nearly as likely, or the index has
    another form of the word itself."""
    if len(written) < SHORTEST or spelling.count(written):
        return ""
    terms = set(terms_of(written, languages))
    near = spelling.near(written)
    if any(terms.intersection(terms_of(other.word, languages)) for other in near):
        return ""
    near = near[:2]
    is_sure = len(near) == 1 or (len(near) == 2 and near[0].weight - near[1].weight >= AHEAD)
    if not is_sure or near[0].likely != -EDIT or near[0].count < COMMON:
        return ""
    return near[0].word
