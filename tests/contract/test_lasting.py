"""Engines that outlive their program: what was written is there when it is opened again."""

from engine.vocabulary import parse
from tests.contract.conftest import MakeEngine
from tests.contract.corpora import ask, document, fill, ids
from tests.contract.test_writing import EVERYTHING, PASSAGES


def test_closing_and_opening_again_keeps_everything(open_again: MakeEngine) -> None:
    source = '[types.news]\nlabels = {en = "News"}\n'
    engine = open_again()
    with engine.write(parse(source), fresh=True) as batch:
        batch.put(EVERYTHING, PASSAGES)
        batch.put(*document("b", "", "Waste"))
    status, entries = engine.status(), dict(engine.entries())
    engine.close()
    again = open_again()
    assert (again.document(EVERYTHING.id), again.passages(EVERYTHING.id)) == (EVERYTHING, PASSAGES)
    assert (again.status(), dict(again.entries())) == (status, entries)
    assert (again.vocabulary(), again.verify()) == (parse(source), ())
    assert ids(ask(again, "waste")) == ["b"]
    assert again.wording().spelling.count("waste") == 1


def test_an_engine_answers_again_after_it_was_closed(open_again: MakeEngine) -> None:
    engine = fill(open_again(), [document("a")])
    engine.close()
    assert ids(ask(engine)) == ["a"]


def test_a_new_generation_is_seen_by_an_engine_that_is_already_open(open_again: MakeEngine) -> None:
    reading, writing = open_again(), open_again()
    fill(writing, [document("a", "Old", "Waste")])
    assert ids(ask(reading, "waste")) == ["a"]
    fill(writing, [document("a", "New", "Rain"), document("b", "", "Waste")], fresh=False)
    assert (ids(ask(reading, "waste")), ids(ask(reading, "new rain"))) == (["b"], ["a"])
    fill(writing, [document("c")])
    assert ids(ask(reading)) == ["c"]


def test_an_index_that_is_made_later_is_found(open_again: MakeEngine) -> None:
    reading = open_again()
    fill(open_again(), [document("a")])
    assert ids(ask(reading)) == ["a"]
