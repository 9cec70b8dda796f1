"""The allowed clusters and types of a corpus: slugs, their labels by language, their aliases."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_LANGUAGE = "en"


class VocabularyError(ValueError):
    """A vocabulary file cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """One allowed value: its slug, its labels by language, other ways people write it."""

    slug: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The allowed clusters and types, by slug, and the text they were read from."""

    clusters: Mapping[str, Term] = field(default_factory=dict)
    types: Mapping[str, Term] = field(default_factory=dict)
    source: str = ""

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
    `aliases = ["…"]`. Raises VocabularyError.
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"The vocabulary is not valid TOML: {error}.") from error
    return Vocabulary(_terms(tables, "clusters"), _terms(tables, "types"), source)


def load(path: Path) -> Vocabulary:
    """Read a vocabulary file. Raises VocabularyError."""
    try:
        return parse(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"The vocabulary {path} cannot be read: {error}.") from error


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
