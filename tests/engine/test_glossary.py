"""A query that meets a concept looks for its other forms too."""

import csv
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import glossary
from engine.analysis import analyzer, fold
from engine.concepts import parse_concepts
from engine.glossary import WEIGHT, Expanded
from engine.names import NAMES
from engine.vocabulary import load
from engine.wanted import analyse

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCE = """concept,en,es,zh,ru
waste,waste;garbage,residuos,垃圾,отходы
management,waste management,gestión de residuos,垃圾管理,управление отходами
sstc,SSTC;South-South cooperation,cooperación Sur-Sur,南南合作,
"""
GLOSSARY = parse_concepts(SOURCE, "glossary")
EVERY = ("en", "es", "zh", "ru")


def expanded(text: str, languages: Sequence[str] = EVERY) -> Expanded:
    """Return what a text looks for in an index of some languages."""
    return glossary.expanded(GLOSSARY, text, analyse(text, languages), languages)


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
    text = 'compost "waste" -garbage'
    assert expanded(text).wanted == analyse(text, EVERY)


@given(text=st.text(st.sampled_from('waste- "*垃圾管理sOR отхды')) | st.text())
def test_any_text_looks_for_at_least_what_it_says(text: str) -> None:
    wanted = analyse(text, EVERY)
    found = expanded(text).wanted
    assert found.excluded == wanted.excluded
    assert len(found.groups) == len(wanted.groups)
    for group, said in zip(found.groups, wanted.groups, strict=True):
        assert group[: len(said)] == said


def test_the_bundled_glossary_says_every_concept_once_in_seven_languages() -> None:
    with (CORPUS / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["concept", "en", "fr", "es", "ar", "zh", "ru", "pt"]
    assert len(named(rows, "country")) == 195  # United Nations members and both observers
    assert len(named(rows, "city")) >= 140
    assert 80 <= len(rows) - len(named(rows, "country")) - len(named(rows, "city")) <= 160
    assert len({row["concept"] for row in rows}) == len(rows)
    assert all(re.fullmatch("[a-z0-9-]+", row["concept"]) and all(row.values()) for row in rows)
    # An acronym must not be a small word of another language.
    rows = [{**row, "concept": ""} for row in rows]
    forms = {form.casefold() for row in rows for cell in row.values() for form in cell.split(";")}
    assert not forms & {"un", "odd", "who", "led", "wash", "app", "it", "us", "css"}


def test_no_bundled_form_means_two_concepts() -> None:
    bundled = load(CORPUS / "vocabulary.toml", glossary=CORPUS / "glossary.csv").glossary
    meaning: dict[tuple[str, ...], set[int]] = {}
    for number, forms in enumerate(bundled.concepts):
        for form in forms:
            terms = tuple(token.term for token in analyzer(form.language).tokens(form.text))
            meaning.setdefault(terms, set()).add(number)
    assert [terms for terms, concepts in meaning.items() if len(concepts) > 1] == []


def named(rows: Sequence[dict[str, str]], kind: str) -> list[dict[str, str]]:
    """Return the rows of countries or cities."""
    return [row for row in rows if re.match(rf"{kind}-(?!to-)", row["concept"])]


def test_no_stemmer_shortens_the_bundled_names_of_countries_and_cities() -> None:
    with (CORPUS / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    def single(kind: str) -> set[str]:
        cells = (row[of] for row in named(rows, kind) for of in ("en", "fr", "es", "pt"))
        forms = {form for cell in cells for form in cell.split(";")}
        return {fold(form) for form in forms if form.isalpha() and not form.isupper()}

    countries = {name for name in single("country") if not name.endswith("s")}
    adjectives = {"suisse", "suiza", "suica", "argentina", "argentine"}
    assert (countries | single("city")) - adjectives == NAMES
