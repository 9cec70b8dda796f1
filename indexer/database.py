"""One SQLite file, whose failures are told in a sentence."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indexer.errors import StoreError

Value = str | int | bytes
BUSY = 5.0
"""Seconds to wait for another program that uses the file."""


class Database:
    """An open file with its tables. Every method may raise StoreError."""

    def __init__(self, path: Path, tables: Iterable[str]) -> None:
        self._path = path
        with self.told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _opened(path, tables)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, statement: str, *values: Value) -> list[tuple[Any, ...]]:
        """Return what a statement finds."""
        with self.told():
            return self._connection.execute(statement, values).fetchall()

    def write(self, statement: str, *values: Value) -> None:
        """Change the file."""
        with self.told():
            self._connection.execute(statement, values)

    def write_all(self, statement: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Change the file for each of some rows, for all of them or none."""
        with self.told():
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what SQLite and the disk raise, and what is not as we write it, into one
        sentence."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise StoreError(f"The store {self._path} cannot be used: {error}.") from error
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            raise StoreError(
                f"The store {self._path} is damaged ({error}); "
                "move it away, and the next build reads all files again."
            ) from error


def _opened(path: Path, tables: Iterable[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    try:
        for table in tables:
            connection.execute(table)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
