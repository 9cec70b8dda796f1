"""The map: dots where cities lie, arcs between countries, the same as a list."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from engine import coordinates
from engine.coordinates import City
from indexer.tables import make_coordinates
from search_service import worldmap
from search_service.worldmap import HEIGHT, WIDTH, arc, located, pairs, point
from tests.service.collection import client_of, indexed, products
from tests.service.test_results import page, text, texts, total


@pytest.fixture(scope="module")
def exchange(corpus: Path) -> FlaskClient:
    """Return a client of a collection where cities of two countries meet."""
    document, passages = products(corpus)[0]
    meeting = replace(
        document,
        id="meeting",
        title="Koidu and Kushtia compare their markets",
        cities=("Koidu", "Kushtia", "Nanjing", "Belvarra"),
    )
    return client_of(indexed(((document, passages), (meeting, passages))))


def test_every_known_city_is_a_dot_that_leads_to_its_documents(exchange: FlaskClient) -> None:
    soup = page(exchange, "/")
    dots = {text(link): str(link["href"]) for link in soup.select(".drawing a:has(circle)")}
    assert sorted(dots) == [
        "Kisumu, Kenya (1 document)",
        "Koidu, Sierra Leone (1 document)",
        "Kushtia, Bangladesh (1 document)",
        "Nanjing, China (1 document)",
    ]
    for said, address in dots.items():
        assert f"({total(page(exchange, address))} document)" in said


def test_an_arc_joins_cities_that_a_title_or_summary_names(exchange: FlaskClient) -> None:
    soup = page(exchange, "/")
    (arc,) = soup.select(".drawing a:has(path)")
    assert text(arc) == "Koidu – Kushtia (1 document)"
    assert texts(page(exchange, str(arc["href"])), ".card h3") == [
        "Koidu and Kushtia compare their markets"
    ]


def test_the_list_has_all_that_the_map_has(exchange: FlaskClient) -> None:
    soup = page(exchange, "/")
    drawn = {str(link["href"]) for link in soup.select(".drawing a")}
    listed = {str(link["href"]) for link in soup.select(".list a")}
    assert drawn == listed
    assert all(link["tabindex"] == "-1" for link in soup.select(".drawing a"))


def test_cities_of_one_country_are_not_joined(corpus: Path) -> None:
    document = replace(
        products(corpus)[0][0], title="Nanjing, Shenzhen", cities=("Nanjing", "Shenzhen")
    )
    assert not pairs([document])
    assert not pairs([replace(document, title="", cities=("Nanjing", "Koidu"))])


def test_a_city_lies_in_the_country_of_the_document(corpus: Path) -> None:
    document = replace(products(corpus)[0][0], cities=("Nanjing", "Birmingham"))
    for country, code in (("United States of America", "US"), ("United Kingdom", "GB")):
        found = located([replace(document, countries=("China", country))])
        assert found["Birmingham"].country == code
        assert found["Nanjing"].country == "CN"
    assert located([replace(document, countries=("Kenya",))])["Birmingham"].country == "GB"


def test_a_collection_without_a_known_city_has_no_map(corpus: Path) -> None:
    document, passages = products(corpus)[0]
    client = client_of(indexed(((replace(document, cities=("Belvarra",)), passages),)))
    assert not page(client, "/").select(".map")


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_all_the_world_is_inside_of_the_drawing(n1: float, e1: float, n2: float, e2: float) -> None:
    start, end = point(City("", "", n1, e1)), point(City("", "", n2, e2))
    for x, y in (start, end):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert "-" not in arc(start, end)


def test_no_shore_runs_across_the_world() -> None:
    outline = (Path(worldmap.__file__).parent / "static" / "land.svg").read_text("utf-8")
    shores = re.findall(r"l([^A-Za-z]+)z", outline)
    assert len(shores) > 50
    for part in shores:
        across = [int(step) for step in re.findall(r"-?\d+", part)][::2]
        assert max(map(abs, across)) < WIDTH / 10


def test_the_table_of_coordinates_is_the_one_of_places() -> None:
    assert coordinates.TABLE.read_text("utf-8") == "".join(make_coordinates.lines())


def test_the_map_says_where_it_comes_from(exchange: FlaskClient) -> None:
    said = texts(page(exchange, "/"), ".map .hint")[-1]
    assert said == "Places: GeoNames, CC BY 4.0. Land: Natural Earth."
