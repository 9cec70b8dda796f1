"""Random histories of an index: several batches, so that it has several segments and deletions."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import Phase
from hypothesis import strategies as st

from engine.protocol import Engine
from engine.vocabulary import Vocabulary
from tests.contract.corpora import Corpus, Written
from tests.contract.test_against_oracle import WORDS, corpora
from tests.contract.test_against_oracle import words as single

# An example writes several indexes; shrinking a failure would write thousands.
UNSHRUNK = (Phase.explicit, Phase.generate)
IDEOGRAPHS = ("城市", "垃圾分类", "市")
LETTERS = tuple(word for word in WORDS if word not in IDEOGRAPHS)


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: what it puts, then what it removes."""

    put: Corpus
    removed: Sequence[str] = ()


steps = st.builds(Step, corpora, st.lists(st.sampled_from("abcdefgh"), max_size=3))
histories = st.lists(steps, min_size=1, max_size=4)
# Ideographs only stand last: a word after them is not at the next position, which Whoosh's phrases
# cannot ask for.
phrases = st.builds(
    lambda words, last: f'"{" ".join([*words, *last])}"',
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2),
    st.lists(st.sampled_from(IDEOGRAPHS), max_size=1),
)
atoms = st.one_of(
    single,
    single,
    phrases,
    st.one_of(single, phrases).map("-{}".format),
    st.sampled_from(("OR", "OR", "e-comm*", "-e-comm*")),
)
texts = st.lists(atoms, max_size=5).map(" ".join)


def write(engine: Engine, history: Sequence[Step]) -> list[Written]:
    """Write a history to an engine, and return the corpus that is there after it."""
    corpus: dict[str, Written] = {}
    for number, step in enumerate(history):
        with engine.write(Vocabulary(), fresh=number == 0) as batch:
            for document, passages in step.put:
                batch.put(document, passages)
                corpus[document.id] = document, passages
            for key in step.removed:
                batch.remove(key)
                corpus.pop(key, None)
    return list(corpus.values())
