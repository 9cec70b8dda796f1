"""The extraction store: what was read from files, by their content, so that nothing is read twice.

Attempts are counted before a file is read; one that keeps failing is left alone.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Self

from indexer.errors import StoreError
from indexer.readings import PASSING, About, Block, Outline, Page, Reading

READER = 7
"""The version of the extractors; what another version read is read again."""
ATTEMPTS = 3
"""Times that a file is tried whose failure may lie with the machine."""
INTERRUPTED = 10
"""Times that a file is begun whose reading was cut off together with the whole program."""
BUSY = 5.0
"""Seconds to wait for another program that uses the store."""

_TABLE = """
CREATE TABLE IF NOT EXISTS extraction (
    content TEXT PRIMARY KEY,
    reader INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    about TEXT,
    pages TEXT
) WITHOUT ROWID
"""


_VECTORS = """
CREATE TABLE IF NOT EXISTS vector (text BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID
"""


class Store:
    """A store in one SQLite file. Every method may raise StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def wants(self, content: str) -> bool:
        """Tell whether a file with this content should be read."""
        row = self._row(content, "attempts, about IS NULL")
        if row is None:
            return True
        attempts, is_cut_off = map(int, row)
        if is_cut_off:
            return attempts < INTERRUPTED
        return self.summary(content).reason in PASSING and attempts < ATTEMPTS

    def begin(self, content: str) -> None:
        """Count an attempt to read a file."""
        self._write(
            "INSERT INTO extraction (content, reader, attempts) VALUES (?, ?, 1)"
            " ON CONFLICT (content) DO UPDATE SET"
            " attempts = CASE reader WHEN excluded.reader THEN attempts + 1 ELSE 1 END,"
            " about = CASE reader WHEN excluded.reader THEN about END,"
            " reader = excluded.reader",
            content,
            READER,
        )

    def withdraw(self, content: str) -> None:
        """Take an attempt back that was ended from outside."""
        self._write("UPDATE extraction SET attempts = attempts - 1 WHERE content = ?", content)

    def keep(self, content: str, reading: Reading) -> None:
        """Keep what was read."""
        about = reading.about
        summary = [about.pages, about.title, about.date, about.language, reading.reason]
        news = [about.author, about.place]
        outline = [astuple(entry) for entry in about.outline]
        unread = [[page.number, page.reason] for page in reading.pages if page.reason]
        pages = [
            [page.number, [astuple(block) for block in page.blocks]]
            for page in reading.pages
            if page.blocks
        ]
        self._write(
            "UPDATE extraction SET about = ?, pages = ? WHERE content = ?",
            json.dumps([*summary, unread, outline, *news], ensure_ascii=False),
            json.dumps(pages, ensure_ascii=False),
            content,
        )

    def summary(self, content: str) -> Reading:
        """Return what is known of a file, its pages without their text.

        A file whose reading was cut off again and again has crashed.
        """
        row = self._row(content, "about")
        if row is None or row[0] is None:
            return Reading(reason="crash")
        with self._told():
            return _about(row[0])

    def pages(self, content: str) -> tuple[Page, ...]:
        """Return the pages of a file that have text."""
        row = self._row(content, "pages")
        if row is None or row[0] is None:
            return ()
        with self._told():
            return _pages(row[0])

    def vector(self, key: bytes) -> bytes | None:
        """Return the vector of a text, by what `encoding` knows it by."""
        with self._told():
            found = self._connection.execute("SELECT vector FROM vector WHERE text = ?", (key,))
            row: tuple[bytes] | None = found.fetchone()
            return row[0] if row else None

    def keep_vectors(self, vectors: Mapping[bytes, bytes]) -> None:
        """Keep the vectors of texts, all of them or none."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT OR REPLACE INTO vector VALUES (?, ?)", vectors.items()
            )
            self._connection.execute("COMMIT")

    def _row(self, content: str, columns: str) -> tuple[str, ...] | None:
        with self._told():
            found = self._connection.execute(
                f"SELECT {columns} FROM extraction WHERE content = ? AND reader = ?",  # noqa: S608 - columns are ours
                (content, READER),
            )
            row: tuple[str, ...] | None = found.fetchone()
            return row

    def _write(self, statement: str, *values: str | int) -> None:
        with self._told():
            self._connection.execute(statement, values)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite and the disk raise into one sentence."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise StoreError(f"The store {self._path} cannot be used: {error}.") from error
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            raise StoreError(
                f"The store {self._path} is damaged ({error}); "
                "move it away, and the next build reads all files again."
            ) from error


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    try:
        connection.execute(_TABLE)
        connection.execute(_VECTORS)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _about(written: str) -> Reading:
    pages, title, date, language, reason, unread, outline, *news = json.loads(written)
    reasons = dict(unread)
    return Reading(
        About(pages, title, date, language, tuple(Outline(*entry) for entry in outline), *news),
        tuple(Page(number, reason=reasons.get(number, "")) for number in range(1, pages + 1)),
        reason,
    )


def _pages(written: str) -> tuple[Page, ...]:
    return tuple(
        Page(number, tuple(Block(*block) for block in blocks))
        for number, blocks in json.loads(written)
    )
