"""A real cluster of three nodes for tests, one Java process each, so that a kill is a kill.

What it runs comes from Maven Central into var/opensearch: OpenSearch 3.8 where there is Java 21,
else 2.19 on Java 17. HTTP is on ports 9201 to 9203.

Usage: python -m tests.opensearch.cluster          runs it until interrupted
       python -m tests.opensearch.cluster COMMAND  runs it while a command runs, with its address in
                                                   CITIES_SEARCH_TEST_OPENSEARCH; in memory, but
                                                   with --on-disk before it as if it ran for long
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "var" / "opensearch"
MEMORY = Path("/dev/shm")
ADDRESS = "CITIES_SEARCH_TEST_OPENSEARCH"
"""The variable that tells tests where a cluster is: `http://127.0.0.1:9201`."""
ON_DISK = "--on-disk"
HEAP = "CITIES_SEARCH_TEST_HEAP"
NODES = (1, 2, 3)
HTTP, TRANSPORT = 9200, 9300
PATIENCE = 120.0
"""Seconds that nodes may take to find each other, on a busy machine."""
INTERRUPTED = 130
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_JAVA_FOLDERS = ("/usr/lib/jvm", "/opt", "/Library/Java/JavaVirtualMachines")


class ClusterError(Exception):
    """The cluster cannot be run; the message says why."""


@dataclass(frozen=True, slots=True)
class Java:
    """A Java development kit, and what it can run."""

    home: Path
    version: int

    @property
    def runner(self) -> str:
        """The version of the runner, and so of OpenSearch."""
        return "3.8.0.0" if self.version >= 21 else "2.19.1.0"

    @property
    def plugins(self) -> tuple[str, ...]:
        """The modules that a node has; one that is missing ends it."""
        network = "Netty4ModulePlugin" if self.version >= 21 else "Netty4Plugin"
        modules = "ModulePlugin" if self.version >= 21 else "Plugin"
        return (
            f"org.opensearch.transport.{network}",
            f"org.opensearch.analysis.common.CommonAnalysis{modules}",
        )


class Cluster:
    """Three nodes, each of which can be killed and started again."""

    def __init__(self, java: Java, data: Path, *, brief: bool) -> None:
        self._java = java
        self._data = data
        # Compiling well pays only after minutes.
        self._options = ("-XX:TieredStopAtLevel=1",) if brief else ()
        self._libraries = fetched(java)
        self._nodes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all nodes, running or not."""
        return tuple(f"http://127.0.0.1:{HTTP + number}" for number in NODES)

    def start(self, number: int) -> None:
        """Start a node; it joins the others by itself."""
        home = self._data / str(number)
        home.mkdir(parents=True, exist_ok=True)
        hosts = ",".join(f"127.0.0.1:{TRANSPORT + each}" for each in NODES)
        names = ",".join(f"node-{each}" for each in NODES)
        heap = os.environ.get(HEAP, "512m")
        command = [
            *(str(self._java.home / "bin" / "java"), f"-Xms{heap}", f"-Xmx{heap}"),
            *("-XX:+UseSerialGC", "-Dlog4j2.disable.jmx=true", *self._options),
            *("-cp", f"{self._libraries}/classes:{self._libraries}/lib/*", "OneNode"),
            *(f"plugin={name}" for name in self._java.plugins),
            f"path.home={home}",
            "cluster.name=cities-search-tests",
            f"node.name=node-{number}",
            f"http.port={HTTP + number}",
            f"transport.port={TRANSPORT + number}",
            f"discovery.seed_hosts={hosts}",
            f"cluster.initial_cluster_manager_nodes={names}",
            "cluster.routing.allocation.disk.threshold_enabled=false",
        ]
        log = (self._data / f"node-{number}.log").open("ab")
        self._nodes[number] = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=log, stderr=log
        )
        log.close()

    def kill(self, number: int) -> None:
        """Kill a node like a power cut."""
        node = self._nodes.pop(number)
        node.send_signal(signal.SIGKILL)
        node.wait()

    def wait(self, nodes: int = len(NODES), status: str = "yellow") -> None:
        """Wait until so many nodes are one cluster in that state. Raises ClusterError."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for number in self._nodes:
                health = _get(f"http://127.0.0.1:{HTTP + number}/_cluster/health")
                if health and health["number_of_nodes"] == nodes and _good(health, status):
                    return
            if ended := [n for n, node in self._nodes.items() if node.poll() is not None]:
                raise ClusterError(f"Node {ended[0]} ended; see {self._data}.")
            time.sleep(0.3)
        raise ClusterError(f"The nodes did not become one {status} cluster; see {self._data}.")

    def stop(self) -> None:
        """Stop all nodes."""
        for node in self._nodes.values():
            if node.stdin:
                node.stdin.close()
        for number, node in [*self._nodes.items()]:
            try:
                node.wait(20)
            except subprocess.TimeoutExpired:
                self.kill(number)
        self._nodes.clear()


@contextmanager
def running(data: Path | None = None) -> Iterator[Cluster]:
    """Run a cluster of three: briefly, its data in memory, or for long with a folder for it.
    Raises ClusterError."""
    for port in (base + number for base in (HTTP, TRANSPORT) for number in NODES):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                raise ClusterError(f"Port {port} is taken: is another test cluster running?")
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="opensearch-", dir=place) as temporary:
        cluster = Cluster(found_java(), data or Path(temporary), brief=data is None)
        try:
            for number in NODES:
                cluster.start(number)
            cluster.wait()
            yield cluster
        finally:
            cluster.stop()


def found_java() -> Java:
    """Return the Java development kit that JAVA_HOME names, else the newest of this machine.
    Raises ClusterError."""
    every = [Java(home, _version(home)) for home in sorted(_java_homes())]
    usable = [java for java in every if java.version >= 17]
    if not usable:
        raise ClusterError("The test cluster needs a Java development kit, 17 or newer.")
    return max(usable, key=lambda java: java.version)


def fetched(java: Java) -> Path:
    """Return the folder with what a node runs, fetched and compiled the first time."""
    folder = CACHE / java.runner
    if (folder / "classes" / "OneNode.class").is_file():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise ClusterError("The test cluster is fetched with Maven, which is not installed.")
    folder.mkdir(parents=True, exist_ok=True)
    copy = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), COPY, f"-Drunner={java.runner}"]
    _run([*copy, f"-DoutputDirectory={folder / 'lib'}"])
    compiler = str(java.home / "bin" / "javac")
    classes = ["-cp", f"{folder}/lib/*", "-d", str(folder / "classes")]
    _run([compiler, *classes, str(HERE / "OneNode.java")])
    return folder


def _java_homes() -> set[Path]:
    if named := os.environ.get("JAVA_HOME"):
        return {Path(named)}
    homes = set()
    if (compiler := shutil.which("javac")) is not None:
        homes.add(Path(compiler).resolve().parents[1])
    for folder in map(Path, _JAVA_FOLDERS):
        homes |= {path.parents[1] for path in folder.glob("*/bin/javac")}
    return homes


def _version(home: Path) -> int:
    try:
        release = (home / "release").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(found[1]) if found else 0


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClusterError(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")


def _good(health: dict[str, object], status: str) -> bool:
    return health["status"] == "green" or health["status"] == status


def _get(address: str) -> dict[str, object] | None:
    try:
        with urlopen(address, timeout=5) as response:
            found: dict[str, object] = json.load(response)
            return found
    except (URLError, OSError):
        return None


def main(command: list[str]) -> int:
    """Run the cluster while a command runs, or until interrupted."""
    on_disk = command[:1] == [ON_DISK]
    command = command[on_disk:]
    try:
        with running(None if command and not on_disk else CACHE / "data") as cluster:
            address = cluster.addresses[0]
            if command:
                environment = os.environ | {ADDRESS: address}
                return subprocess.run(command, env=environment, check=False).returncode
            sys.stdout.write(f"The cluster answers at {address}; stop it with Ctrl-C.\n")
            sys.stdout.flush()
            signal.pause()
    except KeyboardInterrupt:
        return INTERRUPTED if command else 0
    except ClusterError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
