"""A question asks for what it is about; a text that does not ask, for all its words."""

from engine.protocol import Engine
from tests.contract.corpora import ask, document, fill, ids


def test_a_question_is_answered_without_its_question_words(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste is sorted."), document("b", "", "What how why.")])
    result = ask(engine, "How do cities sort waste, please?")
    assert result.matched == "any"
    assert ids(result) == ["a"]
    assert ask(engine, "How do they sort waste?").matched == "all"


def test_without_a_question_every_word_is_asked_for(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste of the city."), document("b", "", "Waste.")])
    assert ids(ask(engine, "waste of the")) == ["a"]


def test_a_question_of_question_words_alone_asks_for_them(engine: Engine) -> None:
    fill(engine, [document("a", "", "What is this."), document("b", "", "Waste.")])
    assert ids(ask(engine, "what is this?")) == ["a"]
