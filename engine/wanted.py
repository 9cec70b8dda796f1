"""What a query looks for in the index: its text after the same analysis that documents had.

A word is looked for in the stem of every language of the index, and found by any of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.analysis import analyzer, fold, terms_of
from engine.asking import spare_words, without_asking
from engine.syntax import SHORTEST_PREFIX, Atom, Parsed, parse

SPARE = 0.3
"""What a word that a question can spare counts beside the others."""
MOST_TERMS = 32
"""Words of a query that are looked for; what follows is left out and the visitor is told."""

TELLING = 4
"""Letters of ASCII from which on a word is more than a joint of a phrase."""


class Slot(NamedTuple):
    """One position of a word or phrase: any of `terms`, or any term that starts with `prefix`.

    `offset` counts from the first position of the phrase. `weight` is what the word or phrase
    counts for the score, in each of its slots.
    """

    terms: tuple[str, ...]
    offset: int = 0
    prefix: str = ""
    weight: float = 1.0


Sequenced = tuple[Slot, ...]
"""A word (one slot) or a phrase (several, each at its offset)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every group must match by one of its words or phrases; nothing excluded may match.

    `cut` tells that the text had more than is looked for. `spare` are the words of a question
    that say nothing of what is asked for: they need not stand in an answer, and may only weigh a
    little in its score. `kindred` has for each group, if for any, other words for the same: they
    never make a match, but where any word is enough a group weighs as much as the best of them.
    """

    groups: tuple[tuple[Sequenced, ...], ...] = ()
    excluded: tuple[Sequenced, ...] = ()
    cut: bool = False
    spare: tuple[Sequenced, ...] = ()
    kindred: tuple[tuple[Sequenced, ...], ...] = ()

    def places(self) -> dict[tuple[str, ...], int]:
        """Return which group each plain word is, by its terms."""
        return {
            group[0][0].terms: place
            for place, group in enumerate(self.groups)
            if group == ((Slot(group[0][0].terms),),)
        }

    def slots(self) -> Iterator[Slot]:
        """Yield every slot that a match may show: of phrases that weigh less than the query's
        words, which it does not have itself, only the longer words."""
        for group in self.groups:
            for sequence in group:
                yield from (slot for slot in sequence if slot.weight == 1 or _tells(slot))


def _tells(slot: Slot) -> bool:
    return any(len(term) >= TELLING or not term.isascii() for term in slot.terms)


def analyse(text: str, languages: Sequence[str]) -> Wanted:
    """Return what a visitor's text looks for in an index of these languages."""
    parsed = parse(text)
    plain = [atoms[0] for atoms in parsed.groups if _is_word(atoms)]
    asked = " ".join(atom.text for atom in plain if not atom.prefix)
    words = spare_words(asked)
    found = _found(parsed, languages, words)
    # A text that says nothing else asks for these words.
    return found if found.groups or not words else _found(parsed, languages, frozenset())


def _found(parsed: Parsed, languages: Sequence[str], words: frozenset[str]) -> Wanted:
    """Return what a text looks for that can spare some words."""
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
    spare: dict[Sequenced, None] = {}
    for atoms in parsed.groups:
        if words and _is_word(atoms):
            slots = (slot for word, slot in _words(atoms[0], languages) if word in words)
            spare |= {(slot._replace(weight=SPARE),): None for slot in slots}
        for group in _groups(atoms, languages, words):
            size = sum(len(sequence) for sequence in group)
            if size > room:
                return Wanted(tuple(groups), tuple(excluded), cut=True, spare=tuple(spare))
            room -= size
            groups.append(group)
    return Wanted(tuple(groups), tuple(excluded), cut, tuple(spare))


def _is_word(atoms: tuple[Atom, ...]) -> bool:
    return len(atoms) == 1 and not atoms[0].phrase


def _groups(
    atoms: tuple[Atom, ...], languages: Sequence[str], spare: frozenset[str]
) -> list[tuple[Sequenced, ...]]:
    """Return a group for `a OR b`; for a single word a group for each word inside it that is not
    spare, so that “e-commerce” asks for both its words and a run of Han for all its bigrams."""
    if _is_word(atoms):
        words = (slot for word, slot in _words(atoms[0], languages) if word not in spare)
        return [((slot,),) for slot in dict.fromkeys(words)]
    sequences = tuple(found for atom in atoms if (found := _sequence(atom, languages)))
    return [sequences] if sequences else []


def _words(atom: Atom, languages: Sequence[str]) -> Iterator[tuple[str, Slot]]:
    """Yield each word inside a word, folded, with its slot; the word of a prefix is empty."""
    text = without_asking(atom.text)
    for word, slot in _placed(atom if text == atom.text else atom._replace(text=text), languages):
        yield "" if slot.prefix else word, slot._replace(offset=0) if slot.offset else slot


def _sequence(atom: Atom, languages: Sequence[str]) -> Sequenced:
    """Return the slots of a word or phrase; none where it has no letter or digit."""
    return tuple(slot for _, slot in _placed(atom, languages))


def _placed(atom: Atom, languages: Sequence[str]) -> list[tuple[str, Slot]]:
    """Return each word of a word or phrase, folded, with its slot."""
    text = atom.text
    tokens = list(analyzer("").tokens(text))
    of = tuple(languages)
    placed = [
        (token.term, Slot(terms_of(text[token.start : token.end], of), token.position))
        for token in tokens
    ]
    if atom.prefix and placed:
        prefix = fold(text[tokens[-1].start :])
        if len(prefix) >= SHORTEST_PREFIX:
            word, slot = placed[-1]
            placed[-1] = word, slot._replace(prefix=prefix)
    return placed
