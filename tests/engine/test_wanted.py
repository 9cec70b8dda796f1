"""What a query looks for, after the analysis of every language of the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.wanted import MOST_TERMS, Slot, Wanted, analyse


def word(*terms: str) -> tuple[tuple[Slot, ...], ...]:
    """Return a group of one word."""
    return ((Slot(terms),),)


def test_every_word_is_a_group() -> None:
    assert analyse("Waste sorting", ["en"]) == Wanted((word("wast"), word("sort")))


def test_a_word_is_looked_for_in_the_stem_of_every_language() -> None:
    assert analyse("cities", ["en", "es", "zh"]) == Wanted((word("citi", "cities"),))


def test_without_languages_a_word_is_only_folded() -> None:
    assert analyse("Cités", []) == Wanted((word("cites"),))


def test_the_words_inside_a_word_are_asked_for_each() -> None:
    assert analyse("e-commerce", [""]) == Wanted((word("e"), word("commerce")))


def test_a_run_of_han_asks_for_all_its_pairs() -> None:
    assert analyse("垃圾分类", ["zh"]) == Wanted((word("垃圾"), word("圾分"), word("分类")))
    assert analyse("市", ["zh"]) == Wanted((word("市"),))


def test_the_same_word_inside_a_word_is_asked_for_once() -> None:
    assert analyse("bye-bye", [""]) == Wanted((word("bye"),))


def test_a_phrase_is_one_sequence_with_offsets() -> None:
    phrase = (Slot(("solid",)), Slot(("waste",), 1), Slot(("城市",), 2), Slot(("市化",), 3))
    assert analyse('"solid waste 城市化"', [""]) == Wanted(((phrase,),))


def test_alternatives_are_one_group() -> None:
    assert analyse('a OR "b c"', [""]) == Wanted(
        (((Slot(("a",)),), (Slot(("b",)), Slot(("c",), 1))),)
    )


def test_a_word_of_several_among_alternatives_is_a_phrase() -> None:
    sequence = (Slot(("e",)), Slot(("commerce",), 1))
    assert analyse("e-commerce OR trade", [""]) == Wanted(((sequence, (Slot(("trade",)),)),))


def test_an_excluded_word_of_several_is_a_phrase() -> None:
    assert analyse("-e-commerce", [""]) == Wanted(
        excluded=((Slot(("e",)), Slot(("commerce",), 1)),)
    )


def test_a_prefix_is_folded_and_not_stemmed() -> None:
    assert analyse("Cité*", ["en"]) == Wanted((((Slot(("cite",), 0, "cite"),),),))


def test_a_prefix_is_of_the_last_word_inside_a_word() -> None:
    assert analyse("e-comm*", [""]) == Wanted((word("e"), ((Slot(("comm",), 0, "comm"),),)))


def test_a_prefix_that_is_short_when_folded_is_a_word() -> None:
    assert analyse("e-co*", [""]) == Wanted((word("e"), word("co")))


@pytest.mark.parametrize("text", ["", "?!", '""', '"-"', "* - +", "🙂", "? OR !"])
def test_a_text_without_letters_looks_for_nothing(text: str) -> None:
    assert analyse(text, ["en"]) == Wanted()


def test_an_alternative_without_letters_is_left_out() -> None:
    assert analyse("waste OR ?", [""]) == Wanted((word("waste"),))


def test_only_so_many_words_are_looked_for_and_it_says_so() -> None:
    numbers = [str(number) for number in range(MOST_TERMS + 1)]
    enough = analyse(" ".join(numbers[:-1]), [""])
    assert enough == Wanted(tuple(word(number) for number in numbers[:-1]))
    assert analyse(" ".join(numbers), [""]) == Wanted(enough.groups, cut=True)


def test_a_phrase_is_left_out_rather_than_shortened() -> None:
    numbers = " ".join(str(number) for number in range(MOST_TERMS - 1))
    wanted = analyse(f'{numbers} "a b"', [""])
    assert (len(wanted.groups), wanted.cut) == (MOST_TERMS - 1, True)


def test_an_excluded_phrase_is_left_out_rather_than_shortened() -> None:
    numbers = " ".join(f"-{number}" for number in range(MOST_TERMS - 1))
    wanted = analyse(f'{numbers} -"a b"', [""])
    assert (len(wanted.excluded), wanted.cut) == (MOST_TERMS - 1, True)


def test_a_text_that_was_cut_says_so() -> None:
    assert analyse("waste " * 100, [""]).cut


def test_the_slots_are_those_that_a_match_may_show() -> None:
    wanted = analyse('a OR b "c d" -e', [""])
    assert [slot.terms for slot in wanted.slots()] == [("a",), ("b",), ("c",), ("d",)]


@given(st.text(), st.lists(st.sampled_from(("en", "ru", "ar", "zh", "")), unique=True))
def test_any_text_can_be_looked_for(text: str, languages: list[str]) -> None:
    wanted = analyse(text, languages)
    sequences = [sequence for group in wanted.groups for sequence in group]
    assert all(wanted.groups)
    assert all(all(slot.terms) for slots in (*sequences, *wanted.excluded) for slot in slots)
    assert all(slots and slots[0].offset == 0 for slots in (*sequences, *wanted.excluded))
    assert sum(map(len, (*sequences, *wanted.excluded))) <= MOST_TERMS
