"""What an index costs a cluster, as the cluster and the system of its nodes tell it."""

from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from bench.workers import WorkerError, anonymous_memory
from engine.opensearch.cluster import Cluster, MissingError


def memory(cluster: Cluster) -> float | None:
    """Return the megabytes of anonymous memory of all nodes; None where one is elsewhere."""
    nodes: dict[str, Any] = cluster.ask("GET", "/_nodes/process")["nodes"]
    if not all(ip_address(node["ip"]).is_loopback for node in nodes.values()):
        return None
    try:
        return sum(anonymous_memory(str(node["process"]["id"])) for node in nodes.values()) / 1e6
    except WorkerError:
        return None


def disk(cluster: Cluster, name: str) -> float:
    """Return the megabytes of an index on all nodes, the copies of its shards included."""
    cluster.ask("POST", f"/{name}/_flush")
    size: int = cluster.ask("GET", f"/{name}/_stats/store")["_all"]["total"]["store"][
        "size_in_bytes"
    ]
    return size / 1e6


def removed(cluster: Cluster, name: str) -> None:
    """Remove the index that an alias names, if there is one, to give its room back."""
    with suppress(MissingError):
        for index in cluster.ask("GET", f"/_alias/{name}"):
            cluster.ask("DELETE", f"/{index}")
