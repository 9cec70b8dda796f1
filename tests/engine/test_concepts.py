"""Tables of concepts are read whole or told to be wrong, and met where their forms stand."""

from pathlib import Path

import pytest

from engine.analysis import terms_of
from engine.concepts import ConceptsError, parse_concepts
from engine.vocabulary import VocabularyError, load, parse

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCE = """concept,en,fr
city,city;town,ville
energy,power;electric power,énergie
might,might;power,
"""
TABLE = parse_concepts(SOURCE, "thesaurus")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("term,en\nwaste,waste\n", "needs a column “concept”"),
        ("concept,en\nwaste,waste,residuos\n", "“waste” in the glossary has more cells"),
        ('concept,en\n"waste,"x"y\n', "is not a table"),
    ],
)
def test_what_is_no_table_of_concepts_is_told(source: str, reason: str) -> None:
    with pytest.raises(ConceptsError, match=reason):
        parse_concepts(source, "glossary")


def test_what_has_no_letter_or_digit_is_no_form() -> None:
    [forms] = parse_concepts("concept,en\nnothing,;-;a;\n", "glossary").concepts
    assert [form.text for form in forms] == ["a"]


def test_words_meet_all_concepts_that_they_are_the_longest_form_of() -> None:
    words = [
        "The",
        "city",
        "of",
        "Lagos",
        "saves",
        "electric",
        "power",
        "and",
        "has",
        "power",
        "plants",
    ]
    met = [
        (meeting.concepts, words[meeting.start : meeting.end]) for meeting in TABLE.meetings(words)
    ]
    assert met == [((0,), ["city"]), ((1,), ["electric", "power"]), ((1, 2), ["power"])]


def test_the_other_forms_are_those_that_were_not_said() -> None:
    said = [form.text for form in TABLE.others(0, [terms_of("cities", ("en", "fr"))], ("en", "fr"))]
    assert said == ["town", "ville"]
    assert [form.text for form in TABLE.others(0, [("ville",)], ("en",))] == ["city", "town"]


def test_a_table_is_kept_with_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "v.toml").write_text('[types.news]\nlabels = {en = "News"}', encoding="utf-8")
    (tmp_path / "g.csv").write_text(SOURCE + '"a ""b"" \\ \x7f",x,\n', encoding="utf-8")
    kept = load(tmp_path / "v.toml", glossary=tmp_path / "g.csv")
    assert kept.glossary.source == (tmp_path / "g.csv").read_text(encoding="utf-8")
    assert parse(kept.source) == kept
    assert list(kept.types) == ["news"]


def test_a_wrong_table_is_told_as_a_wrong_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="needs a column"):
        parse('[glossary]\ncsv = "a,b"\n[types]')
    with pytest.raises(VocabularyError, match="must be a table with a text"):
        parse("glossary = 3")
    with pytest.raises(VocabularyError, match=r"The glossary .* cannot be read"):
        load(CORPUS / "vocabulary.toml", glossary=tmp_path / "missing.csv")
