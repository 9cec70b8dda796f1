"""An index that is written batch by batch, and whose every state is known to the letter."""

from engine.documents import Document, Passage
from engine.embedded.engine import EmbeddedEngine
from engine.vocabulary import parse
from tests.contract.corpora import Written, document

IDS = tuple("abcdefg")
FRESH = 6
"""Every so many states the index is built anew."""


def advance(engine: EmbeddedEngine, state: int) -> None:
    """Write the batch that leads to a state from the one before it."""
    with engine.write(parse(f"# {state}"), fresh=state % FRESH == 0) as batch:
        for key in _put(state):
            batch.put(*_written(key, state))
        batch.remove(_removed(state))


def content(state: int) -> dict[str, Written]:
    """Return the documents of a state by id, with their passages."""
    documents: dict[str, Written] = {}
    for each in range(state - state % FRESH, state + 1):
        documents |= {key: _written(key, each) for key in _put(each)}
        documents.pop(_removed(each), None)
    return documents


def read(engine: EmbeddedEngine) -> int:
    """Return the state of an index, once everything in it is as it must be."""
    state = int(engine.vocabulary().source.removeprefix("# "))
    there: dict[str, tuple[Document | None, tuple[Passage, ...]]] = {
        key: (engine.document(key), engine.passages(key)) for key in engine.entries()
    }
    assert there == content(state)
    assert engine.status().documents == len(there)
    assert engine.verify() == ()
    return state


def _put(state: int) -> tuple[str, ...]:
    """Return the ids of the documents that a batch puts."""
    return IDS if state % FRESH == 0 else (IDS[state % 7], IDS[(state + 1) % 7])


def _removed(state: int) -> str:
    return IDS[(state + 3) % 7]


def _written(key: str, state: int) -> Written:
    passages = (f"Passage {number} of state {state}" for number in range(1 + state % 3))
    return document(key, f"State {state}", *passages)
