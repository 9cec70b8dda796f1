"""Results as a table: every result once, no cell that a spreadsheet takes for a formula."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.service.collection import client_of, indexed, products


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_a_table_has_the_results_in_their_order(client: FlaskClient) -> None:
    found = rows(client, "/search.csv?q=city&sort=title&country=Nepal&country=Kenya")
    assert [row["title"] for row in found] == [
        "Composting in Kisumu",
        "Landfill closure",
        "Online markets",
    ]
    assert found[0]["permalink"] == "/d/d1"
    assert (found[1]["countries"], found[1]["pages"], found[0]["pages_read"]) == (
        "Nepal;Kenya",
        "1",
        "3",
    )


def test_a_table_has_all_pages_whatever_page_is_asked_for(corpus: Path) -> None:
    document, passages = products(corpus)[0]
    many = tuple((replace(document, id=f"n{number}"), passages) for number in range(250))
    found = rows(client_of(indexed(many)), "/search.csv?page=2&per_page=5")
    assert len({row["id"] for row in found}) == 250


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(corpus: Path, start: str) -> None:
    document, passages = products(corpus)[0]
    hostile = replace(document, title=f"{start}1+1", summary=f'{start}HYPERLINK("x")')
    (row,) = rows(client_of(indexed(((hostile, passages),))), "/search.csv")
    assert row["title"] == f"'{start}1+1"
    assert row["summary"].startswith(f"'{start}")


def test_a_table_is_refused_where_a_parameter_is_wrong(client: FlaskClient) -> None:
    answer = client.get("/search.csv?year=abc")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.get_json()["errors"][0]["parameter"] == "year"
