"""Questions of a collection and the document that must be among the first answers to each.

They come as a table (CSV) with the columns `query` and `document`, the document's id.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

COLUMNS = ("query", "document")
FIRST = 5
"""Answers that the document must be among."""

Places = Mapping[str, int]
"""Where the document of each query stands in its answer, from 1; 0 for beyond the first."""


class ExpectedError(ValueError):
    """The table cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A query and the id of the document that must be among the first answers to it."""

    query: str
    document: str


def parse_expected(source: str) -> tuple[Expected, ...]:
    """Read a table of expected answers; each query stands in it once. Raises ExpectedError."""
    try:
        table = csv.DictReader(StringIO(source.removeprefix("\ufeff")), strict=True)
        rows = [tuple((row.get(name) or "").strip() for name in COLUMNS) for row in table]
    except csv.Error as error:
        raise ExpectedError(f"The expected answers are not a table: {error}.") from error
    if missing := [name for name in COLUMNS if name not in (table.fieldnames or COLUMNS)]:
        raise ExpectedError(f"The expected answers need a column “{missing[0]}”.")
    expected: dict[str, Expected] = {}
    for query, document in rows:
        if not query or not document:
            raise ExpectedError(
                f"“{query or document}” in the expected answers lacks its other half."
            )
        if query in expected:
            raise ExpectedError(f"“{query}” stands twice in the expected answers.")
        expected[query] = Expected(query, document)
    return tuple(expected.values())


def failures(expected: Sequence[Expected], found: Places) -> Iterator[str]:
    """Yield a sentence for every document that is not among the first answers."""
    for each in expected:
        if not found[each.query]:
            yield f"“{each.query}” does not find {each.document} among the first {FIRST}."


def worse(found: Places, before: Places) -> Iterator[str]:
    """Yield a sentence for every document that stood further up before."""
    for query, place in found.items():
        was = before.get(query, 0)
        if was and (place == 0 or place > was):
            now = f"number {place}" if place else f"not among the first {FIRST}"
            yield f"Worse than before: “{query}” had its document as number {was}, now {now}."
