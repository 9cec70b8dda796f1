"""The passages that are shown of a hit, and their snippets: pieces of text, never markup."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis import analyzer
from engine.documents import Passage
from engine.protocol import Engine
from engine.search import PassageHit, Result
from engine.snippets import Piece
from engine.wanted import analyse
from tests.contract.corpora import Corpus, ask, document, fill, in_section
from tests.contract.test_against_oracle import corpora


def test_at_most_three_passages_are_shown_and_the_others_counted(engine: Engine) -> None:
    fill(engine, [document("a", "", *(Passage(n, "Waste") for n in range(1, 6)), "Sun")])
    assert shown(ask(engine, "waste")) == ([1, 2, 3], 2)


def test_the_best_passage_comes_first(engine: Engine) -> None:
    once = Passage(1, "Waste is one of the many things that a city has to think of every day.")
    often = Passage(2, "Waste, waste and waste.")
    fill(engine, [document("a", "", once, often)])
    assert shown(ask(engine, "waste")) == ([2, 1], 0)


def test_a_passage_without_all_words_is_not_shown(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste", Passage(2, "Plastic waste"), "Plastic")])
    assert shown(ask(engine, "plastic waste")) == ([2], 0)


def test_where_any_word_is_enough_a_passage_with_any_is_shown(engine: Engine) -> None:
    passages = (Passage(1, "Waste"), Passage(2, "Sun"), Passage(3, "Plastic"))
    fill(engine, [document("a", "", *passages)])
    pages, more = shown(ask(engine, "plastic waste"))
    assert (sorted(pages), more) == ([1, 3], 0)


def test_a_word_of_the_title_is_inherited_by_a_passage_with_another(engine: Engine) -> None:
    fill(engine, [document("a", "Lima", Passage(1, "Waste"), Passage(2, "Sun"))])
    assert shown(ask(engine, "lima waste")) == ([1], 0)


def test_a_passage_without_any_word_of_its_own_is_not_shown(engine: Engine) -> None:
    fill(engine, [document("a", "Waste", Passage(1, "Sun"), Passage(2, "Rain"))])
    result = ask(engine, "waste")
    assert (result.total, shown(result)) == (1, ([], 0))


def test_a_heading_is_of_the_passage_itself(engine: Engine) -> None:
    fill(engine, [document("a", "", Passage(7, "Sun", heading="Waste"))])
    assert shown(ask(engine, "waste")) == ([7], 0)


def test_only_passages_of_the_chosen_sections_are_shown(engine: Engine) -> None:
    passages = (in_section("lessons", "Waste", 1), in_section("other", "Waste", 2))
    fill(engine, [document("a", "", *passages)])
    assert shown(ask(engine, "waste", filters={"section": ("other",)})) == ([2], 0)


def test_without_a_word_no_passage_is_shown(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste", in_section("lessons", "Sun"))])
    assert shown(ask(engine)) == ([], 0)
    assert shown(ask(engine, "-rain")) == ([], 0)
    assert shown(ask(engine, filters={"section": ("lessons",)})) == ([], 0)


def test_a_shown_passage_tells_where_it_stands(engine: Engine) -> None:
    fill(engine, [document("a", "", Passage(14, "Sort waste.", "Lessons learned", "lessons"))])
    [hit] = ask(engine, "waste").hits
    assert hit.passages == (
        PassageHit(
            14,
            "Lessons learned",
            "lessons",
            (Piece("Sort "), Piece("waste", match=True), Piece(".")),
        ),
    )


def test_a_snippet_is_marked_in_the_language_of_its_passage(engine: Engine) -> None:
    passage = Passage(1, "Las ciudades limpias", language="es")
    fill(engine, [document("a", "", passage)])
    [hit] = ask(engine, "ciudad").hits
    assert marked(hit.passages[0]) == ["ciudades"]


def test_what_looks_like_markup_stays_the_text_it_was(engine: Engine) -> None:
    text = '<b>Waste</b> & <script>alert("waste")</script> &amp; more'
    fill(engine, [document("a", "<i>Waste</i>", text)])
    [hit] = ask(engine, "waste").hits
    assert hit.document.title == "<i>Waste</i>"
    assert "".join(piece.text for piece in hit.passages[0].snippet) == text
    assert marked(hit.passages[0]) == ["Waste", "waste"]


def test_a_snippet_is_a_piece_of_its_passage(engine: Engine, examples: int) -> None:
    @settings(max_examples=max(examples // 4, 6), deadline=None, report_multiple_bugs=False)
    @given(corpus=corpora, filler=st.sampled_from(("<b>&amp;</b> ", "городов ", "和")))
    def holds(corpus: Corpus, filler: str) -> None:
        fill(engine, [(written, _lengthened(said, filler)) for written, said in corpus])
        for text in ("waste", "cities sorting", "垃圾分类", '"النفايات"', "gesti* водный"):
            assert_snippets(engine, ask(engine, text, match="any"))

    holds()


def assert_snippets(engine: Engine, result: Result) -> None:
    """Check that snippets add nothing to their texts, and mark just the words that are wanted."""
    slots = list(analyse(result.query.text, engine.languages()).slots())
    for hit in result.hits:
        written = engine.passages(hit.document.id)
        for passage in hit.passages:
            said = written[passage.page]
            joined = "".join(piece.text for piece in passage.snippet)
            assert joined.removeprefix("… ").removesuffix(" …") in said.text
            for word in marked(passage):
                tokens = analyzer(said.language or hit.document.language).tokens(word, single=True)
                assert any(
                    token.term in slot.terms or (slot.prefix and token.term.startswith(slot.prefix))
                    for token in tokens
                    for slot in slots
                )


def marked(passage: PassageHit) -> list[str]:
    """Return the marked pieces of a snippet."""
    return [piece.text for piece in passage.snippet if piece.match]


def shown(result: Result) -> tuple[list[int], int]:
    """Return the pages of the passages of the only hit, and how many more match."""
    [hit] = result.hits
    return [passage.page for passage in hit.passages], hit.more_passages


def _lengthened(passages: tuple[Passage, ...], filler: str) -> tuple[Passage, ...]:
    """Return passages too long for a snippet, each on a page by its place."""
    return tuple(
        replace(said, page=page, text=filler * 90 + said.text + filler * 90)
        for page, said in enumerate(passages)
    )
