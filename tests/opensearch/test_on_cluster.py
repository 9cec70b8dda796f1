"""What only an engine on a cluster can get wrong."""

import json
import os
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from engine.documents import Passage
from engine.embedded.engine import EmbeddedEngine
from engine.errors import EngineError, FullDiskError, LockedError
from engine.opening import open_engine
from engine.opensearch import asking, lease, wordings
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from engine.vocabulary import load
from tests.contract.corpora import ask, counts, document, fill, ids
from tests.opensearch.cluster import ADDRESS
from tests.opensearch.forgetful import Forgetful
from tests.opensearch.standin import serving

HOST = os.environ[ADDRESS]
CORPUS = Path(__file__).parents[2] / "corpus"


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


def test_a_disk_that_fills_up_is_told_and_nothing_is_left(engine: Engine, name: str) -> None:
    fill(engine, [document("a")])
    with pytest.raises(FullDiskError, match=r"takes no changes: .* blocked by"):
        _fill_the_disk(engine, name)
    assert (indexes(name), ids(ask(engine))) == ({"000001"}, ["a"])
    fill(engine, [document("b")])
    assert ids(ask(engine)) == ["b"]


def test_a_chosen_value_is_counted_though_it_is_not_among_the_most_frequent(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_VALUES", 2)
    fill(engine, [document(f"d{n}", partners=("A", "B", "C")[: 3 - n]) for n in range(3)])
    assert counts(ask(engine), "partner") == {"A": 3, "B": 2}
    chosen = ask(engine, filters={"partner": ("C",)})
    assert (chosen.total, counts(chosen, "partner")) == (1, {"A": 3, "B": 2, "C": 1})


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


def _fill_the_disk(engine: Engine, name: str) -> None:
    """Write while the cluster does what it does when a disk is full."""
    with engine.write(engine.vocabulary(), fresh=True) as batch:
        [new] = indexes(name) - {"000001"}
        full = {"index.blocks.read_only_allow_delete": True}
        send("PUT", f"{name}.{new}/_settings", full)
        batch.put(*document("b"))


def _lose_lease(engine: Engine, name: str) -> None:
    """Write while another program takes the lease over."""
    body = {"owner": "another", "until": time.time() + 60}
    try:
        with engine.write(engine.vocabulary(), fresh=True) as batch:
            batch.put(*document("b"))
            send("PUT", f"{lease.INDEX}/_doc/{name}", body)
    finally:
        send("DELETE", f"{lease.INDEX}/_doc/{name}")


def test_queries_full_of_concepts_stay_below_the_clusters_limit(engine: Engine) -> None:
    tables = {name: CORPUS / f"{name}.csv" for name in ("glossary", "thesaurus")}
    bundled = load(CORPUS / "vocabulary.toml", **tables)
    forms = [form.text for form in chain(*bundled.glossary.concepts, *bundled.thesaurus.concepts)]
    languages = ("en", "fr", "es", "ar", "zh", "ru")
    corpus = [
        document(n, "", Passage(1, form, language=n))
        for n, form in zip(languages, forms, strict=False)
    ]
    embedded = EmbeddedEngine.in_memory()
    for each in (engine, embedded):
        fill(each, corpus, bundled)
    random = Random(1)
    for _ in range(40):
        text = " ".join(random.sample(forms, 40))
        query = Query(text, {"section": ("other",)}, match=random.choice(("any", "all")))
        found, expected = search(engine, query), search(embedded, query)
        assert (found.total, found.facets) == (expected.total, expected.facets)


@pytest.mark.parametrize(
    ("method", "path", "fresh"),
    [
        ("POST", "/_aliases", True),
        ("PUT", ".000002", True),
        ("PUT", "/_clone/", False),
        ("PUT", f"/{lease.INDEX}/_doc/", True),
        ("PUT", "if_seq_no", True),
        ("POST", "/_bulk", False),
    ],
)
def test_a_build_is_published_though_the_answer_to_one_request_is_lost(
    engine: Engine, name: str, method: str, path: str, *, fresh: bool
) -> None:
    fill(engine, [document("a")])
    with serving(Forgetful(HOST, method, path)) as between:
        writing = open_engine(f"opensearch+{between.address}/{name}")
        fill(writing, [document("b")], fresh=fresh)
        writing.close()
        assert between.forgot
    assert indexes(name) == {"000002"}
    assert ids(ask(engine)) == (["b"] if fresh else ["a", "b"])


def test_a_long_wording_is_kept_in_pieces(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "PIECE", 50)
    corpus = [document(f"a{n}", f"Waste {n}", f"word{chr(97 + n)}") for n in range(9)]
    fill(engine, corpus)
    assert len(ask(engine).hits) == 9
    assert engine.wording().completions.starting("waste 7") == ["Waste 7"]
    fill(engine, [document("b", "Rain")], fresh=False)
    assert engine.wording().completions.starting("rain") == ["Rain"]
    assert engine.wording().completions.starting("waste 7") == ["Waste 7"]
