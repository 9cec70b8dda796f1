"""Reads manifest.csv, the catalogue of a corpus, a row a product.

A bad value costs that value, never the product: the reason names line, column and value.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine import dates
from engine.documents import Document
from engine.vocabulary import Vocabulary
from indexer.cleaning import clean
from indexer.errors import CatalogueError
from indexer.files import slug

NEEDED = ("id", "title")
PLACES = ("countries", "cities", "partners")
COLUMNS = (*NEEDED, *PLACES, "file", "url", "date", "type", "clusters", "language", "summary")
SEPARATOR = ";"

_ID = re.compile(r"[\w][\w.~-]{0,119}")
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_]\w+)*", re.IGNORECASE)


@dataclass(slots=True)
class _Row:
    """A row while it is read: its cells by column, and what was found wrong."""

    number: int
    cells: Mapping[str, str]
    reasons: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str) -> list[str]:
        values = (value.strip() for value in self.text(column).split(SEPARATOR))
        return list(dict.fromkeys(value for value in values if value))

    def wrong(self, column: str, value: str, why: str) -> None:
        self.reasons.append(f"Line {self.number}: {column} “{value}” {why}.")


def read(path: Path, vocabulary: Vocabulary) -> Iterator[Document]:
    """Yield a document for each row, with an id of its own. Raises CatalogueError."""
    taken: set[str] = set()
    for row in _rows(path):
        own = _id(row, taken)
        taken.add(own)
        yield _document(row, own, vocabulary)


def _rows(path: Path) -> Iterator[_Row]:
    """Yield the rows that are not empty; `number` is the line where a row ends."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            columns = _columns(next(reader, []))
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _row(reader.line_num, columns, cells)
    except UnicodeDecodeError:
        raise CatalogueError(f"{path.name} is not in UTF-8: save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise CatalogueError(f"{path.name} is no CSV at line {reader.line_num}: {error}.") from None
    except OSError as error:
        raise CatalogueError(f"{path.name} cannot be read: {error.strerror}.") from None


def _columns(header: Sequence[str]) -> list[str]:
    columns = [clean(name).casefold() for name in header]
    missing = [name for name in NEEDED if name not in columns]
    if missing and len(columns) == 1 and (";" in columns[0] or "\t" in header[0]):
        raise CatalogueError("The columns of manifest.csv must be separated by commas.")
    if missing:
        raise CatalogueError(f"manifest.csv has no column “{missing[0]}”.")
    twice = [name for name in columns if name and columns.count(name) > 1]
    if twice:
        raise CatalogueError(f"manifest.csv has the column “{twice[0]}” twice.")
    return columns


def _row(number: int, columns: list[str], cells: list[str]) -> _Row:
    named = {
        name: cell.strip() if name == "file" else clean(cell)
        for name, cell in zip(columns, cells, strict=False)
    }
    row = _Row(number, named)
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    if beyond:
        row.reasons.append(f"Line {number}: “{clean(beyond[0])}” stands beyond the last column.")
    return row


def _id(row: _Row, taken: set[str]) -> str:
    """Return the id of a row, or one like it where it cannot be used."""
    written = row.text("id")
    if not written:
        row.reasons.append(f"Line {row.number}: id is missing.")
    elif not _ID.fullmatch(written):
        row.wrong("id", written, "has characters that cannot stand in an address")
    elif written not in taken:
        return written
    else:
        row.wrong("id", written, "stands on an earlier line already")
    usable = slug(written or row.text("file") or row.text("title")) or "product"
    if usable not in taken and usable != written:
        return usable
    return next(own for at in range(2, len(taken) + 3) if (own := f"{usable}-{at}") not in taken)


def _document(row: _Row, own: str, vocabulary: Vocabulary) -> Document:
    clusters = [_term(row, vocabulary, "clusters", value) for value in row.several("clusters")]
    metadata = {name: cell for name, cell in row.cells.items() if name not in COLUMNS and cell}
    metadata.pop("", None)
    return Document(
        id=own,
        file=row.text("file"),
        title=row.text("title"),
        type=_term(row, vocabulary, "type", row.text("type")),
        clusters=tuple(dict.fromkeys(filter(None, clusters))),
        countries=tuple(row.several("countries")),
        cities=tuple(row.several("cities")),
        partners=tuple(row.several("partners")),
        date=_date(row),
        language=_language(row),
        url=_url(row),
        summary=row.text("summary"),
        metadata=metadata,
        reason=" ".join(row.reasons),
    )


def _term(row: _Row, vocabulary: Vocabulary, column: str, written: str) -> str:
    known = vocabulary.slug(column.removesuffix("s"), written) if written else ""
    if known is None:
        row.wrong(column, written, "is not in the vocabulary")
    return known or ""


def _date(row: _Row) -> str:
    written = row.text("date")
    if not written:
        return ""
    try:
        return dates.normal(written)
    except ValueError:
        row.wrong("date", written, "is not a date like 2021, 2021-04 or 2021-04-30")
        return ""


def _language(row: _Row) -> str:
    written = row.text("language")
    found = _LANGUAGE.fullmatch(written)
    if written and not found:
        row.wrong("language", written, "is not a code of two letters like en")
    return found[1].lower() if found else ""


def _url(row: _Row) -> str:
    written = row.text("url")
    if written and not _ADDRESS.fullmatch(written):
        row.wrong("url", written, "is not an address that begins with http:// or https://")
        return ""
    return written
