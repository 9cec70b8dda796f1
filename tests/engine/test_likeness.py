"""Documents and passages lead to what says much the same."""

import pytest

from engine.embedded.engine import EmbeddedEngine
from engine.likeness import like_document, like_passage, telling
from engine.protocol import Engine, Found
from engine.spelling import Spelling
from engine.vocabulary import parse
from tests.contract.corpora import document, fill

CSV = "concept,en,fr\\ncomposting,composting,compostage\\n"
CORPUS = [
    document("a", "Composting in Kisumu", "Worms turn market scraps into compost every week."),
    document("b", "Worms", "The scraps of the market feed worms; worms make compost."),
    document("c", "Buses", "Every week a new line opens in the market street."),
    document("d", "Trams", "The line opens every week; trams and buses pass the street."),
    document("fr", "Le compostage", "La ville composte ses restes.", language="fr"),
    document("zh", "垃圾分类", "三座小城学习垃圾分类", language="zh"),
    document("zh2", "学习分类", "垃圾分类的经验", language="zh"),
    document("empty", "2021"),
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine with documents on a few subjects."""
    engine = EmbeddedEngine.in_memory()
    with engine.write(parse(f'[glossary]\ncsv = "{CSV}"'), fresh=True) as batch:
        for written, passages in CORPUS:
            batch.put(written, passages)
    return engine


def ids(found: tuple[Found, ...]) -> list[str]:
    return [each.document.id for each in found]


@pytest.mark.parametrize(("own", "first"), [("b", "a"), ("c", "d"), ("d", "c"), ("zh", "zh2")])
def test_a_document_leads_to_the_one_on_its_subject(engine: Engine, own: str, first: str) -> None:
    assert ids(like_document(engine, own))[0] == first


def test_a_document_never_leads_to_itself_nor_to_too_many(engine: Engine) -> None:
    for own, _ in CORPUS:
        assert own.id not in ids(like_document(engine, own.id))
        assert len(like_document(engine, own.id, most=1)) <= 1


def test_what_the_title_is_about_is_found_in_other_languages(engine: Engine) -> None:
    assert "fr" in ids(like_document(engine, "a"))
    assert ids(like_document(engine, "fr"))[0] == "a"


def test_a_passage_leads_to_passages_like_it(engine: Engine) -> None:
    own, [passage] = CORPUS[3]
    [found] = like_passage(engine, own, passage, most=1)
    assert found.document.id == "c"
    assert [each.text for each in found.passages] == [CORPUS[2][1][0].text]


def test_nothing_is_like_a_document_without_words_or_one_that_is_not_there(engine: Engine) -> None:
    assert like_document(engine, "empty") == like_document(engine, "gone") == ()
    bare = fill(EmbeddedEngine.in_memory(), [CORPUS[0]])
    assert like_document(bare, "a") == ()


def test_the_rare_and_the_frequent_words_tell_most() -> None:
    spelling = Spelling({"this": 900, "compost": 5, "worms": 20, "market": 80})
    said = [("This compost, this worm, worms: 2021 in market", "en")]
    assert list(telling(said, spelling)) == ["worm", "compost", "market", "this"]
    assert list(telling(said, spelling, most=1).values()) == [1.0]
