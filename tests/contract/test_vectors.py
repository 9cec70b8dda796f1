"""Passages come back with the vectors that they were put with, whatever is in those."""

from dataclasses import replace

from engine.documents import Document, Passage
from engine.protocol import Engine
from engine.queries import Query
from engine.vocabulary import Vocabulary
from engine.wanted import analyse

EVERY_BYTE = bytes(range(256))


def cut(number: int, *vectors: bytes) -> tuple[Passage, ...]:
    """Return a passage for each vector."""
    return tuple(
        Passage(page, f"market {number} {page}", vector=vector)
        for page, vector in enumerate(vectors, 1)
    )


def put(engine: Engine, number: int, passages: tuple[Passage, ...], *, fresh: bool = False) -> None:
    """Write a document in a batch of its own."""
    with engine.write(Vocabulary(), fresh=fresh) as batch:
        batch.put(Document(f"d{number}", "", "", language="en"), passages)


def test_a_passage_comes_back_with_its_vector(engine: Engine) -> None:
    passages = cut(0, EVERY_BYTE, b"", b"\x00", EVERY_BYTE * 20)
    put(engine, 0, passages, fresh=True)

    assert engine.passages("d0") == passages


def test_vectors_outlast_other_batches(engine: Engine) -> None:
    written = {n: cut(n, bytes([n]) * n, b"", b"x") if n % 2 else cut(n, b"") for n in range(12)}
    for number, passages in written.items():
        put(engine, number, passages, fresh=not number)
    put(engine, 3, cut(3, b"new"))
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.remove("d5")

    expected = {**written, 3: cut(3, b"new"), 5: ()}
    assert {n: engine.passages(f"d{n}") for n in written} == expected


def test_what_is_found_has_its_vector_and_its_score(engine: Engine) -> None:
    put(engine, 1, cut(1, b"a", b"b", b"c", b"d"), fresh=True)

    [found] = engine.find(Query("market 3"), analyse("market 3", engine.languages())).found

    assert [(passage.page, passage.vector) for passage in found.passages] == [(3, b"c")]
    assert len(found.scores) == 1
    assert found.scores[0] > 0


def test_as_many_passages_come_as_are_asked_for(engine: Engine) -> None:
    put(engine, 1, tuple(Passage(n, "market " * n) for n in range(1, 9)), fresh=True)
    wanted = analyse("market", engine.languages())

    for most in (1, 3, 8, 10):
        query = replace(Query("market"), passages=most)
        [found] = engine.find(query, wanted).found
        assert len(found.passages) == len(found.scores) == min(most, 8)
        assert len(found.passages) + found.more_passages == 8
        assert list(found.scores) == sorted(found.scores, reverse=True)
