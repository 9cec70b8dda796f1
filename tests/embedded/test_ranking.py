"""What comes first where no passage has all words."""

from engine.documents import Passage
from engine.embedded.engine import EmbeddedEngine
from tests.contract.corpora import Corpus, ask, document, fill, ids

BEYOND = "unheard"
"""A word that no document has, so that any word is enough."""


def first_of(corpus: Corpus, text: str) -> list[str]:
    """Return the ids of a search in an index of its own, best first."""
    result = ask(fill(EmbeddedEngine.in_memory(), corpus), f"{text} {BEYOND}")
    assert result.matched == "any"
    return ids(result)


def test_words_in_the_passages_around_count() -> None:
    far = ("snow", "ice", "rain", "hail")
    alone = document("a", "One", "waste here", *far, "wind fog")
    apart = document("b", "Six", "waste here", *far, "sorting fog")
    among = document("c", "Two", "waste here", "sorting fog", *far)
    assert first_of([alone, apart, among], "waste sorting")[0] == "c"


def test_a_place_that_is_named_in_full_is_a_hint() -> None:
    lima = document("b", "", "waste here", cities=("Lima",), countries=("Costa Rica",))
    corpus = [document("a", "", "waste here", countries=("Costa Mala",)), lima]
    assert first_of(corpus, "waste") == ["a", "b"]
    assert first_of([*corpus, document("c", "", "costa")], "waste costa")[:2] == ["c", "a"]
    assert first_of([*corpus, document("c", "", "costa rica")], "waste costa rica")[1] == "b"


def test_a_year_is_a_hint_and_not_a_filter() -> None:
    old = document("a", "", "waste here", date="2019-05")
    new = document("b", "", "waste here", date="2021-05-03")
    said = document("c", "", "in 2021")
    found = first_of([old, new, said], "waste 2021")
    assert found.index("b") < found.index("a")
    assert set(found) == {"a", "b", "c"}


def test_the_page_that_bears_a_remembered_title_comes_first() -> None:
    later = "waste sorting plan"
    title = Passage(1, "The plan for the sorting of waste in nine towns of the coast and inland")
    pages = [title, Passage(2, "snow"), Passage(3, "ice"), Passage(4, later), Passage(5, "wind")]
    long = document("a", "Report", *pages)
    result = ask(fill(EmbeddedEngine.in_memory(), [long]), f"waste sorting plan {BEYOND}")
    assert [passage.page for passage in result.hits[0].passages][:2] == [1, 4]
    few = ask(fill(EmbeddedEngine.in_memory(), [long]), f"waste {BEYOND} unseen unsaid")
    assert [passage.page for passage in few.hits[0].passages] == [4, 1]
