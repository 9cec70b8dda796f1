"""How a document is cited."""

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from engine.documents import Document
from search_service import citations
from tests.service.collection import client_of, indexed, products
from tests.service.test_results import page, text

texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_document_is_cited_as_text(client: FlaskClient) -> None:
    soup = page(client, "/d/d1")
    assert text(soup.select_one(".cite .quotation")) == (
        "UNIDO. Composting in Kisumu. Training report, 30 April 2021. https://example.org/compost"
    )
    assert [link["href"] for link in soup.select(".cite a")] == ["/d/d1.ris", "/d/d1.bib"]


def test_a_document_is_cited_in_ris(client: FlaskClient) -> None:
    response = client.get("/d/d1.ris")
    assert response.mimetype == "application/x-research-info-systems"
    assert response.headers["Content-Disposition"] == "attachment; filename=d1.ris"
    assert response.text.split("\r\n") == [
        "TY  - RPRT",
        "TI  - Composting in Kisumu",
        "AU  - UNIDO",
        "PY  - 2021",
        "DA  - 2021/04/30/",
        "AB  - How one city turned market waste into compost.",
        "KW  - waste",
        "KW  - Kenya",
        "KW  - Kisumu",
        "LA  - en",
        "UR  - https://example.org/compost",
        "ID  - d1",
        "ER  - ",
        "",
    ]


def test_a_document_is_cited_in_bibtex(client: FlaskClient) -> None:
    assert client.get("/d/d1.bib").text == (
        "@techreport{d1,\n"
        "  title = {{Composting in Kisumu}},\n"
        "  author = {{UNIDO}},\n"
        "  institution = {UNIDO},\n"
        "  year = {2021},\n"
        "  month = {4},\n"
        "  keywords = {waste, Kenya, Kisumu},\n"
        "  language = {en},\n"
        "  url = {https://example.org/compost},\n"
        "}\n"
    )


def test_a_document_may_have_a_name_that_ends_like_a_citation(corpus: Path) -> None:
    document, passages = products(corpus)[0]
    client = client_of(indexed(((replace(document, id="notes.ris"), passages),)))
    assert text(page(client, "/d/notes.ris").h1) == "Composting in Kisumu"
    assert client.get("/d/notes.ris.ris").text.startswith("TY  - ")
    page(client, "/d/notes.bib", 404)
    page(client, "/d/notes.ris.txt", 404)


@given(texts, texts, texts)
def test_any_text_stays_in_its_field(identity: str, title: str, partner: str) -> None:
    document = Document(id=identity or "x", file="", title=title, partners=(partner,))
    lines = citations.ris(document, "").split("\r\n")
    assert all(len(line.splitlines()) <= 1 and line[2:6] == "  - " for line in lines if line)
    entry = citations.bibtex(document, "").replace(r"\{", "").replace(r"\}", "")
    assert entry.count("{") == entry.count("}")
    assert len(entry.splitlines()) <= 8
