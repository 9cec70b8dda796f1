"""The extraction store: what was read from files, by their content, so that nothing is read twice.

Attempts are counted before a file is read; one that keeps failing is left alone.
"""

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Self

from indexer import recognitions
from indexer.database import Database
from indexer.readings import (
    ATTEMPTS,
    INTERRUPTED,
    PASSING,
    About,
    Block,
    Outline,
    Page,
    Reading,
)
from indexer.recognitions import Recognitions, merged, with_recognised

READER = 9
"""The version of the extractors; what another version read is read again."""

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
        self._database = Database(path, (_TABLE, _VECTORS, recognitions.TABLE))
        self.recognitions = Recognitions(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

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
        self._database.write(
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
        self._database.write(
            "UPDATE extraction SET attempts = attempts - 1 WHERE content = ?", content
        )

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
        self._database.write(
            "UPDATE extraction SET about = ?, pages = ? WHERE content = ?",
            json.dumps([*summary, unread, outline, *news], ensure_ascii=False),
            json.dumps(pages, ensure_ascii=False),
            content,
        )

    def summary(self, content: str) -> Reading:
        """Return what is known of a file by reading it, its pages without their text.

        A file whose reading was cut off again and again has crashed.
        """
        row = self._row(content, "about")
        if row is None or row[0] is None:
            return Reading(reason="crash")
        with self._database.told():
            return _about(row[0])

    def seen(self, content: str) -> Reading:
        """Return what is known of a file, with the text of its recognised pages only."""
        return with_recognised(self.summary(content), self.recognitions.pages(content))

    def pages(self, content: str) -> tuple[Page, ...]:
        """Return the pages of a file that have text, read or recognised."""
        row = self._row(content, "pages")
        read: tuple[Page, ...] = ()
        if row and row[0] is not None:
            with self._database.told():
                read = _pages(row[0])
        seen = merged(self.summary(content).pages, self.recognitions.pages(content))
        recognised = (page for page in seen if page.blocks)
        return tuple(sorted((*read, *recognised), key=lambda page: page.number))

    def vector(self, key: bytes) -> bytes | None:
        """Return the vector of a text, by what `encoding` knows it by."""
        rows = self._database.rows("SELECT vector FROM vector WHERE text = ?", key)
        return rows[0][0] if rows else None

    def keep_vectors(self, vectors: Mapping[bytes, bytes]) -> None:
        """Keep the vectors of texts, all of them or none."""
        self._database.write_all("INSERT OR REPLACE INTO vector VALUES (?, ?)", vectors.items())

    def _row(self, content: str, columns: str) -> tuple[str, ...] | None:
        rows = self._database.rows(
            f"SELECT {columns} FROM extraction WHERE content = ? AND reader = ?",  # noqa: S608 - columns are ours
            *(content, READER),
        )
        return rows[0] if rows else None


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
