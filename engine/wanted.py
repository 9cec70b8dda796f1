"""What a query looks for in the index: its text after the same analysis that documents had.

A word is looked for in the stem of every language of the index, and found by any of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.analysis import analyzer, fold, terms_of
from engine.syntax import SHORTEST_PREFIX, Atom, parse

MOST_TERMS = 32
"""Words of a query that are looked for; what follows is left out and the visitor is told."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One position of a word or phrase: any of `terms`, or any term that starts with `prefix`.

    `offset` counts from the first position of the phrase.
    """

    terms: tuple[str, ...]
    offset: int = 0
    prefix: str = ""


Sequenced = tuple[Slot, ...]
"""A word (one slot) or a phrase (several, each at its offset)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every group must match by one of its words or phrases; nothing excluded may match.

    `cut` tells that the text had more than is looked for.
    """

    groups: tuple[tuple[Sequenced, ...], ...] = ()
    excluded: tuple[Sequenced, ...] = ()
    cut: bool = False

    def slots(self) -> Iterator[Slot]:
        """Yield every slot that a match may show."""
        for group in self.groups:
            for sequence in group:
                yield from sequence


def analyse(text: str, languages: Sequence[str]) -> Wanted:
    """Return what a visitor's text looks for in an index of these languages."""
    parsed = parse(text)
    room = MOST_TERMS
    cut = parsed.cut
    groups: list[tuple[Sequenced, ...]] = []
    excluded: list[Sequenced] = []
    for atom in parsed.excluded:
        sequence = _sequence(atom, languages)
        if len(sequence) > room:
            cut = True  # not shortened: the beginning of a phrase would exclude more than asked
        elif sequence:
            room -= len(sequence)
            excluded.append(sequence)
    for atoms in parsed.groups:
        for group in _groups(atoms, languages):
            size = sum(len(sequence) for sequence in group)
            if size > room:
                return Wanted(tuple(groups), tuple(excluded), cut=True)
            room -= size
            groups.append(group)
    return Wanted(tuple(groups), tuple(excluded), cut)


def _groups(atoms: tuple[Atom, ...], languages: Sequence[str]) -> list[tuple[Sequenced, ...]]:
    """Return a group for `a OR b`; for a single word a group for each word inside it, so that
    “e-commerce” asks for both its words and a run of Han for all its bigrams."""
    sequences = tuple(found for atom in atoms if (found := _sequence(atom, languages)))
    if len(sequences) == 1 and len(atoms) == 1 and not atoms[0].phrase:
        words = (replace(slot, offset=0) if slot.offset else slot for slot in sequences[0])
        return [((word,),) for word in dict.fromkeys(words)]
    return [sequences] if sequences else []


def _sequence(atom: Atom, languages: Sequence[str]) -> Sequenced:
    """Return the slots of a word or phrase; none where it has no letter or digit."""
    text = atom.text
    tokens = list(analyzer("").tokens(text))
    slots = [
        Slot(terms_of(text[token.start : token.end], tuple(languages)), token.position)
        for token in tokens
    ]
    if atom.prefix and slots:
        prefix = fold(text[tokens[-1].start :])
        if len(prefix) >= SHORTEST_PREFIX:
            slots[-1] = Slot(slots[-1].terms, slots[-1].offset, prefix)
    return tuple(slots)
