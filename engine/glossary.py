"""The terms of a field in several languages, and what a query that meets one also looks for.

A glossary is a table (CSV): `concept` names a row, every other column is a language and holds
the forms of the concept in it, parted by `;`. A form is met where its words stand one after
another in a query, after the analysis of its language; of forms that overlap the longest counts.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from io import StringIO
from itertools import islice
from operator import contains
from typing import NamedTuple

from engine.analysis import analyzer, terms_of
from engine.syntax import parse
from engine.wanted import Sequenced, Slot, Wanted

CONCEPT = "concept"
WEIGHT = 0.35
"""What another form counts beside the words that were asked for."""
MOST_CONCEPTS = 4
"""Concepts of one query whose other forms are looked for."""
MOST_FORMS = 24
"""Other forms of one concept that are looked for."""


class GlossaryError(ValueError):
    """A glossary cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a concept."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """What a query looks for with the other forms of its concepts, and these forms."""

    wanted: Wanted
    also: tuple[Form, ...] = ()


class _Meeting(NamedTuple):
    """A concept that some words meet, from `start` to before `end`."""

    concept: int
    start: int
    end: int


@dataclass(frozen=True)
class Glossary:
    """The concepts, each with its forms, and the text they were read from."""

    concepts: tuple[tuple[Form, ...], ...] = ()
    source: str = field(default="", repr=False)

    @cached_property
    def _known(self) -> Mapping[str, list[tuple[tuple[str, ...], int]]]:
        """The forms as terms, each with the number of its concept, by their first term."""
        known: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for number, forms in enumerate(self.concepts):
            for form in forms:
                terms = tuple(slot.terms[0] for slot in _sequence(form))
                known.setdefault(terms[0], []).append((terms, number))
        return known

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all forms, folded."""
        every = (token for forms in self.concepts for f in forms for token in _tokens(f.text))
        return frozenset(every)

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form.language for forms in self.concepts for form in forms))

    def expanded(self, text: str, wanted: Wanted, languages: Sequence[str]) -> Expanded:
        """Return what a text looks for, `wanted`, with the forms of its concepts in the languages
        of the index: each is one more way to satisfy the groups of the words that it stands for.

        Quoted phrases, alternatives and exclusions are left as they are.
        """
        groups = list(wanted.groups)
        places = {group: place for place, group in enumerate(groups)}
        also: dict[Form, None] = {}
        room = MOST_CONCEPTS
        for words in _runs(text):
            meetings = self._meetings([terms_of(word, self._languages) for word in words])
            for meeting in meetings[:room]:
                met = [
                    terms_of(word, tuple(languages)) for word in words[meeting.start : meeting.end]
                ]
                covered = {places[group] for term in met if (group := ((Slot(term),),)) in places}
                others = self._others(meeting.concept, met, languages) if covered else {}
                for place in covered:
                    groups[place] = (*groups[place], *others)
                also |= dict.fromkeys(others.values())
            room -= len(meetings[:room])
        return Expanded(replace(wanted, groups=tuple(groups)), tuple(also))

    def _meetings(self, words: Sequence[tuple[str, ...]]) -> list[_Meeting]:
        """Return the concepts that words meet, given the terms of each in every language."""
        meetings = []
        at = 0
        while at < len(words):
            known = [form for term in words[at] for form in self._known.get(term, ())]
            fitting = [form for form in known if _fits(form[0], words[at:])]
            if fitting:
                terms, concept = max(fitting, key=lambda form: len(form[0]))
                meetings.append(_Meeting(concept, at, at + len(terms)))
                at += len(terms)
            else:
                at += 1
        return meetings

    def _others(
        self, concept: int, met: Sequence[tuple[str, ...]], languages: Sequence[str]
    ) -> dict[Sequenced, Form]:
        """Return the forms of a concept in some languages, as they are looked for, without those
        that are the words which met it."""
        others: dict[Sequenced, Form] = {}
        for form in self.concepts[concept]:
            sequence = _sequence(form)
            terms = [slot.terms[0] for slot in sequence]
            is_met = len(terms) == len(met) and _fits(terms, met)
            if form.language in languages and not is_met:
                others.setdefault(sequence, form)
        return dict(islice(others.items(), MOST_FORMS))


def parse_glossary(source: str) -> Glossary:
    """Read a glossary. Raises GlossaryError."""
    try:
        table = csv.DictReader(StringIO(source.removeprefix("\ufeff")), strict=True)
        rows = list(table)
    except csv.Error as error:
        raise GlossaryError(f"The glossary is not a table: {error}.") from error
    if CONCEPT not in (table.fieldnames or (CONCEPT,)):
        raise GlossaryError(f"The glossary needs a column “{CONCEPT}”.")
    concepts = []
    for row in rows:
        if None in row:
            raise GlossaryError(f"“{row[CONCEPT]}” in the glossary has more cells than columns.")
        forms = [
            Form(written.strip(), language)
            for language, cell in row.items()
            if language != CONCEPT
            for written in (cell or "").split(";")
        ]
        concepts.append(tuple(form for form in forms if _sequence(form)))
    return Glossary(tuple(concepts), source)


def _tokens(text: str) -> Iterator[str]:
    return (token.term for token in analyzer("").tokens(text))


def _runs(text: str) -> Iterator[list[str]]:
    """Yield the words of a text that stand next to each other with no syntax between them."""
    run: list[str] = []
    for atoms in parse(text).groups:
        if len(atoms) == 1 and not atoms[0].phrase and not atoms[0].prefix:
            written = atoms[0].text
            run += [written[token.start : token.end] for token in analyzer("").tokens(written)]
        else:
            yield run
            run = []
    yield run


def _fits(form: Sequence[str], words: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether words begin with those of a form."""
    return len(form) <= len(words) and all(map(contains, words, form))


@lru_cache(maxsize=10_000)
def _sequence(form: Form) -> Sequenced:
    """Return the word or phrase that a form is looked for as."""
    tokens = analyzer(form.language).tokens(form.text)
    return tuple(Slot((token.term,), token.position, weight=WEIGHT) for token in tokens)
