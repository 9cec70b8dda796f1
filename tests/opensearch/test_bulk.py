"""Documents go on their way until the cluster has taken them, and no longer."""

import json
from collections.abc import Iterator

import pytest

from engine.documents import Passage
from engine.errors import EngineError, FullDiskError
from engine.opensearch import batch, writing
from engine.opensearch.batch import BulkBatch
from engine.opensearch.cluster import Cluster
from engine.opensearch.generations import Working
from tests.contract.corpora import document
from tests.opensearch.standin import Answering, StandIn, serving

WORKING = Working("cities.000001", 1, is_clone=False)
BLOCKED = {"type": "cluster_block_exception", "reason": "disk usage exceeded"}
BUSY = {"type": "rejected_execution_exception", "reason": "queue full"}


class Reluctant(StandIn):
    """A host that answers each bulk request by a plan: a status for all of it, or an error for its
    first change; once the plan is done it takes everything. `asked` has the keys it was sent."""

    def __init__(self) -> None:
        super().__init__(_TakingBulks)
        self.plan: list[int | dict[str, str]] = []
        self.asked: list[list[str]] = []


class _TakingBulks(Answering):
    server: Reluctant

    def reply(self) -> None:
        lines = self.asked().decode().splitlines()
        keys = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        self.server.asked.append(keys)
        step = self.server.plan.pop(0) if self.server.plan else 200
        items: list[dict[str, object]] = [{"index": {"status": 201}} for _ in keys]
        if not isinstance(step, int):
            items[0] = {"index": {"status": 429, "error": step}}
        status = step if isinstance(step, int) else 200
        self.answer(status, json.dumps({"items": items}).encode())


@pytest.fixture
def host() -> Iterator[Reluctant]:
    with serving(Reluctant()) as reluctant:
        yield reluctant


def send(host: Reluctant, *keys: str) -> None:
    """Send documents in one batch."""
    cluster = Cluster([host.address])
    changes = BulkBatch(cluster, WORKING)
    try:
        for key in keys:
            changes.put(*document(key, "", Passage(1, "waste")))
        changes.finish()
    finally:
        changes.abandon()
        cluster.close()


def test_a_cluster_that_is_busy_is_sent_again_what_it_did_not_take(host: Reluctant) -> None:
    host.plan = [429, BUSY, 200]
    send(host, "a", "b")
    whole, again, rest = host.asked
    assert whole == again == [writing.key("a"), writing.key("b"), "wording-0"]
    assert rest == [writing.key("a")]


def test_a_cluster_that_stays_busy_is_given_up(
    host: Reluctant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "PATIENCE", 0.0)
    host.plan = [BUSY] * 9
    with pytest.raises(EngineError, match=r"took no more documents .* queue full"):
        send(host, "a")


def test_a_full_disk_is_not_waited_for(host: Reluctant) -> None:
    host.plan = [BLOCKED]
    with pytest.raises(FullDiskError, match="takes no changes: disk usage exceeded"):
        send(host, "a")
    assert len(host.asked) == 1


def test_a_document_that_no_request_can_carry_is_named(
    host: Reluctant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "LARGEST", 100)
    with pytest.raises(EngineError, match=r"“a” .* more text"):
        send(host, "a")
    assert host.asked == []
