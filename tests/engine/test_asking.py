"""Which words a question can spare, and that nothing else loses a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import analyzer, fold
from engine.asking import MANNERS, spare_words, without_asking
from engine.wanted import Slot, analyse


def spared(text: str) -> list[str]:
    """Return the words that a text can spare, in its order."""
    words = spare_words(text)
    return [token.term for token in analyzer("").tokens(text) if token.term in words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What went wrong when other cities sorted waste?", "what when other"),
        ("how do I sort waste", "how do i"),
        ("Could you please show me pilots in the Andes", "could you please show me in the"),
        ("waste sorting in Lima?", "in"),
        ("¿Cómo se separan los residuos?", "como se los"),
        ("comment trier les déchets", "comment les"),
        ("Pourquoi l'appel d'offres a-t-il échoué ?", "pourquoi l d a t il"),
        ("como separar o lixo em casa", "como o em"),
        ("Какие города сортируют отходы?", "какие"),
        ("كيف يتم فرز النفايات في المدن؟", "كيف في"),
    ],
)
def test_a_question_can_spare_what_only_asks(text: str, expected: str) -> None:
    assert spared(text) == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "pilots in the Andes",
        "WHO guidelines on waste",
        "comment letters on waste",
        "the list of the cities",
    ],
)
def test_a_text_that_does_not_ask_keeps_its_words(text: str) -> None:
    assert spared(text) == []


def test_an_acronym_is_no_question_word() -> None:
    assert spared("What does WHO say about IT?") == ["what", "does", "about"]
    assert spared("WHAT DOES IT SAY ABOUT WASTE?") == ["what", "does", "it", "about"]


def test_what_asks_in_chinese_is_cut_out() -> None:
    assert without_asking("城市如何分类垃圾").split() == ["城市", "分类垃圾"]
    assert without_asking("什么") == "什么"
    assert analyse("城市如何", ["zh"]) == analyse("城市", ["zh"])


def test_spare_words_need_not_match_and_weigh_little() -> None:
    wanted = analyse("how is waste sorted", ["en"])
    assert [group[0][0].terms for group in wanted.groups] == [("wast",), ("sort",)]
    assert [sequence[0].terms for sequence in wanted.spare] == [("how",), ("is",)]
    assert all(sequence[0].weight < 1 for sequence in wanted.spare)


def test_a_question_of_spare_words_alone_asks_for_them() -> None:
    wanted = analyse("what is this?", ["en"])
    assert [group[0][0].terms for group in wanted.groups] == [("what",), ("is",), ("this",)]
    assert wanted.spare == ()


def test_quoted_and_excluded_words_prefixes_and_alternatives_are_never_spare() -> None:
    wanted = analyse('how sort "what is" -the wha* in OR on', [""])
    looked = {slot.prefix or slot.terms[0] for slot in wanted.slots()}
    assert looked == {"sort", "what", "is", "wha", "in", "on"}
    assert wanted.excluded == ((Slot(("the",)),),)
    assert [sequence[0].terms for sequence in wanted.spare] == [("how",)]


OPENING = frozenset(word for manner in MANNERS.values() for word in manner.opening)


@given(st.text(alphabet="abcdefgh тыкод", max_size=40))
def test_without_a_question_mark_or_word_every_word_is_asked_for(text: str) -> None:
    if fold(text.strip().partition(" ")[0]) not in OPENING:
        assert analyse(text, ["en"]).spare == ()
        assert len(analyse(text, ["en"]).groups) == len(text.split())
