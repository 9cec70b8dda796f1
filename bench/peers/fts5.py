"""SQLite's full-text table, with facets counted by GROUP BY."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.passages import Volume
from bench.peers import Answer
from bench.queries import COUNTED, facet_values
from engine.queries import PER_PAGE, Query
from engine.syntax import Atom, parse

_ONE = ("type", "year", "partner", "language")
"""Facets with one value each are columns; the others have tables."""
_MANY = tuple(name for name in COUNTED if name not in _ONE)
_SNIPPET_WORDS = 40

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize = 'porter unicode61');
CREATE TABLE passages
    (id INTEGER PRIMARY KEY, document, number, page, type, year, partner, language);
CREATE INDEX by_document ON passages (document);
CREATE TABLE cluster (id, value, PRIMARY KEY (id, value)) WITHOUT ROWID;
CREATE TABLE country (id, value, PRIMARY KEY (id, value)) WITHOUT ROWID;
"""


class Fts5Peer:
    """Passages as rows of an FTS5 table in a database file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, volumes: Sequence[Volume]) -> None:
        """Insert all passages in one transaction."""
        self._folder.mkdir(parents=True)
        self.open()
        self._database.executescript(_TABLES)
        with self._database:
            self._add(volumes, first=1)

    def finish(self) -> None:
        """Close the database: SQLite merges while it inserts."""
        self.close()

    def open(self) -> None:
        """Open the database, with a table in memory for the rows that match."""
        self._database = sqlite3.connect(self._folder / "passages.sqlite")
        self._database.execute("PRAGMA temp_store = MEMORY")
        self._database.execute("CREATE TEMP TABLE matched (id INTEGER PRIMARY KEY)")

    def search(self, query: Query, *, snippets: bool) -> Answer:
        """Match once, keep the rows' ids, and count each facet over them."""
        expression = _expression(query.text)
        self._database.execute("DELETE FROM matched")
        self._database.execute(
            "INSERT INTO matched SELECT rowid FROM words WHERE words MATCH ?", (expression,)
        )
        where, values = _where(query.filters)
        (total,) = self._database.execute(
            f"SELECT count(*) FROM matched JOIN passages USING (id) WHERE {where}", values
        ).fetchone()
        cut = f"snippet(words, 1, '[', ']', '…', {_SNIPPET_WORDS})" if snippets else "''"
        rows = self._database.execute(
            f"SELECT document || '/' || number, {cut} FROM words"
            " JOIN passages ON passages.id = words.rowid"
            f" WHERE words MATCH ? AND {where} ORDER BY words.rank LIMIT {PER_PAGE}",
            (expression, *values),
        ).fetchall()
        facets = {name: self._counts(name, query.filters) for name in COUNTED}
        found = tuple(text for _, text in rows) if snippets else ()
        return Answer(total, tuple(identity for identity, _ in rows), facets, found)

    def update(self, volume: Volume) -> None:
        """Delete a document's rows and insert the new ones in one transaction."""
        with self._database:
            ids = self._database.execute(
                "SELECT id FROM passages WHERE document = ?", (volume.document.id,)
            ).fetchall()
            for name, column in (
                ("words", "rowid"),
                ("passages", "id"),
                ("cluster", "id"),
                ("country", "id"),
            ):
                self._database.executemany(f"DELETE FROM {name} WHERE {column} = ?", ids)
            (last,) = self._database.execute("SELECT max(id) FROM passages").fetchone()
            self._add([volume], first=(last or 0) + 1)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _add(self, volumes: Iterable[Volume], first: int) -> None:
        at = first
        for volume in volumes:
            facets = facet_values(volume)
            for number, passage in enumerate(volume.passages):
                one = [next(iter(facets[name]), None) for name in _ONE]
                self._database.execute(
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                    (at, volume.document.title, passage.text),
                )
                self._database.execute(
                    "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (at, volume.document.id, number, passage.page, *one),
                )
                for name in _MANY:
                    self._database.executemany(
                        f"INSERT INTO {name} VALUES (?, ?)", [(at, v) for v in facets[name]]
                    )
                at += 1

    def _counts(self, name: str, filters: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        where, values = _where({key: chosen for key, chosen in filters.items() if key != name})
        source, column = (
            (f" JOIN {name} AS f USING (id)", "f.value") if name in _MANY else ("", name)
        )
        return dict(
            self._database.execute(
                f"SELECT {column}, count(*) FROM matched JOIN passages USING (id){source}"
                f" WHERE {where} AND {column} IS NOT NULL GROUP BY 1",
                values,
            )
        )


def _where(filters: Mapping[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    conditions = ["TRUE"]
    for name, values in filters.items():
        marks = ", ".join("?" * len(values))
        conditions.append(
            f"{name} IN ({marks})"
            if name in _ONE
            else f"passages.id IN (SELECT id FROM {name} WHERE value IN ({marks}))"
        )
    return " AND ".join(conditions), tuple(value for values in filters.values() for value in values)


def _expression(text: str) -> str:
    parsed = parse(text)
    groups = ("(" + " OR ".join(_atom(atom) for atom in atoms) + ")" for atoms in parsed.groups)
    return " NOT ".join([" AND ".join(groups), *(_atom(atom) for atom in parsed.excluded)])


def _atom(atom: Atom) -> str:
    return f'"{atom.text}"{" *" if atom.prefix else ""}'
