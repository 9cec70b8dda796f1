"""Snippets and marked texts: pieces of what was written, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import analyzer
from engine.snippets import SNIPPET, Piece, cut, mark
from engine.wanted import analyse


def drawn(pieces: tuple[Piece, ...]) -> str:
    """Return pieces as one text, with brackets about the marked ones."""
    return "".join(f"[{piece.text}]" if piece.match else piece.text for piece in pieces)


def snippet(text: str, typed: str, language: str = "en") -> str:
    """Return the snippet of a text for a query, with brackets about the marked words."""
    return drawn(cut(text, language, analyse(typed, [language])))


def marked(text: str, typed: str, language: str = "en") -> str:
    """Return a whole text with brackets about the words of a query."""
    return drawn(mark(text, language, analyse(typed, [language])))


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("Sorting of Wastes, at last.", "waste") == "Sorting of [Wastes], at last."


def test_every_form_of_every_word_is_marked() -> None:
    assert snippet("Cities recycled. The city's waste", "recycling city") == (
        "[Cities] [recycled]. The [city's] waste"
    )


def test_small_words_are_marked_beside_others_and_not_alone() -> None:
    text = "The rest of the month: waste of the cities, and cities of waste in the end."
    assert marked(text, "waste in the cities") == (
        "The rest of the month: [waste] of [the] [cities], and [cities] of [waste] [in] [the] end."
    )
    spanish = "De todo: la gestión de los residuos de la ciudad"
    assert marked(spanish, "gestión de residuos", "es") == (
        "De todo: la [gestión] [de] los [residuos] [de] la ciudad"
    )


def test_small_words_are_marked_where_there_is_nothing_else() -> None:
    assert marked("To be or not to be", "to be") == "[To] [be] or not [to] [be]"


def test_a_snippet_goes_by_the_words_that_tell() -> None:
    text = "Of the one and of the other, " * 20 + "and at the end the waste of cities."
    assert snippet(text, "the waste of the cities").endswith("[the] [waste] [of] [cities].")


def test_words_of_phrases_alternatives_and_prefixes_are_marked() -> None:
    assert snippet("Solid waste in Lima: recyclers", '"solid waste" recyc*') == (
        "[Solid] [waste] in Lima: [recyclers]"
    )
    assert snippet("Lima and Quito", "lima OR quito") == "[Lima] and [Quito]"


def test_excluded_words_are_not_marked() -> None:
    assert snippet("Waste in Lima", "waste -lima") == "[Waste] in Lima"


def test_han_is_marked_in_one_piece() -> None:
    assert snippet("关于城市垃圾分类的报告", "垃圾分类", "zh") == "关于城市[垃圾分类]的报告"
    assert marked("关于城市垃圾分类的报告", "垃圾分类", "zh") == "关于城市[垃圾分类]的报告"
    assert snippet("城市", "市", "zh") == "城[市]"


def test_markup_in_the_text_stays_text() -> None:
    assert cut("<b>waste</b>", "en", analyse("waste", ["en"])) == (
        Piece("<b>"),
        Piece("waste", match=True),
        Piece("</b>"),
    )


def test_a_text_without_the_words_shows_its_beginning() -> None:
    text = "Nothing to see. " * 40
    assert snippet(text, "waste").endswith(" …")
    assert text.startswith(snippet(text, "waste").removesuffix(" …"))


def test_an_empty_query_or_text_marks_nothing() -> None:
    assert snippet("Waste", "") == "Waste"
    assert cut("", "en", analyse("waste", ["en"])) == ()


def test_a_long_text_is_cut_where_most_different_words_are() -> None:
    filler = "and so on " * 50
    text = f"waste waste waste {filler}sorting of waste {filler}sorting"
    found = snippet(text, "waste sorting")
    assert "[sorting] of [waste]" in found
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_no_ellipsis_stands_where_nothing_was_left_out() -> None:
    filler = "and so on " * 50
    assert snippet(f"waste {filler}", "waste").startswith("[waste] and")
    assert snippet(f"{filler}waste", "waste").endswith("so on [waste]")


def test_a_snippet_begins_and_ends_between_words() -> None:
    filler = "elephants giraffes " * 40
    found = snippet(f"{filler}waste {filler}", "waste")
    assert set(found.split()) == {"…", "[waste]", "elephants", "giraffes"}


def test_words_at_both_ends_of_a_snippet_are_both_shown() -> None:
    long = "x" * 44
    text = (
        f"{long} " * 6
        + f"(((waste {long} "
        + f"{long} " * 4
        + f"{'x' * 31} sorting)))/{long} {long}"
    )
    assert "((([waste] " in snippet(text, "waste sorting")
    assert " [sorting" in snippet(text, "waste sorting")


def test_a_whole_text_is_marked() -> None:
    text = "Waste. " + "and so on " * 100 + "waste"
    assert marked(text, "waste") == "[Waste]. " + "and so on " * 100 + "[waste]"


TEXTS = st.lists(
    st.sampled_from(
        ("waste", "(waste", "sorting))", "城市", "垃圾分类", "x", "elephants", " ", "\n")
    ),
    max_size=120,
).flatmap(lambda words: st.sampled_from((" ".join(words), "".join(words))))


@given(
    TEXTS | st.text(), st.sampled_from(("waste", "waste sorting", "垃圾分类", "市", '"x"', "ele*"))
)
def test_a_snippet_is_a_piece_of_its_text(text: str, typed: str) -> None:
    wanted = analyse(typed, ["en"])
    pieces = cut(text, "en", wanted)
    joined = "".join(piece.text for piece in pieces)
    plain = joined.removeprefix("… ").removesuffix(" …")
    assert joined in text or plain in text
    assert len(plain) <= SNIPPET + len("…  …")
    assert "".join(piece.text for piece in mark(text, "en", wanted)) == text
    terms = {term for slot in wanted.slots() for term in slot.terms}
    prefixes = tuple(slot.prefix for slot in wanted.slots() if slot.prefix)
    for piece in pieces:
        tokens = list(analyzer("en").tokens(piece.text, single=True))
        found = any(t.term in terms or (prefixes and t.term.startswith(prefixes)) for t in tokens)
        assert found or not piece.match


@given(st.lists(st.sampled_from(("waste", "(((waste", "sorting)))", "x" * 30, "y")), max_size=120))
def test_a_snippet_shows_a_match_where_there_is_one(words: list[str]) -> None:
    wanted = analyse("waste sorting", ["en"])
    text = " ".join(words)
    has_match = any(piece.match for piece in mark(text, "en", wanted))
    assert any(piece.match for piece in cut(text, "en", wanted)) == has_match
