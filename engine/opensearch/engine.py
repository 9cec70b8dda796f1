"""The engine over an OpenSearch cluster."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, TypeVar

from engine.documents import Document, Passage
from engine.errors import EngineError, NoIndexError
from engine.opensearch import answers, asking, generations, wordings, writing
from engine.opensearch.batch import BulkBatch
from engine.opensearch.cluster import Address, Cluster, MissingError
from engine.opensearch.generations import Generation
from engine.opensearch.mapping import (
    DOCUMENTS,
    MOST_VALUES,
    RECORD,
    ROW_RECORD,
    ROWS,
    SECTION,
)
from engine.protocol import Batch, Entry, Findings, Matched, Status, skipped
from engine.queries import Query
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from engine.wording import Wording

SEARCHING = 3.0
"""Seconds that a search may take; what was not searched by then is missing in the answer."""
READING = 20.0
PAGE = 5_000
"""Documents of the index that are listed in one request."""
PASSAGES_AT_FIRST = 500
TRIES = 5

T = TypeVar("T")


class OpenSearchEngine:
    """The engine protocol over an index in a cluster.

    A generation that was replaced is gone, so reading it fails, and the call starts again with
    the next. Only what is known without reading has to ask which generation is served.
    """

    def __init__(self, address: Address) -> None:
        self._name = address.name
        self._cluster = Cluster(address.hosts)
        self._opened: Generation | None = None
        self._worded = ("", Wording())

    def find(self, query: Query, wanted: Wanted) -> Findings:
        """Return the documents for a query, whose text was analysed to `wanted`."""
        return self._reading(lambda generation: self._find(generation, query, wanted))

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id."""
        body = {"query": _by_id(document_id), "stored_fields": [RECORD], "size": 1}
        hits = self._reading(lambda generation: self._whole(generation, body))["hits"]["hits"]
        return answers.document(hits[0]) if hits else None

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return all passages of a document, in reading order."""
        return self._reading(lambda generation: self._passages(generation, document_id))

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the index was analysed in, most documents first."""
        return self._current().languages

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary that was kept with the index."""
        return self._current().vocabulary

    def wording(self) -> Wording:
        """Return how the index says things, the same object for as long as it stays as it is."""
        return self._reading(self._wording, asked=True)

    def status(self) -> Status:
        """Return what the index holds."""
        return self._reading(self._status)

    def entries(self) -> Mapping[str, Entry]:
        """Return every document id with its entry."""
        values = ["id", "corpus", "fingerprint"]
        fields = {"query": DOCUMENTS, "docvalue_fields": values, "_source": False}
        hits = self._reading(lambda generation: [*self._every(generation, fields)])
        found = (hit["fields"] for hit in hits)
        return {v["id"][0]: Entry(v["corpus"][0], v["fingerprint"][0]) for v in found}

    @contextmanager
    def write(self, vocabulary: Vocabulary, *, fresh: bool) -> Iterator[Batch]:
        """Open a batch; `fresh` starts from nothing, else from what is there."""
        with generations.begun(self._cluster, self._name, vocabulary, fresh=fresh) as working:
            batch = BulkBatch(self._cluster, working)
            try:
                yield batch
                batch.finish()
            finally:
                batch.abandon()

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the index, a sentence each; nothing when all is well."""
        return self._reading(self._faults)

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()

    def _current(self) -> Generation:
        return self._reading(lambda generation: generation, asked=True)

    def _reading(self, read: Callable[[Generation], T], *, asked: bool = False) -> T:
        """Return what a function reads from the current generation; `asked` to ask first which
        that is."""
        opened = None if asked else self._opened
        for _ in range(TRIES):
            try:
                return read(opened or self._served())
            except MissingError:
                opened = None
        raise NoIndexError(f"The index {self._name} is being replaced again and again.")

    def _served(self) -> Generation:
        index = generations.current_index(self._cluster, self._name)
        opened = self._opened
        if opened is None or opened.index != index:
            self._opened = opened = generations.open_generation(self._cluster, index)
        return opened

    def _wording(self, generation: Generation) -> Wording:
        index, wording = self._worded
        if index != generation.index:
            wording = Wording(wordings.joined(wordings.read(self._cluster, generation.index)))
            self._worded = generation.index, wording
        return wording

    def _find(self, generation: Generation, query: Query, wanted: Wanted) -> Findings:
        matched: Matched = "any" if query.match == "any" and wanted.groups else "all"
        answer = self._search(generation, asking.request(query, wanted, matched), query.text)
        if query.match == "auto" and wanted.groups and not answers.any_document(answer):
            matched = "any"
            answer = self._search(generation, asking.request(query, wanted, matched), query.text)
        return answers.findings(answer, query, matched)

    def _search(self, generation: Generation, body: Mapping[str, Any], text: str) -> Any:
        """Search with the statistics of the whole index, so that equal documents score the same
        in every shard; and with the same copies for the same text, so that pages fit together."""
        answer = self._cluster.ask(
            "POST",
            f"/{generation.index}/_search",
            {**body, "timeout": f"{800 * SEARCHING:.0f}ms"},
            seconds=SEARCHING,
            search_type="dfs_query_then_fetch",
            preference=sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        )
        self._check_served(generation, answer)
        return answer

    def _whole(self, generation: Generation, body: Mapping[str, Any]) -> Any:
        """Search, and refuse an answer that lacks a part."""
        path = f"/{generation.index}/_search"
        answer = self._cluster.ask("POST", path, body, seconds=READING)
        self._check_served(generation, answer)
        if answers.is_partial(answer):
            raise EngineError(f"Some parts of the index {self._name} cannot be read now.")
        return answer

    def _check_served(self, generation: Generation, answer: Any) -> None:
        """Raise MissingError when an answer lacks a part as its generation was just replaced."""
        if answers.is_partial(answer):
            served = generations.current_index(self._cluster, self._name)
            if served != generation.index:
                raise MissingError(generation.index)

    def _passages(self, generation: Generation, document_id: str) -> tuple[Passage, ...]:
        size = PASSAGES_AT_FIRST
        while True:
            inner = {
                "name": asking.PASSAGES,
                "size": size,
                "sort": ["_doc"],
                "_source": False,
                "stored_fields": [ROW_RECORD],
            }
            every = {"path": ROWS, "query": {"exists": {"field": SECTION}}, "inner_hits": inner}
            body = {
                "query": {"bool": {"filter": [_by_id(document_id)], "must": [{"nested": every}]}},
                "_source": False,
            }
            hits = self._whole(generation, body)["hits"]["hits"]
            if not hits:
                return ()
            if (count := answers.passage_count(hits[0])) <= size:
                return answers.passages(hits[0])
            size = count

    def _status(self, generation: Generation) -> Status:
        sums = {name: {"sum": {"field": name}} for name in ("passages", "pages", "pages_read")}
        languages = {"terms": {"field": "language", "size": MOST_VALUES}}
        aggregations = {**sums, "languages": languages}
        body = {"query": DOCUMENTS, "size": 0, "track_total_hits": True, "aggs": aggregations}
        answer = self._whole(generation, body)
        counted = answer["aggregations"]
        buckets = sorted(
            counted["languages"]["buckets"],
            key=lambda bucket: (-bucket["doc_count"], bucket["key"]),
        )
        wanted = {"query": {"term": {"skipped": True}}, "stored_fields": [RECORD]}
        lost = self._every(generation, wanted)
        return Status(
            generation=generation.name,
            built=generation.built,
            documents=answer["hits"]["total"]["value"],
            passages=int(counted["passages"]["value"]),
            pages=int(counted["pages"]["value"]),
            pages_read=int(counted["pages_read"]["value"]),
            languages={bucket["key"]: bucket["doc_count"] for bucket in buckets},
            skipped=skipped(map(answers.document, lost)),
        )

    def _faults(self, generation: Generation) -> tuple[str, ...]:
        health = self._cluster.ask("GET", f"/_cluster/health/{generation.index}", seconds=READING)
        if health["status"] == "red":
            return (f"The cluster has parts of {generation.index} that no node holds.",)
        count = {"query": DOCUMENTS, "size": 0, "track_total_hits": True}
        found = self._whole(generation, count)["hits"]["total"]["value"]
        if found != generation.documents:
            return (f"{generation.documents} documents were published, and {found} are there.",)
        return ()

    def _every(self, generation: Generation, body: Mapping[str, Any]) -> Iterator[Any]:
        """Yield every hit of a search, in the order of ids."""
        after: dict[str, Any] = {}
        while True:
            page = {**body, **after, "size": PAGE, "sort": [{"id": "asc"}]}
            hits = self._whole(generation, page)["hits"]["hits"]
            yield from hits
            if len(hits) < PAGE:
                return
            after = {"search_after": hits[-1]["sort"]}


def _by_id(document_id: str) -> dict[str, Any]:
    return {"ids": {"values": [writing.key(document_id)]}}
