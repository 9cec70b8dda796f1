"""The wording of an index follows its documents, through updates."""

import pytest

from engine.help import suggestion
from engine.protocol import Engine
from engine.queries import Query
from engine.vocabulary import Vocabulary
from tests.contract.conftest import MakeEngine
from tests.contract.corpora import Corpus, document, fill

CORPUS: Corpus = [
    document("a", "Composting in Kisumu", "solid waste management", "city's wastes; Déchets"),
    document("b", "Buses", "water management, west of the city"),
    document("c", "电子商务 online", "我们 sell 苹果"),
]


@pytest.fixture
def engine(make_engine: MakeEngine) -> Engine:
    """An engine with a small corpus."""
    return fill(make_engine(), CORPUS)


def test_words_are_counted_in_every_text_as_they_are_written(engine: Engine) -> None:
    spelling = engine.wording().spelling
    counted = {"management": 2, "city": 2, "composting": 1, "dechets": 1, "wastes": 1, "compost": 0}
    assert {word: spelling.count(word) for word in counted} == counted
    assert "déchets" in dict(spelling.words())


def test_an_index_without_words_has_a_wording(engine: Engine) -> None:
    fill(engine, [])
    assert len(engine.wording().spelling) == 0
    assert engine.wording().completions.starting("a") == []


def test_titles_of_removed_and_replaced_documents_are_not_completed(engine: Engine) -> None:
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.remove("b")
        batch.put(*document("a", "Sorting in Kisumu", "solid waste"))
    completions = engine.wording().completions
    assert completions.starting("compo") == completions.starting("bus") == []
    assert completions.starting("sort") == ["Sorting in Kisumu"]
    assert completions.starting("电子") == ["电子商务 online"]
    assert engine.wording().spelling.count("west") == 1


def test_a_fresh_build_forgets_the_words_of_the_last(engine: Engine) -> None:
    fill(engine, [document("z", "Tramways", "rails")])
    assert engine.wording().spelling.count("management") == 0
    assert engine.wording().completions.starting("compo") == []


def test_the_wording_stays_one_object_until_the_index_changes(engine: Engine) -> None:
    before = engine.wording()
    assert engine.wording() is before
    fill(engine, CORPUS)
    assert engine.wording() is not before


def test_a_correction_goes_by_the_other_words(engine: Engine) -> None:
    corpus = [document(f"w{n}", "Nets", "the west gate; wage") for n in range(9)]
    fill(engine, [*CORPUS, *corpus], fresh=True)
    assert suggestion(engine, Query("wess")) == "west"
    fill(engine, [*corpus, document("x", "", "solid waste vest"), document("y", "", "vest")])
    assert suggestion(engine, Query("wast gate")) == "west gate"
    assert suggestion(engine, Query("solid wastt")) == "solid waste"
    assert suggestion(engine, Query("solid waste")) is None


def test_any_text_has_a_wording(engine: Engine) -> None:
    fill(engine, [document("\ud800", "\ud800 title\0", "\udfff text \ud83d")])
    assert engine.wording().completions.starting("titl") == ["? title\0"]
