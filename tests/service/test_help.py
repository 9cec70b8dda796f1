"""Help with a query on the results page and in the API."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from engine import vocabulary
from engine.documents import Document, Passage
from engine.embedded.engine import EmbeddedEngine
from tests.service.collection import VOCABULARY, client_of

CSV = "concept,en,fr,ar\\nwaste,waste;garbage,déchets,نفايات\\n"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of the service over documents in two languages, with a glossary."""
    engine = EmbeddedEngine.in_memory()
    kept = vocabulary.parse(f'{VOCABULARY.source}\n[glossary]\ncsv = "{CSV}"')
    first = Document("a", "a.pdf", "Waste in Kisumu", countries=("Kenya",), language="en")
    french = replace(first, id="b", title="Les déchets", countries=("Senegal",), language="fr")
    with engine.write(kept, fresh=True) as batch:
        batch.put(first, (Passage(1, "Composting and recycling in the market."),))
        batch.put(french, (Passage(1, "Le recyclage des déchets au marché."),))
    return client_of(engine)


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).data, "lxml")


def said(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in soup.select(selector)]


def link(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select_one(selector)
    assert found is not None
    return str(found["href"])


def test_a_misspelt_query_that_finds_something_is_asked_about(client: FlaskClient) -> None:
    soup = page(client, "/search?q=market+compsoting&country=Kenya")
    assert said(soup, ".meant") == ["Did you mean market composting?"]
    assert link(soup, ".meant a") == "/search?q=market+composting&country=Kenya"
    assert said(page(client, "/search?q=market"), ".meant") == []


def test_the_api_tells_what_was_meant(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=compsoting").get_json()
    assert (answer["total"], answer["suggestion"]) == (0, "composting")
    assert client.get("/api/v1/search?q=composting").get_json()["suggestion"] is None


@pytest.mark.parametrize("address", ["/d/b?q=garbage", "/d/b/p/1?q=garbage"])
def test_a_document_marks_what_the_glossary_finds(client: FlaskClient, address: str) -> None:
    assert said(page(client, address), ".paper mark, .snippet mark") == ["déchets"]
    assert said(page(client, f"{address}&glossary=off"), ".paper mark, .snippet mark") == []


def test_nothing_found_offers_the_correction_first(client: FlaskClient) -> None:
    soup = page(client, "/search?q=compsoting&lang=en")
    offer = ".nothing ul:first-of-type a"
    assert said(soup, offer) == ["With “composting” – 1 document"]
    assert link(soup, offer) == "/search?q=composting&lang=en"
    assert said(soup, ".meant") == []


def test_nothing_found_in_a_language_offers_another(client: FlaskClient) -> None:
    soup = page(client, "/search?q=composting&language=fr")
    offers = ".nothing ul:first-of-type a"
    assert said(soup, offers) == [
        "Without Language: French – 1 document",
        "In another language: English – 1 document",
    ]


def test_the_forms_that_were_also_searched_are_shown_and_switched_off(client: FlaskClient) -> None:
    soup = page(client, "/search?q=waste")
    assert said(soup, ".also") == ["Also searched: garbage, déchets Switch off"]
    assert said(soup, "#count") == ["2 documents for waste"]
    off = link(soup, ".also a")
    assert off == "/search?q=waste&glossary=off"
    soup = page(client, off)
    assert said(soup, "#count") == ["1 document for waste"]
    assert link(soup, ".also a") == "/search?q=waste"
    assert [hidden["value"] for hidden in soup.select("#kept [name=glossary]")] == ["off"]


def test_the_switch_is_a_parameter_of_every_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=waste").get_json()["total"] == 2
    assert client.get("/api/v1/search?q=waste&glossary=off").get_json()["total"] == 1
    assert client.get("/api/v1/search?q=waste&glossary=no").status_code == 400
    taken = page(client, "/search?q=waste&glossary=off").select(".takeaway a")
    assert ["glossary=off" in str(link["href"]) for link in taken] == [True, True]


def test_completions_come_from_the_collection(client: FlaskClient) -> None:
    assert client.get("/suggest?q=kisu").get_json() == ["kisu", ["Waste in Kisumu"]]
    assert client.get("/suggest?q=dech").get_json() == ["dech", ["Les déchets"]]


def test_a_misspelt_query_that_filters_leave_empty_is_offered_without_them(
    client: FlaskClient,
) -> None:
    soup = page(client, "/search?q=compsoting&country=Senegal")
    offer = ".nothing ul:first-of-type a"
    assert said(soup, offer) == ["With “composting” and without any filter – 1 document"]
    assert link(soup, offer) == "/search?q=composting"
    assert said(soup, ".notice") == []
