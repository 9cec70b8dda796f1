"""What the glossary adds is found, counted and shown like everything else."""

import pytest

from engine.protocol import Engine
from engine.vocabulary import parse
from tests.contract.corpora import Corpus, ask, counts, document, fill, ids

CSV = (
    "concept,en,es\\nwaste,waste management,gestión de residuos\\nsorting,sorting,clasificación\\n"
)
VOCABULARY = parse(f'[glossary]\ncsv = "{CSV}"')
CORPUS: Corpus = [
    document("en", "", "waste management in Kisumu", countries=("Kenya",)),
    document("far", "", "waste that needs much better management", countries=("Kenya",)),
    document("es", "", "la gestión de residuos", language="es", countries=("Peru",)),
    document("word", "", "los residuos y la gestión", language="es", countries=("Chile",)),
]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An engine with a glossary and a small corpus."""
    return fill(engine, CORPUS, VOCABULARY)


def test_another_form_is_found_and_counted_as_a_phrase(filled: Engine) -> None:
    result = ask(filled, "waste management")
    assert (result.matched, result.total) == ("all", 3)
    assert sorted(ids(result)) == ["en", "es", "far"]
    assert counts(result, "country") == {"Kenya": 2, "Peru": 1}
    assert [form.text for form in result.also] == ["gestión de residuos"]
    peru = ask(filled, "waste management", filters={"country": ("Peru",)})
    assert ids(peru) == ["es"]


def test_it_stands_beside_the_words_that_were_asked_for(filled: Engine) -> None:
    assert ask(filled, "waste management Kisumu").total == 1
    assert ask(filled, "gestión de residuos", match="all").total == 2


def test_the_words_that_were_asked_for_weigh_more(filled: Engine) -> None:
    with filled.write(VOCABULARY, fresh=True) as batch:
        batch.put(*document("a", "", "clasificación", language="es"))
        batch.put(*document("z", "", "sorting"))
    assert ids(ask(filled, "sorting")) == ["z", "a"]
    assert ids(ask(filled, "clasificación")) == ["a", "z"]


def test_its_longer_words_are_marked(filled: Engine) -> None:
    [hit] = ask(filled, "waste management", filters={"language": ("es",)}).hits
    marked = [piece.text for piece in hit.passages[0].snippet if piece.match]
    assert marked == ["gestión", "residuos"]


def test_it_can_be_switched_off(filled: Engine) -> None:
    result = ask(filled, "waste management", glossary=False)
    assert (result.total, result.also) == (2, ())


def test_an_index_without_a_glossary_adds_nothing(engine: Engine) -> None:
    fill(engine, CORPUS)
    assert ask(engine, "waste management").total == 2
