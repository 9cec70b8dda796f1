"""What only an engine on a cluster can get wrong."""

import json
import os
import time
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from engine.documents import Passage
from engine.embedded.engine import EmbeddedEngine
from engine.errors import EngineError, LockedError
from engine.opening import open_engine
from engine.opensearch import lease
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from tests.contract.corpora import ask, document, fill, ids
from tests.opensearch.cluster import ADDRESS

HOST = os.environ[ADDRESS]


@pytest.fixture
def name() -> Iterator[str]:
    """The name of an index that no other test has."""
    drawn = f"test-{uuid4().hex}"
    yield drawn
    send("DELETE", f"{drawn}*")


@pytest.fixture
def engine(name: str) -> Iterator[Engine]:
    """An engine that holds nothing yet."""
    opened = open_engine(f"opensearch+{HOST}/{name}")
    yield opened
    opened.close()


def send(method: str, path: str, body: object = None) -> Any:
    """Ask the cluster without our client."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(f"{HOST}/{path}", data, headers, method=method)) as response:
        return json.load(response)


def indexes(name: str) -> set[str]:
    """Return the indexes of an engine, published or not."""
    return {index.removeprefix(f"{name}.") for index in send("GET", f"{name}*/_alias")}


def test_an_index_has_three_shards_on_three_nodes_and_a_copy_of_each(
    engine: Engine, name: str
) -> None:
    fill(engine, [document("a")])
    shards = send("GET", f"_cat/shards/{name}?format=json")
    assert sorted(shard["prirep"] for shard in shards) == ["p"] * 3 + ["r"] * 3
    assert len(send("GET", "_nodes")["nodes"]) == 3


def test_only_the_served_generation_is_kept(engine: Engine, name: str) -> None:
    fill(engine, [document("a")])
    fill(engine, [document("b")], fresh=False)
    fill(engine, [document("c")])
    assert indexes(name) == {"000003"}


def test_a_failed_build_leaves_nothing_behind(engine: Engine, name: str) -> None:
    fill(engine, [document("a")])
    for fresh in (True, False):
        with pytest.raises(EngineError, match="refused a document"):
            fill(engine, [document("b", clusters=("long" * 10_000,))], fresh=fresh)
    assert (indexes(name), ids(ask(engine))) == ({"000001"}, ["a"])


def test_what_a_killed_writer_left_is_removed_by_the_next(engine: Engine, name: str) -> None:
    fill(engine, [document("a")])
    send("PUT", f"{name}.000002")
    fill(engine, [document("b")], fresh=False)
    assert (indexes(name), ids(ask(engine))) == ({"000002"}, ["a", "b"])


@pytest.mark.parametrize(("left", "taken"), [(-1.0, True), (60.0, False)])
def test_a_lease_is_taken_over_once_it_has_run_out(
    engine: Engine, name: str, left: float, *, taken: bool
) -> None:
    fill(engine, [])
    path = f"{lease.INDEX}/_doc/{name}"
    send("PUT", path, {"owner": "another", "until": time.time() + left})
    if taken:
        fill(engine, [document("a")])
        assert ids(ask(engine)) == ["a"]
    else:
        with pytest.raises(LockedError):
            fill(engine, [document("a")])
        send("DELETE", path)


def test_a_writer_that_lost_its_lease_publishes_nothing(engine: Engine, name: str) -> None:
    fill(engine, [document("a")])
    with pytest.raises(LockedError):
        _lose_lease(engine, name)
    assert (indexes(name), ids(ask(engine))) == ({"000001"}, ["a"])


def test_a_document_of_many_passages_comes_back_whole(engine: Engine) -> None:
    passages = tuple(Passage(page, f"Waste {page}") for page in range(1, 1_201))
    written, _ = document("a")
    fill(engine, [(written, passages)])
    assert engine.passages("a") == passages
    [hit] = ask(engine, "waste").hits
    assert hit.more_passages == 1_197


def test_a_prefix_may_stand_for_thousands_of_words(engine: Engine) -> None:
    corpus = [
        document(f"{n:04}", "", " ".join(f"abc{n}x{m} abcd{n}y{m}" for m in range(30)))
        for n in range(100)
    ]
    embedded = fill(EmbeddedEngine.in_memory(), corpus)
    fill(engine, corpus)
    for text in ("abc*", "zzz OR abc1x1-abc*", "abc* -abc1x1-abc*", "abc1* abcd2*", "-abc*"):
        query = Query(text, match="any")
        found, expected = search(engine, query), search(embedded, query)
        assert (found.total, found.facets) == (expected.total, expected.facets)


def test_the_longest_query_stays_below_the_clusters_limit(engine: Engine) -> None:
    fill(engine, [document(f"a{n}", "", Passage(1, "dépôt", language=n)) for n in ("es", "fr")])
    words = " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}ss*" for n in range(40))
    result = ask(engine, words, match="any", filters={"section": ("other",)})
    assert (result.cut, result.total, result.partial) == (True, 0, False)


def _lose_lease(engine: Engine, name: str) -> None:
    """Write while another program takes the lease over."""
    body = {"owner": "another", "until": time.time() + 60}
    try:
        with engine.write(engine.vocabulary(), fresh=True) as batch:
            batch.put(*document("b"))
            send("PUT", f"{lease.INDEX}/_doc/{name}", body)
    finally:
        send("DELETE", f"{lease.INDEX}/_doc/{name}")
