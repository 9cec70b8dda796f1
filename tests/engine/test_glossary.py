"""A query that meets a concept looks for its other forms too."""

import csv
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import analyzer
from engine.glossary import WEIGHT, Expanded, GlossaryError, parse_glossary
from engine.vocabulary import VocabularyError, load, parse
from engine.wanted import analyse

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCE = """concept,en,es,zh,ru
waste,waste;garbage,residuos,垃圾,отходы
management,waste management,gestión de residuos,垃圾管理,управление отходами
sstc,SSTC;South-South cooperation,cooperación Sur-Sur,南南合作,
"""
GLOSSARY = parse_glossary(SOURCE)
EVERY = ("en", "es", "zh", "ru")


def expanded(text: str, languages: Sequence[str] = EVERY) -> Expanded:
    """Return what a text looks for in an index of some languages."""
    return GLOSSARY.expanded(text, analyse(text, languages), languages)


def also(text: str, languages: Sequence[str] = EVERY) -> list[str]:
    """Return the forms that a text is looked for by as well."""
    return [form.text for form in expanded(text, languages).also]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("waste", ["garbage", "residuos", "垃圾", "отходы"]),
        ("WASTES in cities", ["garbage", "residuos", "垃圾", "отходы"]),
        ("отходов", ["waste", "garbage", "residuos", "垃圾"]),
        ("垃圾", ["waste", "garbage", "residuos", "отходы"]),
        ("waste management", ["gestión de residuos", "垃圾管理", "управление отходами"]),
        ("la gestion de residuos", ["waste management", "垃圾管理", "управление отходами"]),
        ("sstc", ["South-South cooperation", "cooperación Sur-Sur", "南南合作"]),
        ("south-south cooperation", ["SSTC", "cooperación Sur-Sur", "南南合作"]),
        ("compost", []),
        ("", []),
        ('"waste"', []),
        ("waste OR compost", []),
        ("-waste city", []),
        ("wast*", []),
    ],
)
def test_a_concept_is_met_by_the_longest_of_its_forms(text: str, forms: list[str]) -> None:
    assert also(text) == forms


def test_only_forms_in_the_languages_of_the_index_are_looked_for() -> None:
    assert also("отходы", ("en",)) == ["waste", "garbage"]
    assert also("waste", ("ar",)) == []


def test_each_word_of_a_concept_may_be_satisfied_by_another_form() -> None:
    groups = expanded("waste management Kisumu").wanted.groups
    assert [len(group) for group in groups] == [4, 4, 1]
    added = list(chain(*groups[0][1:]))
    assert {slot.weight for slot in added} == {WEIGHT}
    assert [slot.terms for slot in groups[0][1]] == [("gestion",), ("de",), ("residu",)]


def test_a_query_without_a_concept_stays_as_it_is() -> None:
    wanted = analyse('compost "waste" -garbage', EVERY)
    assert GLOSSARY.expanded('compost "waste" -garbage', wanted, EVERY).wanted == wanted


@given(text=st.text(st.sampled_from('waste- "*垃圾管理sOR отхды')) | st.text())
def test_any_text_looks_for_at_least_what_it_says(text: str) -> None:
    wanted = analyse(text, EVERY)
    found = GLOSSARY.expanded(text, wanted, EVERY).wanted
    assert found.excluded == wanted.excluded
    assert len(found.groups) == len(wanted.groups)
    for group, said in zip(found.groups, wanted.groups, strict=True):
        assert group[: len(said)] == said


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("term,en\nwaste,waste\n", "needs a column “concept”"),
        ("concept,en\nwaste,waste,residuos\n", "“waste” in the glossary has more cells"),
        ('concept,en\n"waste,"x"y\n', "is not a table"),
    ],
)
def test_what_is_no_glossary_is_told(source: str, reason: str) -> None:
    with pytest.raises(GlossaryError, match=reason):
        parse_glossary(source)


def test_a_glossary_of_nothing_adds_nothing() -> None:
    empty = parse_glossary("concept,en\nnothing,;-;\n")
    assert empty.expanded("nothing", analyse("nothing", EVERY), EVERY).also == ()


def test_it_is_kept_with_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "v.toml").write_text('[types.news]\nlabels = {en = "News"}', encoding="utf-8")
    (tmp_path / "g.csv").write_text(SOURCE + '"a ""b"" \\ \x7f",x,,,\n', encoding="utf-8")
    kept = load(tmp_path / "v.toml", glossary=tmp_path / "g.csv")
    assert kept.glossary.source == (tmp_path / "g.csv").read_text(encoding="utf-8")
    assert parse(kept.source) == kept
    assert list(kept.types) == ["news"]


def test_a_wrong_glossary_is_told_as_a_wrong_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="needs a column"):
        parse('[glossary]\ncsv = "a,b"\n[types]')
    with pytest.raises(VocabularyError, match="must be a table with a text"):
        parse("glossary = 3")
    with pytest.raises(VocabularyError, match=r"The glossary .* cannot be read"):
        load(CORPUS / "vocabulary.toml", glossary=tmp_path / "missing.csv")


def test_the_bundled_glossary_says_every_concept_once_in_six_languages() -> None:
    with (CORPUS / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["concept", "en", "fr", "es", "ar", "zh", "ru"]
    assert 80 <= len(rows) <= 110
    assert len({row["concept"] for row in rows}) == len(rows)
    assert all(re.fullmatch("[a-z0-9-]+", row["concept"]) and all(row.values()) for row in rows)
    # An acronym must not be a small word of another language.
    rows = [{**row, "concept": ""} for row in rows]
    forms = {form.casefold() for row in rows for cell in row.values() for form in cell.split(";")}
    assert not forms & {"un", "odd", "who", "led", "wash", "app", "it", "us", "css"}


def test_no_bundled_form_means_two_concepts() -> None:
    glossary = load(CORPUS / "vocabulary.toml", glossary=CORPUS / "glossary.csv").glossary
    meaning: dict[tuple[str, ...], set[int]] = {}
    for number, forms in enumerate(glossary.concepts):
        for form in forms:
            terms = tuple(token.term for token in analyzer(form.language).tokens(form.text))
            meaning.setdefault(terms, set()).add(number)
    assert [terms for terms, concepts in meaning.items() if len(concepts) > 1] == []
