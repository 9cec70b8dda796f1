"""The results of a query as a table of comma-separated values, for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response

from engine.documents import Document
from engine.protocol import Engine
from engine.queries import MOST_PER_PAGE, WINDOW, Query
from engine.search import search
from search_service import addresses, current, errors

COLUMNS = (
    "id",
    "file",
    "url",
    "title",
    "date",
    "type",
    "clusters",
    "countries",
    "cities",
    "partners",
    "language",
    "summary",
    "permalink",
    "pages",
    "pages_read",
)
"""A manifest's columns, then what the index knows besides."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

blueprint = Blueprint("table", __name__)


@blueprint.get("/search.csv")
def table() -> Response:
    """Send all results that can be paged through, in their order; 400 where a parameter is wrong,
    as a table cannot say that it ignored it."""
    service, asked = current.service(), current.asked()
    if asked.problems:
        return errors.wrong(asked.problems)
    text = io.StringIO(newline="")
    # Spreadsheets take a table for UTF-8 only where it begins with this mark.
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for document in documents(service.engine, asked.query):
        writer.writerow([_cell(value) for value in _row(document, service.base_url)])
    response = Response(text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=results.csv"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def documents(engine: Engine, query: Query) -> Iterator[Document]:
    """Yield the documents of an answer that can be paged through, in its order."""
    for page in range(1, WINDOW // MOST_PER_PAGE + 1):
        result = search(engine, replace(query, page=page, per_page=MOST_PER_PAGE))
        yield from (hit.document for hit in result.hits)
        if page >= result.pages:
            return


def _row(document: Document, base_url: str) -> tuple[str, ...]:
    permalink = addresses.document(document.id)
    return (
        document.id,
        document.file,
        document.url,
        document.title,
        document.date,
        document.type,
        ";".join(document.clusters),
        ";".join(document.countries),
        ";".join(document.cities),
        ";".join(document.partners),
        document.language,
        document.summary,
        addresses.absolute(base_url, permalink) or permalink,
        str(document.coverage.pages),
        str(document.coverage.read),
    )


def _cell(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
