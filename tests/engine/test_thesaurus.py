"""What is said in other words weighs where any word is enough, and matches nothing."""

import csv
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.concepts import parse_concepts
from engine.thesaurus import ASKED, MOST_WORDS, SAID, with_kindred
from engine.wanted import Sequenced, Wanted, analyse

FILE = Path(__file__).parents[2] / "corpus/thesaurus.csv"
SOURCE = """concept,en,es
waste,rubbish;waste;solid waste,basura;residuos
old,old people;elderly;older persons,ancianos
plant,plant;factory,fábrica
crop,plant;crop,cultivo
"""
TABLE = parse_concepts(SOURCE, "thesaurus")
EVERY = ("en", "es")


def looked_for(text: str, languages: Sequence[str] = EVERY) -> Wanted:
    """Return what a text looks for in an index of some languages."""
    return with_kindred(TABLE, text, analyse(text, languages), languages)


def terms(sequences: Sequence[Sequenced]) -> list[list[str]]:
    """Return the terms of each position of words and phrases, joined."""
    return [["|".join(slot.terms) for slot in sequence] for sequence in sequences]


def test_the_words_of_a_concept_count_as_one_and_each_phrase_by_itself() -> None:
    [rubbish, lagos] = looked_for("rubbish Lagos").kindred
    assert terms(rubbish) == [["wast|basur|residu"], ["solid", "wast"]]
    assert lagos == ()


def test_what_is_said_in_several_words_counts_for_each_of_them_in_part() -> None:
    old, people = looked_for("How do old people live?").kindred[:2]
    assert old == people
    assert terms(old) == [["elder|ancian"], ["older", "person"]]
    assert {slot.weight for slot in chain(*old)} == {ASKED / 2}


def test_a_word_of_several_concepts_has_the_words_of_all() -> None:
    assert terms(looked_for("plants").kindred[0]) == [["factori|crop|fabric|cultiv"]]


def test_words_that_are_chosen_with_care_leave_less_to_others() -> None:
    asked, said = looked_for("where does rubbish go").kindred, looked_for("rubbish").kindred
    assert {slot.weight for slot in chain(*asked[0])} == {ASKED}
    assert {slot.weight for slot in chain(*said[0])} == {SAID}


def test_only_the_languages_of_the_index_are_looked_for() -> None:
    assert terms(looked_for("basura", ("es",)).kindred[0]) == [["residu"]]


def test_a_text_without_a_known_concept_stays_as_it_is() -> None:
    for text in ('compost "rubbish" -waste', "rubbish OR compost", "rubb*"):
        assert looked_for(text) == analyse(text, EVERY)


@given(text=st.text(st.sampled_from('old people ps rubish "-*OR')) | st.text())
def test_any_text_matches_what_it_matched_before(text: str) -> None:
    wanted, found = analyse(text, EVERY), looked_for(text)
    assert (found.groups, found.excluded, found.spare) == (
        wanted.groups,
        wanted.excluded,
        wanted.spare,
    )
    assert len(found.kindred) in (0, len(found.groups))


def test_the_bundled_thesaurus_says_each_concept_in_seven_languages() -> None:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["concept", "en", "fr", "es", "pt", "ar", "ru", "zh"]
    assert len({row["concept"] for row in rows}) == len(rows) > 700
    for row in rows:
        for cell in row.values():
            forms = cell.split(";")
            assert all(form and form == form.strip() for form in forms), row
            assert len(set(forms)) == len(forms) <= MOST_WORDS, row
