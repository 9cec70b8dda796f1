"""What a corpus brings along for its index: the allowed clusters and types with their labels by
language and their aliases, the glossary, the thesaurus, and the expected answers."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from engine.concepts import Concepts, ConceptsError, parse_concepts
from engine.expected import Expected, ExpectedError, parse_expected

DEFAULT_LANGUAGE = "en"


class VocabularyError(ValueError):
    """A vocabulary file cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """One allowed value: its slug, its labels by language, other ways people write it."""

    slug: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The allowed clusters and types, by slug, the glossary, the expected answers, the thesaurus,
    and the text all were read from."""

    clusters: Mapping[str, Term] = field(default_factory=dict)
    types: Mapping[str, Term] = field(default_factory=dict)
    source: str = ""
    glossary: Concepts = field(default_factory=Concepts)
    expected: tuple[Expected, ...] = ()
    thesaurus: Concepts = field(default_factory=Concepts)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of glossary and thesaurus, folded: right, whatever an index has."""
        return self.glossary.words | self.thesaurus.words

    def terms(self, facet: str) -> Mapping[str, Term]:
        """Return the terms of the facet `cluster` or `type`; other facets have none."""
        return {"cluster": self.clusters, "type": self.types}.get(facet, {})

    def label(self, facet: str, value: str, language: str = DEFAULT_LANGUAGE) -> str:
        """Return what a reader sees for a value; the value itself where nothing is known."""
        term = self.terms(facet).get(value)
        if term is None:
            return value
        return term.labels.get(language) or term.labels.get(DEFAULT_LANGUAGE) or value

    def slug(self, facet: str, written: str) -> str | None:
        """Return the slug that a slug, label or alias means, or None."""
        wanted = written.strip().casefold()
        for term in self.terms(facet).values():
            names = (term.slug, *term.labels.values(), *term.aliases)
            if wanted in (name.casefold() for name in names):
                return term.slug
        return None


def parse(source: str) -> Vocabulary:
    """Read a vocabulary in TOML.

    A table `[clusters.SLUG]` or `[types.SLUG]` holds `labels = {en = "…", …}` and, if wanted,
    `aliases = ["…"]`. Tables `[glossary]`, `[thesaurus]` and `[expected]` hold the text of
    their files as `csv`. Raises VocabularyError.
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"The vocabulary is not valid TOML: {error}.") from error
    try:
        glossary, thesaurus = (
            parse_concepts(_csv(tables, name), name) for name in ("glossary", "thesaurus")
        )
        expected = parse_expected(_csv(tables, "expected"))
    except (ConceptsError, ExpectedError) as error:
        raise VocabularyError(str(error)) from error
    clusters, types = _terms(tables, "clusters"), _terms(tables, "types")
    return Vocabulary(clusters, types, source, glossary, expected, thesaurus)


def load(path: Path, **beside: Path) -> Vocabulary:
    """Read a vocabulary file, and as tables of it by their names files that lie beside it.

    Raises VocabularyError.
    """
    source = _read("vocabulary", path)
    for name, file in beside.items():
        source += f"\n[{name}]\ncsv = {_quoted(_read(name, file))}\n"
    return parse(source)


def _read(name: str, path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"The {name} {path} cannot be read: {error}.") from error


def _quoted(text: str) -> str:
    """Return a text as a string of TOML, which is one of JSON but for a single character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _csv(tables: Mapping[str, object], name: str) -> str:
    table = tables.get(name, {})
    text = table.get("csv", "") if isinstance(table, dict) else None
    if not isinstance(text, str):
        raise VocabularyError(f"“{name}” in the vocabulary must be a table with a text “csv”.")
    return text


def _terms(tables: Mapping[str, object], name: str) -> dict[str, Term]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise VocabularyError(f"“{name}” in the vocabulary must be a table of slugs.")
    return {slug: _term(slug, entry) for slug, entry in table.items()}


def _term(slug: str, entry: object) -> Term:
    labels = entry.get("labels") if isinstance(entry, dict) else None
    aliases = entry.get("aliases", []) if isinstance(entry, dict) else None
    if not (isinstance(labels, dict) and all(isinstance(label, str) for label in labels.values())):
        raise VocabularyError(f"“{slug}” in the vocabulary needs labels by language.")
    if not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
        raise VocabularyError(f"The aliases of “{slug}” in the vocabulary must be a list of texts.")
    return Term(slug, labels, tuple(aliases))
