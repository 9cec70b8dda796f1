"""The facet table, and the order of values."""

from engine.documents import Document
from engine.facets import FACET_NAMES, FACETS, FacetValue, ranked

FULL = Document(
    "a",
    "a.pdf",
    "A",
    type="pilot",
    clusters=("waste", "drr"),
    countries=("Peru",),
    cities=("Lima", "Cusco"),
    partners=("UN",),
    date="2021-04-30",
    language="es",
)


def values(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the values that a document has for each facet of documents."""
    return {facet.name: facet.values(document) for facet in FACETS if facet.values}


def test_the_facets_are_those_of_the_contract() -> None:
    assert FACET_NAMES == (
        "cluster",
        "type",
        "year",
        "section",
        "country",
        "city",
        "partner",
        "language",
    )


def test_the_section_is_the_one_facet_of_passages() -> None:
    assert [facet.name for facet in FACETS if facet.values is None] == ["section"]


def test_a_document_has_the_values_of_its_fields() -> None:
    assert values(FULL) == {
        "cluster": ("waste", "drr"),
        "type": ("pilot",),
        "year": ("2021",),
        "country": ("Peru",),
        "city": ("Lima", "Cusco"),
        "partner": ("UN",),
        "language": ("es",),
    }


def test_what_is_not_known_is_no_value() -> None:
    assert set(values(Document("a", "a.pdf", "A")).values()) == {()}


def test_most_documents_come_first_then_the_name() -> None:
    assert ranked({"b": 1, "a": 1, "c": 2}, ()) == (
        FacetValue("c", 2),
        FacetValue("a", 1),
        FacetValue("b", 1),
    )


def test_only_selected_values_stay_at_zero() -> None:
    assert ranked({"a": 0, "b": 0, "c": 1}, ["b", "d"]) == (
        FacetValue("c", 1),
        FacetValue("b", 0, selected=True),
        FacetValue("d", 0, selected=True),
    )
