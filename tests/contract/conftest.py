"""The engines that must keep the contract: every test of this folder runs over each of them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

import pytest

from engine.embedded.engine import EmbeddedEngine
from engine.opening import open_engine
from engine.protocol import Engine
from tests.opensearch.cluster import ADDRESS

MakeEngine = Callable[[], Engine]
MEMORY = Path("/dev/shm")


def _on_disk(folder: Path) -> MakeEngine:
    count = iter(range(1_000))
    return lambda: EmbeddedEngine(folder / f"index-{next(count)}")


def _in_memory(folder: Path) -> MakeEngine:
    return EmbeddedEngine.in_memory


def _on_cluster(folder: Path) -> MakeEngine:
    count = iter(range(1_000))
    return lambda: open_engine(f"{CLUSTER}/{_index(folder)}-{next(count)}")


def _again_on_cluster(folder: Path) -> MakeEngine:
    return lambda: open_engine(f"{CLUSTER}/{_index(folder)}")


def _index(folder: Path) -> str:
    """Return a name for an index that no other test has."""
    return folder.name.lower()


def _again_on_disk(folder: Path) -> MakeEngine:
    return lambda: EmbeddedEngine(folder / "index")


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of engine; `examples` is how many random corpora are written to it, few where a
    write has to reach a disk."""

    make: Callable[[Path], MakeEngine]
    examples: int


FORMS = {"disk": Form(_on_disk, 12), "memory": Form(_in_memory, 60)}
LASTING: dict[str, Callable[[Path], MakeEngine]] = {"disk": _again_on_disk}
"""Those that keep their index when they are closed: each call opens the same one again."""
CLUSTER = f"opensearch+{address}" if (address := os.environ.get(ADDRESS)) else ""
"""A cluster to test on, where one is given."""
if CLUSTER:
    FORMS["opensearch"] = Form(_on_cluster, 5)
    LASTING["opensearch"] = _again_on_cluster


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    """The kind of engine under test."""
    return FORMS[request.param]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for indexes, in memory where the system has such a file system: each of these
    tests commits several times, and does not ask what a disk makes of it."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="contract-", dir=place) as name:
        yield Path(name)
        if CLUSTER:
            urlopen(Request(f"{address}/{_index(Path(name))}*", method="DELETE")).close()


@pytest.fixture
def make_engine(form: Form, folder: Path) -> Iterator[MakeEngine]:
    """Make engines that hold nothing yet."""
    yield from _closing(form.make(folder))


@pytest.fixture
def engine(make_engine: MakeEngine) -> Engine:
    """An engine that holds nothing yet."""
    return make_engine()


@pytest.fixture
def examples(form: Form) -> int:
    """How many random corpora are tried."""
    return form.examples


@pytest.fixture(params=LASTING)
def open_again(request: pytest.FixtureRequest, folder: Path) -> Iterator[MakeEngine]:
    """Open one and the same index, as another program would."""
    yield from _closing(LASTING[request.param](folder))


def _closing(make: MakeEngine) -> Iterator[MakeEngine]:
    made: list[Engine] = []

    def remembered() -> Engine:
        made.append(make())
        return made[-1]

    yield remembered
    for each in made:
        each.close()
