"""Tables of concepts: what is said in several ways and languages, and where a query says it.

A table (CSV) has a column `concept` that names the row; every other column is a language and holds
the forms of the concept in it, parted by `;`. A form is met where its words stand one after
another in a query, after the analysis of its language; of forms that overlap the longest counts.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from io import StringIO
from operator import contains
from typing import NamedTuple

from engine.analysis import analyzer, terms_of
from engine.syntax import parse
from engine.wanted import Wanted

CONCEPT = "concept"


class ConceptsError(ValueError):
    """A table of concepts cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a concept."""

    text: str
    language: str

    @property
    def terms(self) -> tuple[str, ...]:
        """Its words as its language has them indexed."""
        return tuple(term for term, _ in placed(self))


class Meeting(NamedTuple):
    """Concepts that the same words of a run meet, the first in the table first, and which words:
    from `start` to before `end`."""

    concepts: tuple[int, ...]
    start: int
    end: int


Words = Sequence[tuple[str, ...]]
"""The words of a query that stand next to each other, each as its terms in some languages."""


@dataclass(frozen=True)
class Concepts:
    """The concepts of a table, each with its forms, and the text they were read from."""

    concepts: tuple[tuple[Form, ...], ...] = ()
    source: str = field(default="", repr=False)

    @cached_property
    def _known(self) -> Mapping[str, list[tuple[tuple[str, ...], int]]]:
        """The forms as terms, each with the number of its concept, by their first term."""
        known: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for number, forms in enumerate(self.concepts):
            for terms in dict.fromkeys(form.terms for form in forms):
                known.setdefault(terms[0], []).append((terms, number))
        return known

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all forms, folded."""
        every = (_tokens(form.text) for forms in self.concepts for form in forms)
        return frozenset(token for tokens in every for token in tokens)

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form.language for forms in self.concepts for form in forms))

    def meetings(self, words: Sequence[str]) -> list[Meeting]:
        """Return the concepts that words next to each other meet."""
        terms = [terms_of(word, self._languages) for word in words]
        found = []
        at = 0
        while at < len(terms):
            known = [form for term in terms[at] for form in self._known.get(term, ())]
            fitting = [form for form in known if begin_with(terms[at:], form[0])]
            longest = max((len(form) for form, _ in fitting), default=0)
            if longest:
                met = dict.fromkeys(number for form, number in fitting if len(form) == longest)
                found.append(Meeting(tuple(sorted(met)), at, at + longest))
            at += max(longest, 1)
        return found

    def others(self, concept: int, met: Words, languages: Sequence[str]) -> Iterator[Form]:
        """Yield the forms of a concept in some languages, but those that are the words which met
        it."""
        for form in self.concepts[concept]:
            is_met = len(form.terms) == len(met) and begin_with(met, form.terms)
            if form.language in languages and not is_met:
                yield form


class Said(NamedTuple):
    """Concepts that a query meets: their numbers, the words that meet them, and the groups of what
    the query looks for that these words are."""

    concepts: tuple[int, ...]
    words: Words
    groups: tuple[int, ...]


def said(table: Concepts, text: str, wanted: Wanted, languages: Sequence[str]) -> Iterator[Said]:
    """Yield the concepts of a table that a text meets, which looks for `wanted` in an index of
    some languages. Quoted phrases, alternatives and exclusions meet none."""
    places = wanted.places()
    of = tuple(languages)
    for words in runs(text):
        for meeting in table.meetings(words):
            met = [terms_of(word, of) for word in words[meeting.start : meeting.end]]
            groups = map(places.get, met)
            covered = dict.fromkeys(place for place in groups if place is not None)
            yield Said(meeting.concepts, met, tuple(covered))


def parse_concepts(source: str, name: str) -> Concepts:
    """Read a table of concepts; `name` is what it is called. Raises ConceptsError."""
    try:
        table = csv.DictReader(StringIO(source.removeprefix("\ufeff")), strict=True)
        rows = list(table)
    except csv.Error as error:
        raise ConceptsError(f"The {name} is not a table: {error}.") from error
    if CONCEPT not in (table.fieldnames or (CONCEPT,)):
        raise ConceptsError(f"The {name} needs a column “{CONCEPT}”.")
    concepts = []
    for row in rows:
        if None in row:
            raise ConceptsError(f"“{row[CONCEPT]}” in the {name} has more cells than columns.")
        forms = [
            Form(written.strip(), language)
            for language, cell in row.items()
            if language != CONCEPT
            for written in (cell or "").split(";")
        ]
        concepts.append(tuple(form for form in forms if any(_tokens(form.text))))
    return Concepts(tuple(concepts), source)


@lru_cache(maxsize=50_000)
def placed(form: Form) -> tuple[tuple[str, int], ...]:
    """Return the terms of a form, each with its position."""
    tokens = analyzer(form.language).tokens(form.text)
    return tuple((token.term, token.position) for token in tokens)


def runs(text: str) -> Iterator[list[str]]:
    """Yield the words of a query that stand next to each other with no syntax between them."""
    run: list[str] = []
    for atoms in parse(text).groups:
        if len(atoms) == 1 and not atoms[0].phrase and not atoms[0].prefix:
            written = atoms[0].text
            run += [written[token.start : token.end] for token in analyzer("").tokens(written)]
        else:
            yield run
            run = []
    yield run


def begin_with(words: Words, form: Sequence[str]) -> bool:
    """Tell whether words begin with those of a form."""
    return len(form) <= len(words) and all(map(contains, words, form))


def _tokens(text: str) -> Iterator[str]:
    return (token.term for token in analyzer("").tokens(text))
