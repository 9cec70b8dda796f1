"""What is offered instead of a query that finds nothing finds what it announces."""

import pytest

from engine.embedded.engine import EmbeddedEngine
from engine.help import Offer, offers, suggestion
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from engine.vocabulary import parse
from tests.contract.corpora import document, fill


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine with three documents."""
    return fill(
        EmbeddedEngine.in_memory(),
        [
            document("a", "Composting", "the market of Kisumu", countries=("Kenya",), date="2020"),
            document("b", "Buses", "a new line", countries=("Nepal",), date="2021"),
            document("c", "Mercado", "compost", language="es", countries=("Peru",)),
        ],
    )


def told(found: tuple[Offer, ...]) -> list[tuple[str, str, str, int]]:
    return [(offer.kind, offer.name, offer.value, offer.total) for offer in found]


def test_each_change_that_finds_something_is_offered_the_closest_first(engine: Engine) -> None:
    query = Query("market line", {"country": ("Kenya",)}, since="2021", match="all", page=3)
    assert told(offers(engine, query)) == [("unfiltered", "", "", 2)]


def test_a_misspelling_is_corrected_with_the_filters_kept(engine: Engine) -> None:
    found = offers(engine, Query("compsoting", {"country": ("Kenya",)}))
    assert told(found) == [("correction", "", "composting", 1)]
    assert found[0].query == Query("composting", {"country": ("Kenya",)})


def test_a_word_of_the_glossary_is_right(engine: Engine) -> None:
    assert suggestion(engine, Query("kisumo")) == "kisumu"
    known = EmbeddedEngine.in_memory()
    with known.write(parse('[glossary]\ncsv = "concept,it\\na,kisumo"'), fresh=True) as batch:
        batch.put(*document("a", "", "the market of Kisumu"))
    assert suggestion(known, Query("kisumo")) is None


def test_dropping_a_filter_is_offered_where_it_helps(engine: Engine) -> None:
    query = Query("market", {"country": ("Nepal",), "year": ("2020",)})
    assert told(offers(engine, query)) == [
        ("without", "country", "Nepal", 1),
        ("unfiltered", "", "", 1),
    ]


def test_another_language_is_offered(engine: Engine) -> None:
    found = offers(engine, Query("kisumu", {"language": ("es",)}))
    assert told(found) == [("without", "language", "es", 1), ("language", "", "en", 1)]


def test_every_offer_finds_what_it_announces(engine: Engine) -> None:
    queries = [
        Query("markt", {"country": ("Nepal", "Peru")}, until="2020"),
        Query("new line", {"language": ("es",)}, match="all"),
        Query("", {"country": ("Kenya",), "year": ("2021",)}, since="2021", until="2021"),
    ]
    made = [offer for query in queries for offer in offers(engine, query)]
    assert {offer.kind for offer in made} == {"unfiltered", "language", "without", "afresh"}
    for offer in made:
        assert search(engine, offer.query).total == offer.total > 0
