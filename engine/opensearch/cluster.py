"""Requests to a cluster: its address, who we are to it, and its failures in plain sentences.

Client: opensearch-py (Apache-2.0, the OpenSearch project's own), of which only the transport is
used: it keeps connections open and goes on to the next host when one is gone.
"""

import json
import os
import re
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy import exceptions as client

from engine.errors import EngineError, FullDiskError

LOGIN = ("CITIES_SEARCH_OPENSEARCH_USER", "CITIES_SEARCH_OPENSEARCH_PASSWORD")
API_KEY = "CITIES_SEARCH_OPENSEARCH_API_KEY"

CONNECTIONS = 16
"""Connections that are kept open to each host."""
BUSY = (429, 502, 503, 504)
"""Statuses that say: not now."""
NOBODY_LEADS = 503
GONE = ("node_disconnected_exception", "node_not_connected_exception")
"""Types of errors that say: the node that was to answer is not there any more."""
PATIENCE = 180.0
"""Seconds of asking again before a step of writing fails: a cluster that loses a node needs up to
one minute to see it and to name another in its place."""
PAUSE = 1.0
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class MissingError(Exception):
    """What was asked for is not in the cluster."""


class ConflictError(Exception):
    """Someone else was first."""


class UnreachableError(EngineError):
    """The cluster cannot be reached, or cannot answer now; trying later may help."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index lives: the hosts of one cluster, as URLs, and the name of the index."""

    hosts: tuple[str, ...]
    name: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read `http(s)://host:port[,host:port…]/name`. Raises EngineError."""
        parts = urlsplit(text)
        name = parts.path.strip("/")
        hosts = tuple(f"{parts.scheme}://{host}" for host in parts.netloc.split(",") if host)
        if "@" in parts.netloc:
            raise EngineError(f"Put user and password into {' and '.join(LOGIN)}, not the address.")
        if parts.scheme not in ("http", "https") or not hosts or not _has_ports(hosts):
            raise EngineError(
                f"“opensearch+{text}” is not the address of a cluster: "
                "write opensearch+https://host:port/name."
            )
        if not _NAME.fullmatch(name):
            raise EngineError(
                f"“{name}” cannot name an index: use small letters, digits, - and _ only."
            )
        return cls(hosts, name)


class Cluster:
    """A cluster, asked over HTTP; safe to share between threads."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self.hosts = tuple(hosts)
        self._patience = 0.0
        self._client = OpenSearch(
            [*self.hosts],
            verify_certs=True,
            pool_maxsize=CONNECTIONS,
            max_retries=len(self.hosts),
            retry_on_timeout=False,
            headers=_credentials(os.environ),
        )

    def patient(self) -> "Cluster":
        """Return the same cluster, which is asked again while it cannot answer."""
        other = copy(self)
        other._patience = PATIENCE
        return other

    def ask(
        self, method: str, path: str, body: object = None, *, seconds: float = 60.0, **params: Any
    ) -> Any:
        """Return what the cluster answers, read from JSON; `body` is text or becomes JSON.

        Raises MissingError, ConflictError, UnreachableError where it cannot answer within so many
        seconds, and EngineError for all other refusals.
        """
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return self._ask_once(method, path, body, seconds, params)
            except UnreachableError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE)

    def _ask_once(
        self, method: str, path: str, body: object, seconds: float, params: Mapping[str, Any]
    ) -> Any:
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        # The client cannot lack a time limit, and only takes it beside the parameters.
        asked = {**params, "request_timeout": seconds}
        try:
            answer = self._client.transport.perform_request(method, path, asked, text)
        except client.NotFoundError as error:
            raise MissingError(_reason(error)) from error
        except client.ConflictError as error:
            raise ConflictError(_reason(error)) from error
        except client.OpenSearchException as error:
            raise self._told(error) from error
        if not isinstance(answer, dict | bool):
            raise EngineError(self._other_service())
        return answer

    def _other_service(self) -> str:
        return f"What answers at {', '.join(self.hosts)} is not an OpenSearch cluster."

    def close(self) -> None:
        """Close all connections; they open again when needed."""
        self._client.transport.close()

    def _told(self, error: client.OpenSearchException) -> EngineError:
        place = ", ".join(self.hosts)
        if isinstance(error, client.SerializationError):
            return EngineError(self._other_service())
        if isinstance(error, client.SSLError):
            return UnreachableError(f"The certificate of the cluster at {place} is not trusted.")
        if isinstance(error, client.ConnectionTimeout):
            return UnreachableError(f"The cluster at {place} did not answer in time.")
        if isinstance(error, client.ConnectionError):
            return UnreachableError(f"The cluster at {place} cannot be reached.")
        if isinstance(error, client.TransportError) and is_blocked(
            _cause(error), error.status_code
        ):
            return FullDiskError(f"The cluster at {place} takes no changes: {_reason(error)}.")
        if isinstance(error, client.AuthenticationException | client.AuthorizationException):
            return EngineError(
                f"The cluster at {place} refuses us: check {', '.join(LOGIN)} or {API_KEY}."
            )
        is_busy = isinstance(error, client.TransportError) and error.status_code in BUSY
        if is_busy or _cause(error).get("type") in GONE:
            return UnreachableError(f"The cluster at {place} cannot answer now.")
        return EngineError(f"The cluster at {place} refused a request: {_reason(error)}.")


def is_blocked(cause: Mapping[str, Any], status: int | str) -> bool:
    """Tell whether an error says that changes are refused, as they are when a disk is full; where
    nobody leads the cluster, which passes, it says much the same."""
    return cause.get("type") == "cluster_block_exception" and status != NOBODY_LEADS


def _has_ports(hosts: Sequence[str]) -> bool:
    try:
        return all(urlsplit(host).hostname and urlsplit(host).port for host in hosts)
    except ValueError:
        return False


def _credentials(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the header that tells who we are. The client would send Latin-1, clusters read
    UTF-8."""
    if key := environment.get(API_KEY):
        return {"authorization": f"ApiKey {key}"}
    user, secret = (environment.get(name, "") for name in LOGIN)
    login = b64encode(f"{user}:{secret}".encode()).decode()
    return {"authorization": f"Basic {login}"} if user else {}


def _reason(error: client.OpenSearchException) -> str:
    """Return the reason that the cluster gives, without a full stop."""
    return str(_cause(error).get("reason") or error).strip().rstrip(".")


def _cause(error: client.OpenSearchException) -> Mapping[str, Any]:
    """Return what the cluster says of an error; nothing where it was not reached."""
    info = error.info if isinstance(error, client.TransportError) else {}
    cause = info.get("error") if isinstance(info, dict) else None
    return cause if isinstance(cause, dict) else {}
