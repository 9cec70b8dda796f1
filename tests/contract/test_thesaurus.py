"""What the thesaurus knows brings the better answer forward, and changes no count."""

import pytest

from engine.protocol import Engine
from engine.vocabulary import parse
from tests.contract.corpora import Corpus, ask, counts, document, fill, ids

CSV = "concept,en,es\\nwaste,rubbish;waste;solid waste,residuos\\n"
VOCABULARY = parse(f'[thesaurus]\ncsv = "{CSV}"')
CORPUS: Corpus = [
    document("a", "", "the noise of the city, the city", countries=("Kenya",)),
    document("b", "", "rules of the city about waste", countries=("Peru",)),
    document("c", "", "reglas de la city sobre residuos", language="es", countries=("Peru",)),
    document("d", "", "waste and residuos", countries=("Chile",)),
]
QUESTION = "Where does the city bring rubbish?"


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An engine with a thesaurus and a small corpus."""
    return fill(engine, CORPUS, VOCABULARY)


def test_other_words_for_what_was_asked_come_first(filled: Engine) -> None:
    result = ask(filled, QUESTION)
    assert result.matched == "any"
    assert sorted(ids(result)[:2]) == ["b", "c"]
    assert ids(ask(filled, QUESTION, glossary=False))[0] == "a"


def test_they_match_nothing_and_count_nothing(filled: Engine) -> None:
    for text in (QUESTION, "rubbish", "city rubbish", "rules city"):
        with_it, without = ask(filled, text), ask(filled, text, glossary=False)
        assert (with_it.matched, with_it.total) == (without.matched, without.total)
        assert counts(with_it, "country") == counts(without, "country")
        assert sorted(ids(with_it)) == sorted(ids(without))
    assert ask(filled, "rubbish").total == 0
