"""What is being typed goes on to what the documents say."""

import pytest

from engine.suggesting import LONGEST, Completions, Said

DOCUMENTS = [
    Said(
        "Composting in Kisumu",
        ("Waste › 3.2 Lessons learned", "Waste › Solid waste management"),
        ("Kisumu", "Kenya"),
    ),
    Said("Gestión de residuos en Medellín", ("Solid waste collection",), ("Medellín",)),
    Said("小城市的农产品电子商务", ("Solid waste in figures",)),
    Said("فرز النفايات في ثلاث مدن", places=("Kisumu",)),
    Said("Как три города готовились к паводку"),
]
COMPLETIONS = Completions(DOCUMENTS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("compos", ["Composting in Kisumu"]),
        ("GESTION de r", ["Gestión de residuos en Medellín"]),
        ("medel", ["Medellín", "Gestión de residuos en Medellín"]),
        ("lessons", ["Lessons learned"]),
        ("电子", ["小城市的农产品电子商务"]),
        ("النف", ["فرز النفايات في ثلاث مدن"]),
        ("три го", ["Как три города готовились к паводку"]),
        ("omposting", []),
        ("", []),
        (" * ", []),
        ("\ud800", []),
    ],
)
def test_titles_places_and_headings_are_completed_in_any_script(
    typed: str, expected: list[str]
) -> None:
    assert COMPLETIONS.starting(typed) == expected


def test_what_begins_as_the_query_does_and_is_said_more_often_comes_first() -> None:
    assert COMPLETIONS.starting("kis") == ["Kisumu", "Composting in Kisumu"]


def test_a_phrase_that_several_documents_have_is_a_completion() -> None:
    assert COMPLETIONS.starting("solid w")[0] == "solid waste"


def test_no_more_completions_come_than_are_wanted() -> None:
    many = Completions(Said(f"Report {number}") for number in range(100))
    assert len(many.starting("rep", most=5)) == 5


def test_a_heading_that_is_a_paragraph_is_no_completion_and_a_title_always_is() -> None:
    long = "word " * LONGEST
    assert Completions([Said("T", (long,))]).starting("word") == []
    assert Completions([Said(long)]).starting("word") == [long.strip()]


def test_an_index_of_nothing_completes_nothing() -> None:
    assert Completions([]).starting("a") == []
