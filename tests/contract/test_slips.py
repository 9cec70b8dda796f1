"""A plain misspelling weighs as what was meant, and nothing matches by it."""

import pytest

from engine.protocol import Engine
from tests.contract.corpora import Corpus, ask, document, fill, ids

MANY = "The messages of the review. " * 30
CORPUS: Corpus = [
    document("plan", "", "The key to the plan lies in the review of the plan."),
    document("messages", "Key messages", "Key messages of the review."),
    document("many", "", MANY),
    document("far", "", "Nothing of it, messages apart."),
]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An engine in whose texts “messages” is common."""
    return fill(engine, CORPUS)


def test_what_was_meant_brings_documents_forward(filled: Engine) -> None:
    for written in ("key mesages", "key messagse", "KEY MESSSAGES"):
        assert ids(ask(filled, written))[0] == "messages"


def test_nothing_matches_by_it(filled: Engine) -> None:
    result = ask(filled, "key mesages")
    assert (result.matched, sorted(ids(result))) == ("any", ["messages", "plan"])
    assert ask(filled, "mesages").total == 0


def test_another_form_of_a_word_of_the_index_is_no_slip(engine: Engine) -> None:
    filled = fill(engine, [document("a", "", "Towns competed. " + "Complete plans. " * 40)])
    with_, without = (
        ask(filled, "compete zebra", glossary=glossary).hits for glossary in (True, False)
    )
    assert [hit.score for hit in with_] == [hit.score for hit in without]


def test_it_is_off_with_the_glossary(filled: Engine) -> None:
    scores = {
        glossary: [hit.score for hit in ask(filled, "key mesages", glossary=glossary).hits]
        for glossary in (True, False)
    }
    assert scores[True][0] > scores[False][0]


def test_other_words_are_left_as_they_are_written(filled: Engine) -> None:
    for written in ("key massages", "key mesag", "key message", "“mesages” key"):
        with_, without = (ask(filled, written, glossary=on).hits for on in (True, False))
        assert [hit.score for hit in with_] == [hit.score for hit in without]
