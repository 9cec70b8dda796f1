"""Texts that are read together have the terms that each has when it is read alone."""

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from engine.analysis import analyzer, latin_letters
from engine.embedded.tokenising import LONGEST, Terms, TokenNumbers

CHARACTERS = st.one_of(
    st.sampled_from("abcsSxZ019 '’_.\n\0"),
    st.sampled_from("éÉßÿµªº²¼Øø\u00a0\u00ad«·"),
    st.sampled_from("“”–•…‘łıİſŉ\u0301\u0327\u200bﬁ"),
    st.sampled_from("城市かカ々・の"),
    st.sampled_from("المدينةیک٠\u0640\u064b"),
    st.sampled_from("город한국𝐀😀\U00020000\ud800"),
    st.characters(max_codepoint=0xFF),
    st.characters(),
)
A = analyzer("").terms("a")
TEXTS = st.one_of(
    st.text(CHARACTERS),
    st.text("as'’S .", max_size=30),
    st.lists(st.sampled_from(("Waste", "l'eau", "city's", "villes", "Été"))).map(" ".join),
    st.text("ab", min_size=LONGEST - 2, max_size=LONGEST + 2),
)


@given(texts=st.lists(TEXTS, max_size=8), language=st.sampled_from(("en", "fr", "ar", "tr", "")))
@example(texts=["x's's's's", "'s", "a's_", "d'S's", "x’s"], language="en")
@example(texts=["a" * 16 + "b", "a" * 16 + "c", "a" * 16], language="")
def test_texts_read_together_have_the_terms_of_each(texts: list[str], language: str) -> None:
    analysis = analyzer(language)
    read = [(text, letters) for text in texts if (letters := latin_letters(text)) is not None]
    every = Terms()
    tokens = TokenNumbers(analysis, every)
    expected = [analysis.terms(text) for text, _ in read]
    for _ in range(2):  # the second time with the tokens known
        found = terms_of(tokens, every, [letters for _, letters in read])
        assert found == expected


@given(text=TEXTS)
def test_only_texts_with_letters_beyond_latin_1_are_refused(text: str) -> None:
    # A letter beyond Latin-1 is one that makes a token, alone or as a mark after another.
    beyond = any(ord(c) > 0xFF and c != "’" and analyzer("").terms(f"a{c}") != A for c in text)
    assert (latin_letters(text) is None) == beyond


def test_tokens_are_told_apart_when_there_are_more_than_places_to_keep_them() -> None:
    words = [f"w{number}" for number in range(150_000)]
    every = Terms()
    tokens = TokenNumbers(analyzer(""), every)
    for _ in range(2):
        numbers, counts = tokens.read([" ".join(words).encode().replace(b" ", b"\0")])
        assert counts.tolist() == [len(words)]
        assert [*map([*every.numbering].__getitem__, every.of(numbers).tolist())] == words


def terms_of(
    tokens: TokenNumbers, every: Terms, texts: Sequence[bytes]
) -> list[list[tuple[str, int]]]:
    """Return the terms of texts with their positions."""
    numbers, counts = tokens.read(texts)
    terms, numbers_left = [*every.numbering], iter(every.of(numbers).tolist())
    return [
        [(terms[next(numbers_left)], position) for position in range(count)]
        for count in counts.tolist()
    ]
