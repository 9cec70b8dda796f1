"""The query language, as a table from what is typed to what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.syntax import LONGEST_QUERY, Atom, Parsed, parse


def words(*texts: str) -> tuple[tuple[Atom, ...], ...]:
    """Return a group for each word."""
    return tuple((Atom(text),) for text in texts)


def phrase(text: str) -> Atom:
    """Return a phrase."""
    return Atom(text, phrase=True)


def prefix(text: str) -> Atom:
    """Return the beginning of a word."""
    return Atom(text, prefix=True)


LANGUAGE = [
    # All words are asked for, in any order; white space is all the same.
    ("", Parsed()),
    ("   ", Parsed()),
    ("waste", Parsed(words("waste"))),
    ("waste sorting", Parsed(words("waste", "sorting"))),
    (" waste\t\n sorting ", Parsed(words("waste", "sorting"))),
    ("e-commerce", Parsed(words("e-commerce"))),
    ("垃圾分类", Parsed(words("垃圾分类"))),
    # A phrase stands in quotes of any form.
    ('"solid waste"', Parsed(((phrase("solid waste"),),))),
    ("“solid waste”", Parsed(((phrase("solid waste"),),))),
    ("„solid waste“", Parsed(((phrase("solid waste"),),))),
    ("«solid waste»", Parsed(((phrase("solid waste"),),))),
    ("＂solid waste＂", Parsed(((phrase("solid waste"),),))),
    ('a "b c" d', Parsed(((Atom("a"),), (phrase("b c"),), (Atom("d"),)))),
    ('a"b c"d', Parsed(((Atom("a"),), (phrase("b c"),), (Atom("d"),)))),
    ('"a" "b"', Parsed(((phrase("a"),), (phrase("b"),)))),
    # A quote that is not closed is no quote.
    ('"solid waste', Parsed(words("solid", "waste"))),
    ('solid "waste', Parsed(words("solid", "waste"))),
    ('a "b c" "d', Parsed(((Atom("a"),), (phrase("b c"),), (Atom("d"),)))),
    # What begins with a minus is excluded, a word or a phrase.
    ("-waste", Parsed((), (Atom("waste"),))),
    ("solid -waste", Parsed(words("solid"), (Atom("waste"),))),
    ('solid -"waste water"', Parsed(words("solid"), (phrase("waste water"),))),
    ("-waste -water", Parsed((), (Atom("waste"), Atom("water")))),
    ("-wast*", Parsed((), (prefix("wast"),))),
    ("-OR", Parsed((), (Atom("OR"),))),
    # A minus inside a word or alone excludes nothing.
    ("solid-waste", Parsed(words("solid-waste"))),
    ("solid - waste", Parsed(words("solid", "-", "waste"))),
    # OR, in capitals, joins its neighbours.
    ("a OR b", Parsed(((Atom("a"), Atom("b")),))),
    ("a OR b OR c", Parsed(((Atom("a"), Atom("b"), Atom("c")),))),
    ("a b OR c d", Parsed(((Atom("a"),), (Atom("b"), Atom("c")), (Atom("d"),)))),
    ('"a b" OR c*', Parsed(((phrase("a b"), Atom("c")),))),
    ("lim* OR cusc*", Parsed(((prefix("lim"), prefix("cusc")),))),
    ("a or b", Parsed(words("a", "or", "b"))),
    ('a "OR" b', Parsed(((Atom("a"),), (phrase("OR"),), (Atom("b"),)))),
    # OR without a neighbour is a word before, and nothing behind.
    ("OR", Parsed(words("OR"))),
    ("OR b", Parsed(words("OR", "b"))),
    ("a OR", Parsed(words("a"))),
    ("a OR OR b", Parsed(((Atom("a"), Atom("b")),))),
    ("a OR -b c", Parsed(words("a", "c"), (Atom("b"),))),
    # A star at the end of three letters or more asks for all words that begin so.
    ("recycl*", Parsed(((prefix("recycl"),),))),
    ("rec**", Parsed(((prefix("rec"),),))),
    ("re*", Parsed(words("re"))),
    ("*cycle", Parsed(words("*cycle"))),
    ("re*cle", Parsed(words("re*cle"))),
    ('"recycl*"', Parsed(((phrase("recycl*"),),))),
    ("*", Parsed(words(""))),
    # Everything else is read as words.
    ("title:waste", Parsed(words("title:waste"))),
    ("(a AND b) NOT c", Parsed(words("(a", "AND", "b)", "NOT", "c"))),
    ("[a TO b]^2~3", Parsed(words("[a", "TO", "b]^2~3"))),
    ("<b>", Parsed(words("<b>"))),
]


@pytest.mark.parametrize(("typed", "read"), LANGUAGE)
def test_the_query_language(typed: str, read: Parsed) -> None:
    assert parse(typed) == read


def test_a_long_query_is_cut_between_words_and_it_says_so() -> None:
    whole = "waste " * 50
    assert parse(whole) == Parsed(words(*["waste"] * 50))
    assert parse(whole + "water") == Parsed(words(*["waste"] * 50), cut=True)


def test_a_word_is_cut_only_where_there_is_no_space() -> None:
    assert parse("x" * (LONGEST_QUERY + 1)) == Parsed(words("x" * LONGEST_QUERY), cut=True)


def test_white_space_does_not_count_for_the_length() -> None:
    assert parse("waste" + " " * 1_000 + "water") == Parsed(words("waste", "water"))


def test_an_empty_phrase_is_read_as_one() -> None:
    assert parse('"" a') == Parsed(((phrase(""),), (Atom("a"),)))


@given(st.one_of(st.text(), st.text('ab -"*OR')))
def test_any_text_is_a_query(text: str) -> None:
    read = parse(text)
    assert all(group for group in read.groups)
    atoms = [atom for group in read.groups for atom in group] + list(read.excluded)
    assert all('"' not in atom.text and len(atom.text) <= LONGEST_QUERY for atom in atoms)
