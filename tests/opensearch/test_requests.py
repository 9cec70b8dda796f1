"""What is sent to a cluster, and what is said when there is none."""

import json
import shutil
import ssl
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import analyzer
from engine.documents import Document, Passage
from engine.errors import EngineError, FullDiskError
from engine.opening import open_engine
from engine.opensearch import answers, records
from engine.opensearch import cluster as cluster_module
from engine.opensearch.cluster import API_KEY, LOGIN, Address, Cluster, UnreachableError
from engine.opensearch.mapping import BESIDE, OPEN
from engine.opensearch.writing import terms
from engine.queries import Query
from engine.wanted import Wanted
from tests.opensearch.standin import Answering, StandIn, serving
from tests.service.collection import client_of

NOWHERE = "opensearch+http://127.0.0.1:1/cities"


@pytest.mark.parametrize(
    ("text", "hosts", "name"),
    [
        ("http://127.0.0.1:9201/cities", ("http://127.0.0.1:9201",), "cities"),
        ("https://a:9200,b:9200/c-1", ("https://a:9200", "https://b:9200"), "c-1"),
    ],
)
def test_an_address_names_hosts_and_an_index(text: str, hosts: tuple[str, ...], name: str) -> None:
    assert Address.parse(text) == Address(hosts, name)


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:9201",
        "http://127.0.0.1:9201/",
        "http://127.0.0.1:9201/Cities",
        "http://127.0.0.1:9201/a,b",
        "http://127.0.0.1:9201/_all",
        "http://127.0.0.1:9201/*",
        "http://127.0.0.1/cities",
        "http://127.0.0.1:no/cities",
        "http:///cities",
        "ftp://127.0.0.1:9201/cities",
        "http://user:word@127.0.0.1:9201/cities",
        "",
    ],
)
def test_an_address_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(EngineError):
        open_engine(f"opensearch+{text}")


def test_a_cluster_that_cannot_be_reached_is_said_so() -> None:
    engine = open_engine(NOWHERE)
    with pytest.raises(UnreachableError, match="cannot be reached"):
        engine.find(Query(), Wanted())
    engine.close()


def test_without_its_cluster_the_service_answers_503() -> None:
    engine = open_engine(NOWHERE)
    client = client_of(engine)
    for address in ("/", "/search?q=waste", "/api/v1/search?q=waste", "/readyz"):
        response = client.get(address)
        assert (response.status_code, "Retry-After" in response.headers) == (503, True)
    assert "cannot be reached" in client.get("/readyz").text
    assert client.get("/healthz").status_code == 200
    engine.close()


class Gate(StandIn):
    """A host that answers everything with one status, once it is no longer busy, and remembers
    who asked."""

    status, busy = 200, 0
    content, kind = b"{}", "application/json"

    def __init__(self) -> None:
        super().__init__(_AtTheGate)
        self.credentials: list[str | None] = []


class _AtTheGate(Answering):
    server: Gate

    def reply(self) -> None:
        self.server.credentials.append(self.headers["Authorization"])
        is_busy = len(self.server.credentials) <= self.server.busy
        status = 503 if is_busy else self.server.status
        self.answer(status, self.server.content, self.server.kind)


@pytest.fixture
def gate() -> Iterator[Gate]:
    with serving(Gate()) as host:
        yield host


@pytest.mark.parametrize(
    ("environment", "sent"),
    [
        ({}, None),
        (dict(zip(LOGIN, ("ana", "käse"), strict=True)), "Basic YW5hOmvDpHNl"),
        ({API_KEY: "a2V5"}, "ApiKey a2V5"),
    ],
)
def test_who_we_are_comes_from_the_environment(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sent: str | None
) -> None:
    for name in (*LOGIN, API_KEY):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    cluster = Cluster([gate.address])
    cluster.ask("GET", "/")
    cluster.close()
    assert gate.credentials == [sent]


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (401, EngineError, "refuses us"),
        (403, EngineError, "refuses us"),
        (503, UnreachableError, "cannot answer now"),
        (429, UnreachableError, "cannot answer now"),
        (400, EngineError, "refused a request"),
    ],
)
def test_a_refusal_is_told_in_a_sentence(
    gate: Gate, status: int, kind: type[EngineError], said: str
) -> None:
    gate.status = status
    cluster = Cluster([gate.address])
    with pytest.raises(kind, match=said):
        cluster.ask("GET", "/")
    cluster.close()


def test_who_writes_asks_again_while_the_cluster_recovers(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "PAUSE", 0.01)
    gate.busy = 5
    cluster = Cluster([gate.address])
    with pytest.raises(UnreachableError):
        cluster.ask("GET", "/")
    assert cluster.patient().ask("GET", "/") == {}
    cluster.close()


def test_a_node_that_went_away_is_no_refusal(gate: Gate) -> None:
    error = {"type": "node_disconnected_exception", "reason": "[node-3] disconnected"}
    gate.status, gate.content = 500, json.dumps({"error": error}).encode()
    cluster = Cluster([gate.address])
    with pytest.raises(UnreachableError, match="cannot answer now"):
        cluster.ask("GET", "/")
    cluster.close()


@pytest.mark.parametrize(
    ("status", "cause", "kind"),
    [
        (403, "FORBIDDEN/5/index read-only (api)", FullDiskError),
        (429, "TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark", FullDiskError),
        (503, "SERVICE_UNAVAILABLE/2/no cluster-manager", UnreachableError),
    ],
)
def test_a_full_disk_is_told_from_a_cluster_that_nobody_leads(
    gate: Gate, status: int, cause: str, kind: type[EngineError]
) -> None:
    error = {"type": "cluster_block_exception", "reason": f"blocked by: [{cause}];"}
    gate.status, gate.content = status, json.dumps({"error": error}).encode()
    cluster = Cluster([gate.address])
    with pytest.raises(kind, match="blocked by" if kind is FullDiskError else "cannot answer now"):
        cluster.ask("GET", "/")
    cluster.close()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"<html>", "text/html"), (b"", "text/plain"), (b"[]", "application/json")],
)
def test_another_service_is_not_taken_for_a_cluster(gate: Gate, content: bytes, kind: str) -> None:
    gate.content, gate.kind = content, kind
    engine = open_engine(f"opensearch+{gate.address}/cities")
    with pytest.raises(EngineError, match="is not an OpenSearch cluster"):
        engine.status()
    engine.close()


def test_a_certificate_that_is_not_trusted_is_said_so(gate: Gate, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes a certificate, is not installed")
    kept = {"-keyout": tmp_path / "key.pem", "-out": tmp_path / "certificate.pem"}
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = [str(part) for pair in kept.items() for part in pair]
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept["-out"], kept["-keyout"])
    gate.socket = context.wrap_socket(gate.socket, server_side=True)
    cluster = Cluster([gate.address.replace("http:", "https:")])
    with pytest.raises(UnreachableError, match="is not trusted"):
        cluster.ask("GET", "/")
    cluster.close()
    assert gate.credentials == []


def test_an_answer_without_a_shard_that_no_node_holds_is_partial() -> None:
    shards = {"total": 3, "successful": 2, "skipped": 0, "failed": 0}
    assert answers.is_partial({"timed_out": False, "_shards": shards})
    assert not answers.is_partial({"timed_out": False, "_shards": shards | {"successful": 3}})


@given(text=st.text("ab  城市。垃'-|_é", max_size=30) | st.text(max_size=40))
def test_terms_and_positions_survive_the_way_to_the_cluster(text: str) -> None:
    for language in ("en", "zh"):
        sent = terms(text, analyzer(language))
        places = (place.split(BESIDE) for place in sent.split())
        read = [(term, position) for position, place in enumerate(places) for term in place]
        assert read == analyzer(language).terms(text)
        assert OPEN not in sent.split()


def test_no_letter_folds_to_what_parts_terms() -> None:
    letters = filter(str.isalnum, map(chr, range(sys.maxunicode + 1)))
    folded = {c for letter in letters for c in unicodedata.normalize("NFKC", letter)}
    assert not folded & {BESIDE, OPEN}


def test_lone_surrogates_come_back() -> None:
    document = Document("\ud800", "a.pdf", "a\udfffb", metadata={"k": "\ud83d"})
    passage = Passage(1, "x\ud800")
    assert records.decoded(records.encoded(document), Document) == document
    assert records.decoded(records.encoded(passage), Passage) == passage
    assert records.encoded(document).isascii()
