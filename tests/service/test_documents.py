"""A document, its pages, and its file."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.documents import IMAGES, UNDER, Passage
from tests.service.collection import IMAGE, PDF, client_of, indexed, products
from tests.service.test_results import page, text, texts


def test_a_document_shows_its_catalogue_and_what_was_guessed(client: FlaskClient) -> None:
    soup = page(client, "/d/d1")
    assert texts(soup, "dl dt") == [
        "Type",
        "Date (guessed from the file)",
        "Cluster",
        "Country",
        "City",
        "Partner",
        "Language",
        "Readable",
    ]
    assert texts(soup, "dl dd") == [
        "Training report",
        "30 April 2021",
        "Waste",
        "Kenya",
        "Kisumu",
        "UNIDO",
        "English",
        "3 of 4 pages could be read; text read from a picture, perhaps with mistakes: p. 4; "
        "not read, only a picture, without text: p. 2",
    ]
    assert text(soup.select_one(".badge")) == "Demonstration document"
    assert text(soup.select_one(".notice")) == "Figures were revised."


def test_a_document_lists_its_headings_and_pages(client: FlaskClient) -> None:
    soup = page(client, "/d/d1?q=compost")
    rows = [(text(row), row.a["href"]) for row in soup.select(".contents li") if row.a]
    assert rows == [
        ("Background 1 word found p. 1", "/d/d1/p/1?q=compost"),
        ("What we learned Lessons learned 1 word found p. 3", "/d/d1/p/3?q=compost"),
        ("Next steps Recommendations p. 4", "/d/d1/p/4?q=compost"),
    ]
    assert texts(soup, ".leaves li") == [
        "Page 1 (1 word found)",
        "Page 2 (could not be read: only a picture, without text)",
        "Page 3 (1 word found)",
        "Page 4",
    ]


def test_the_contents_are_a_tree_of_headings(corpus: Path) -> None:
    document, _ = products(corpus)[0]
    passages = (
        Passage(1, "Compost one.", f"Waste{UNDER}Sorting"),
        Passage(1, "Compost two.", f"Waste{UNDER}Sorting"),
        Passage(3, "Lessons.", f"Waste{UNDER}Lessons{UNDER}Early", "lessons"),
        Passage(4, "Next.", "Annex"),
        Passage(4, "After that."),
    )
    soup = page(client_of(indexed(((document, passages),))), "/d/d1?q=compost")
    rows = [(str(row["class"][0]), text(row)) for row in soup.select(".contents li")]
    assert rows == [
        ("depth1", "Waste p. 1"),
        ("depth2", "Sorting 2 words found p. 1"),
        ("depth2", "Lessons p. 3"),
        ("depth3", "Early Lessons learned p. 3"),
        ("depth1", "Annex p. 4"),
    ]
    assert text(soup.select_one("section .passages a")) == "p. 1 · Sorting"


def test_a_document_shows_where_the_words_stand(client: FlaskClient) -> None:
    soup = page(client, "/d/d1?q=compost")
    assert text(soup.select_one("#matches")) == "Where compost stands"
    found = [(text(a), a["href"]) for a in soup.select("section .passages a")]
    assert found == [
        ("p. 1 · Background", "/d/d1/p/1?q=compost"),
        ("p. 3 · What we learned", "/d/d1/p/3?q=compost"),
    ]
    assert texts(soup, ".passages mark") == ["compost", "Compost"]
    assert not page(client, "/d/d1").select("#matches")


def test_only_web_addresses_lead_outside(client: FlaskClient) -> None:
    outside = page(client, "/d/d1").select_one("a[rel~=external]")
    assert outside is not None
    assert outside["href"] == "https://example.org/compost"
    assert not page(client, "/d/d2").select("a[rel~=external]")


def test_a_product_that_was_not_read_says_why(client: FlaskClient) -> None:
    assert text(page(client, "/d/d6").select_one(".notice")) == "The file could not be opened."


def test_a_page_shows_its_text_with_marks(client: FlaskClient) -> None:
    soup = page(client, "/d/d1/p/3?q=compost")
    assert text(soup.title) == "p. 3 – Composting in Kisumu – Cities Search"
    assert text(soup.select_one(".paper h2")) == "What we learned"
    assert texts(soup, ".paper .section") == ["Lessons learned"]
    assert texts(soup, ".paper p:not([class])") == ["Compost stayed wet. The landfill was far."]
    assert texts(soup, ".paper mark") == ["Compost"]
    turns = {text(link): link["href"] for link in soup.select(".turn a")}
    assert turns == {
        "Previous page": "/d/d1/p/2?q=compost",
        "Next page": "/d/d1/p/4?q=compost",
    }
    matches = [(text(link), link["href"]) for link in soup.select(".matches a")]
    assert matches == [("Previous match: p. 1", "/d/d1/p/1?q=compost")]
    file = soup.select_one("a.button")
    assert file is not None
    assert (text(file), file["href"]) == ("Open the PDF at page 3", "/files/d1#page=3")


def test_an_unread_page_says_so(client: FlaskClient) -> None:
    notice = page(client, "/d/d1/p/2").select_one(".notice")
    assert text(notice) == "This page could not be read: only a picture, without text."


def test_a_page_whose_text_was_recognised_says_so(client: FlaskClient) -> None:
    recognised, read = page(client, "/d/d1/p/4"), page(client, "/d/d1/p/3")
    said = "This text was read from a picture of the page and may have mistakes."
    assert texts(recognised, ".notice") == [said]
    assert "Ask the traders first." in texts(recognised, ".paper p")
    assert texts(read, ".notice") == []


@pytest.mark.parametrize("number", ["0", "5", "-1", "x", "9" * 5_000, "²"])
def test_a_page_out_of_range_is_not_there(client: FlaskClient, number: str) -> None:
    soup = page(client, f"/d/d1/p/{number}", 404)
    assert [link["href"] for link in soup.select(".error li a")] == ["/d/d1", "/"]


@pytest.mark.parametrize("address", ["/d/none", "/d/none/p/1", "/files/none", "/d/%00", "/d//d1"])
def test_unknown_documents_are_not_there(client: FlaskClient, address: str) -> None:
    page(client, address, 404)


def test_a_pdf_is_shown_under_its_own_name(client: FlaskClient) -> None:
    response = client.get("/files/d1")
    assert response.data == PDF
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == "inline; filename=compost.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    response.close()


def test_a_part_of_a_file_can_be_fetched_and_an_unchanged_file_is_not_sent(
    client: FlaskClient,
) -> None:
    part = client.get("/files/d1", headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.data) == (206, PDF[:8])
    part.close()
    again = client.get("/files/d1", headers={"If-None-Match": part.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    again.close()


def test_a_web_page_is_sent_without_any_right(client: FlaskClient) -> None:
    response = client.get("/files/d2")
    assert response.mimetype == "text/html"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    response.close()


def test_other_files_are_only_saved(client: FlaskClient) -> None:
    response = client.get("/files/d5")
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    response.close()


@pytest.mark.parametrize("document_id", ["d3", "d4"])
def test_a_file_that_is_gone_is_said_to_be(client: FlaskClient, document_id: str) -> None:
    sentence = text(page(client, f"/files/{document_id}", 404).select_one(".error p"))
    assert sentence in {
        "The original file is no longer where it was when the collection was read.",
        "This product has no file in the collection.",
    }


def test_a_page_stands_beside_its_image(client: FlaskClient) -> None:
    image = page(client, "/d/d1/p/3").select_one("figure img")
    assert image is not None
    assert image["alt"] == "Page 3 as it looks in the file"
    assert (image["width"], image["height"], image["loading"]) == ("800", "1131", "lazy")
    response = client.get(str(image["src"]))
    assert (response.mimetype, response.data) == ("image/png", IMAGE)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=86400" in response.headers["Cache-Control"]
    response.close()


@pytest.mark.parametrize("address", ["/d/d1/p/1", "/d/d1/p/2", "/d/d2/p/1"])
def test_a_page_without_an_image_has_its_text(client: FlaskClient, address: str) -> None:
    soup = page(client, address)
    assert soup.select(".paper")
    assert not soup.select("figure")


@pytest.mark.parametrize(
    "address",
    ["d1/1", "d1/2", "d1/9", "d1/-3", "d1/03.png", "d1/..%2F3", "d2/1", "none/1", "d1/../3"],
)
def test_nothing_but_images_of_pages_is_sent(client: FlaskClient, address: str) -> None:
    page(client, f"/images/{address}", 404)


def test_what_is_no_image_is_not_sent(corpus: Path, tmp_path: Path) -> None:
    document, passages = products(corpus)[0]
    (tmp_path / "1.png").write_bytes(b"<script>alert(1)</script> as long as a header is")
    told = replace(document, metadata={IMAGES: str(tmp_path)})
    client = client_of(indexed(((told, passages),)))
    assert not page(client, "/d/d1/p/1").select("figure")
    page(client, "/images/d1/1", 404)


def test_a_document_shows_those_that_are_like_it(corpus: Path) -> None:
    documents = list(products(corpus))
    document, passages = documents[0]
    alike = replace(document, id="d7", title="Composting in Banjul", guessed=())
    client = client_of(indexed((*documents, (alike, passages))))
    related = page(client, "/d/d1").select(".related a")
    assert (text(related[0]), related[0]["href"]) == ("Composting in Banjul", "/d/d7")
    assert "/d/d1" not in {link["href"] for link in related}
    assert not page(client, "/d/d5").select(".related")


def test_a_heading_that_matches_is_marked_and_a_section_is_named_where_it_begins(
    corpus: Path,
) -> None:
    document, _ = products(corpus)[0]
    passages = (
        Passage(1, "It stayed wet.", f"Lessons{UNDER}Selling compost", "lessons"),
        Passage(1, "It was sold late.", f"Lessons{UNDER}Prices", "lessons"),
        Passage(1, "Ask early.", "Advice", "recommendations"),
    )
    client = client_of(indexed(((document, passages),)))
    soup = page(client, "/d/d1/p/1?q=compost")
    assert texts(soup, ".paper h2 mark") == ["compost"]
    assert texts(soup, ".paper .section") == ["Lessons learned", "Recommendations"]
    assert texts(page(client, "/d/d1"), ".contents li") == [
        "Lessons p. 1",
        "Selling compost Lessons learned p. 1",
        "Prices p. 1",
        "Advice Recommendations p. 1",
    ]


def test_a_heading_above_is_shown_where_it_matches(corpus: Path) -> None:
    document, _ = products(corpus)[0]
    passages = (
        Passage(1, "It stayed wet.", f"Selling compost{UNDER}Prices"),
        Passage(2, "It was sold late.", f"Roads{UNDER}Prices"),
    )
    client = client_of(indexed(((document, passages),)))
    first = page(client, "/d/d1/p/1?q=compost")
    assert texts(first, ".paper h2") == [f"Selling compost{UNDER}Prices"]
    assert texts(first, ".paper h2 mark") == ["compost"]
    assert texts(page(client, "/d/d1/p/2?q=compost"), ".paper h2") == ["Prices"]
    matches = page(client, "/d/d1/p/2?q=compost").select(".matches a")
    assert [text(link) for link in matches] == ["Previous match: p. 1"]


def test_a_document_says_how_many_matching_passages_it_does_not_show(corpus: Path) -> None:
    document, _ = products(corpus)[0]
    passages = tuple(Passage(n, f"Compost {n}.") for n in range(1, 9))
    soup = page(client_of(indexed(((document, passages),))), "/d/d1?q=compost")
    assert len(soup.select(".passages li")) == 5
    more = soup.select_one(".more a")
    assert (text(more), len(soup.select("#pages"))) == ("+ 3 more passages", 1)


def test_long_contents_are_folded_after_their_beginning(corpus: Path) -> None:
    document, _ = products(corpus)[0]
    passages = tuple(Passage(n, "Text.", f"Heading {n}") for n in range(1, 61))
    soup = page(client_of(indexed(((document, passages),))), "/d/d1")
    assert texts(soup, ".contents li a") == [f"Heading {n}" for n in range(1, 61)]
    assert len(soup.select(".further li")) == 20
    assert text(soup.select_one(".further summary")) == "Show all (60)"
    assert not page(client_of(indexed(((document, passages[:40]),))), "/d/d1").select(".further")
