"""A document is filed under the places and partners that it is about, not all that it names."""

import pytest

from engine.documents import Document, Passage
from indexer.documents import with_names
from indexer.gazetteer import countries
from indexer.partners import value as partner
from indexer.places import value as place
from indexer.subjects import Occurrence, subjects


def _filed(title: str, *texts: str, **known: tuple[str, ...]) -> Document:
    document = Document(id="a", file="", title=title, **known)  # type: ignore[arg-type]  # tuples of names
    return with_names(document, [Passage(at, text) for at, text in enumerate(texts, 1)])


def test_a_city_in_the_title_is_filed_with_its_country_and_said_to_be_guessed() -> None:
    found = _filed("Waste sorting in Koidu")

    assert (found.countries, found.cities) == (("Sierra Leone",), ("Koidu",))
    assert found.guessed == ("countries", "cities")


def test_a_country_in_a_list_is_no_subject() -> None:
    texts = ["Chile and Peru joined."] + ["Kenya plants trees, and Kenya waters them."] * 3

    assert _filed("A report", *texts).countries == ("Kenya",)


def test_the_place_of_a_meeting_is_no_subject() -> None:
    found = _filed("New York, 25 September 2024", *["Brazil spoke."] * 4)

    assert (found.countries, found.cities) == (("Brazil",), ())


def test_the_catalogue_wins_under_the_names_of_the_table() -> None:
    found = _filed(
        "Kenya and UNDP", countries=("Turkey", "Belvarra"), cities=("Beijing",), partners=("PNUD",)
    )

    assert found.countries == ("Türkiye", "Belvarra")
    assert (found.cities, found.partners) == (("Beijing",), ("UNDP",))
    assert found.guessed == ()


def test_a_city_state_is_both() -> None:
    found = _filed("Compost in Singapore")

    assert (found.countries, found.cities) == (("Singapore",), ("Singapore",))


def test_no_country_is_said_of_a_city_whose_country_is_disputed() -> None:
    found = _filed("A school in Jerusalem")

    assert (found.countries, found.cities) == ((), ("Jerusalem",))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("The Gambia", "The Gambia"),
        ("Gambia", "The Gambia"),
        ("Ivory Coast", "Côte d’Ivoire"),
        ("Côte d'Ivoire", "Côte d’Ivoire"),
        ("Hunan", "Hunan"),
        ("Kushtia", "Kushtia"),
        ("Belvarra", "Belvarra"),
        ("Ciudad de México", "Mexico City"),
    ],
)
def test_a_place_of_the_catalogue_gets_the_name_of_the_table(written: str, name: str) -> None:
    assert place(written) == name


def test_every_country_is_its_own_value() -> None:
    assert len(countries()) == 197
    assert [name for known in countries().values() if (name := known.name) != place(name)] == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("United Nations Development Programme", "UNDP"),
        ("ПРООН", "UNDP"),
        ("联合国开发计划署", "UNDP"),
        ("منظمة الصحة العالمية", "WHO"),
        ("Banque mondiale", "World Bank"),
        ("UNDP Nepal", "UNDP Nepal"),
        ("Kushtia Municipality", "Kushtia Municipality"),
    ],
)
def test_a_partner_of_the_catalogue_gets_its_usual_name(written: str, name: str) -> None:
    assert partner(written) == name


def test_partners_are_those_of_the_first_page_and_those_named_often() -> None:
    texts = [
        "A study of UN-Habitat.",
        "Who paid? Nobody.",
        *["UNICEF helped."] * 3,
        "The WFP came.",
    ]

    assert _filed("A report", *texts).partners == ("UN-Habitat", "UNICEF")


def test_a_ministry_has_its_country() -> None:
    text = "The Ministry of Agriculture and Livestock of Nepal opened it."

    assert _filed("Farms of Nepal", text).partners == (
        "Ministry of Agriculture and Livestock (Nepal)",
    )
    assert _filed("Farms", text).partners == ()


def test_subjects_of_the_title_come_first() -> None:
    found = [Occurrence(at, name) for at in range(4) for name in ("often", "title")[: 2 - (at > 0)]]

    assert subjects(4, 1, [Occurrence(0, "title"), *found[2:]]) == ("title", "often")
