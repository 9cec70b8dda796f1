"""The page for those who look after the collection."""

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from engine.documents import Coverage
from tests.service.collection import client_of, indexed, products
from tests.service.test_results import page, text, texts, total


def test_the_table_counts_documents_by_cluster_and_year(client: FlaskClient) -> None:
    soup = page(client, "/coverage")
    rows = [[text(cell) for cell in row.select("th, td")] for row in soup.select("tr")]
    none = "–0"
    assert rows == [
        ["Cluster", "2022", "2021", "2020", "2019", "No date", "All"],
        ["COVID-19", "1", none, none, none, none, "1"],
        ["E-commerce", none, "1", none, none, none, "1"],
        ["Waste", "1", "1", "1", none, "1", "4"],
        ["In no cluster", none, none, none, "1", none, "1"],
    ]


def test_pages_whose_text_was_recognised_are_counted(client: FlaskClient) -> None:
    said = "the text of 1 page was read from a picture and may have mistakes"
    assert text(page(client, "/coverage").select_one(".holds")).endswith(f"; {said}")


def test_every_number_that_is_a_link_is_kept(client: FlaskClient) -> None:
    links = page(client, "/coverage").select("td a")
    assert len(links) == 8
    for link in links:
        assert total(page(client, str(link["href"]))) == int(text(link))


def test_what_is_to_be_mended_is_listed_with_the_reason(client: FlaskClient) -> None:
    soup = page(client, "/coverage")
    assert texts(soup, ".mending h2") == ["Not read, or not whole 2", "Guessed from the file 1"]
    assert texts(soup, ".mending li") == [
        "Composting in Kisumu 3 of 4 pages could be read; text read from a picture, perhaps with "
        "mistakes: p. 4; not read, only a picture, without text: p. 2",
        "Notes The file could not be opened.",
        "Composting in Kisumu Date",
    ]


def test_a_reason_of_the_indexer_is_said_in_the_language_of_the_page(corpus: Path) -> None:
    document, _ = products(corpus)[0]
    lost = replace(
        document,
        coverage=Coverage(0),
        guessed=(),
        reason="encrypted: the file asks for a password.",
    )
    client = client_of(indexed(((lost, ()),)))
    said = "Le fichier n’a pas pu être lu, ou pas en entier : protégé par un mot de passe."
    assert text(page(client, "/d/d1?lang=fr").select_one(".notice.wrong")) == said
    assert texts(page(client, "/coverage?lang=fr"), ".mending li") == [f"{lost.title} {said}"]


def test_every_page_leads_to_the_coverage(client: FlaskClient) -> None:
    assert page(client, "/d/d1?lang=fr").select("footer a[href='/coverage?lang=fr']")
