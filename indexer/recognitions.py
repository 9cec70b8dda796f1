"""The pages that were recognised as pictures, kept in the extraction store one by one.

Attempts are counted before a page is recognised; one that keeps failing is left alone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace
from typing import Any

from indexer.database import Database
from indexer.language import language_of
from indexer.readings import (
    ATTEMPTS,
    INTERRUPTED,
    PASSING,
    PICTURES,
    Block,
    Page,
    Reading,
    commonest_reason,
)
from indexer.running import without_running

RECOGNISER = 1
"""The version of recognition; what another version recognised is recognised again."""

TABLE = """
CREATE TABLE IF NOT EXISTS recognition (
    content TEXT NOT NULL,
    page INTEGER NOT NULL,
    recogniser INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    data TEXT,
    found TEXT,
    PRIMARY KEY (content, page)
) WITHOUT ROWID
"""


class Recognitions:
    """The table of recognised pages. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wanted(
        self, content: str, pages: Iterable[Page], names: tuple[str, ...]
    ) -> tuple[int, ...]:
        """Return which pages of a file, as they were read, should be recognised with Tesseract's
        data of these names. What had no legible text with other data is tried again."""
        pictures = [page.number for page in pages if page.reason in PICTURES]
        rows = self._rows(content, "page, attempts, data") if pictures else ()
        tried = {int(page): (int(attempts), data) for page, attempts, data in rows}
        found = self.pages(content) if tried else {}

        def is_wanted(number: int) -> bool:
            if number not in tried:
                return True
            attempts, data = tried[number]
            if number not in found:
                return attempts < INTERRUPTED
            if found[number].reason in PASSING:
                return attempts < ATTEMPTS
            return bool(found[number].reason) and data != " ".join(names)

        return tuple(number for number in pictures if is_wanted(number))

    def begin(self, content: str, page: int) -> None:
        """Count an attempt to recognise a page."""
        self._database.write(
            "INSERT INTO recognition (content, page, recogniser, attempts) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (content, page) DO UPDATE SET"
            " attempts = CASE recogniser WHEN excluded.recogniser THEN attempts + 1 ELSE 1 END,"
            " found = CASE recogniser WHEN excluded.recogniser THEN found END,"
            " recogniser = excluded.recogniser",
            *(content, page, RECOGNISER),
        )

    def withdraw(self, content: str, page: int) -> None:
        """Take an attempt back that was ended from outside."""
        self._database.write(
            "UPDATE recognition SET attempts = attempts - 1 WHERE content = ? AND page = ?",
            *(content, page),
        )

    def keep(self, content: str, page: Page, names: tuple[str, ...]) -> None:
        """Keep a page that was recognised with the data of these names, or why it was not."""
        found = json.dumps([page.reason, [astuple(block) for block in page.blocks]])
        self._database.write(
            "UPDATE recognition SET data = ?, found = ? WHERE content = ? AND page = ?",
            *(" ".join(names), found, content, page.number),
        )

    def pages(self, content: str) -> dict[int, Page]:
        """Return the pages of a file that were recognised, or given up, by their numbers.

        A page whose recognition was cut off again and again has crashed.
        """
        found = {}
        rows = self._rows(content, "page, attempts, found")
        with self._database.told():
            for page, attempts, written in rows:
                if written is not None:
                    reason, blocks = json.loads(written)
                    kept = tuple(Block(*block) for block in blocks)
                    found[int(page)] = Page(int(page), kept, reason, recognised=True)
                elif int(attempts) >= INTERRUPTED:
                    found[int(page)] = Page(int(page), reason="crash", recognised=True)
        return found

    def _rows(self, content: str, columns: str) -> list[tuple[Any, ...]]:
        return self._database.rows(
            f"SELECT {columns} FROM recognition WHERE content = ? AND recogniser = ?",  # noqa: S608 - columns are ours
            *(content, RECOGNISER),
        )


def with_recognised(reading: Reading, found: Mapping[int, Page]) -> Reading:
    """Return a reading with what was recognised of its pictures, in the language of that where
    nothing else is known."""
    pages = merged(reading.pages, found)
    if pages == reading.pages:
        return reading
    reason = commonest_reason(pages) if reading.reason in PICTURES else reading.reason
    language = reading.about.language
    if not language:
        texts = (block.text for page in without_running(pages) for block in page.blocks)
        language = language_of(texts)
    return Reading(replace(reading.about, language=language), pages, reason)


def merged(pages: Iterable[Page], found: Mapping[int, Page]) -> tuple[Page, ...]:
    """Return pages as they were read, but those that are pictures as they were recognised. One
    where nothing is legible keeps its own reason."""
    return tuple(_merged(page, found) for page in pages)


def _merged(page: Page, found: Mapping[int, Page]) -> Page:
    if page.reason not in PICTURES or page.number not in found:
        return page
    seen = found[page.number]
    return replace(page, recognised=True) if seen.reason in PICTURES else seen
