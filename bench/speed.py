"""How fast our engine is beside others: same passages, same queries, same machine, in turns."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from bench import pages, passages, peers, queries
from bench.measures import percentile
from bench.passages import Volume
from bench.workers import Build, Memory, Open, Search, Update, Worker, disk
from engine.queries import Query

WHOOSH_UP_TO = 120_000
"""Passages beyond which stock Whoosh takes too long to be waited for."""
ALL_UP_TO = 20_000
"""Passages beyond which the slow peers are asked a part of the queries only, and their memory,
which is taken after all of them, is left out."""
SLOW = ("fts5", "whoosh")
SLOW_PART = 40


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is asked: builds; rounds of queries without and with snippets, all `different`,
    after some for warming; then openings and updates. No query is asked of a process twice,
    because a result that an engine remembers is no measure."""

    builds: int = 3
    rounds: int = 3
    per_round: int = 200
    with_snippets: int = 100
    different: int = 1000
    warming: int = 20
    openings: int = 5
    updates: int = 5
    pages: int = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of every engine that has it. `ratio` is ours to Tantivy's in the same
    round, the median over the rounds."""

    name: str
    unit: str
    values: Mapping[str, float]
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Speed:
    """All measures over a number of passages in a number of documents."""

    passages: int
    documents: int
    measures: tuple[Measure, ...]


def measure(source: Path, wanted: int, effort: Effort = Effort()) -> Speed:
    """Build an index with every engine and measure them in turns. Raises WorkerError."""
    names = [name for name in peers.NAMES if name != "whoosh" or wanted <= WHOOSH_UP_TO]
    volumes = passages.take(passages.read(source), wanted)
    asked = queries.mix(volumes, effort.different + effort.warming)
    with TemporaryDirectory() as folder:
        folders = {name: Path(folder) / name for name in names}
        build = _build(folders, source, wanted, effort.builds)
        taken = {name: disk(path) for name, path in folders.items()}
        opening = _open(folders, asked[: effort.openings])
        with ExitStack() as stack:
            workers = {n: stack.enter_context(Worker(n, path)) for n, path in folders.items()}
            found = list(_search(workers, asked, effort, thorough=wanted <= ALL_UP_TO))
            update = _update(workers, _middle(volumes, effort.updates))
        page = pages.measure(folders["ours"], asked, effort.pages)
    measures = (
        *found[:-1],
        build,
        Measure("update", "ms", update),
        Measure("open", "ms", opening),
        found[-1],
        Measure("disk", "MB", taken),
        Measure("page p95", "ms", {"ours": page.p95}),
        Measure("page rate", "pages/s", {"ours": page.rate}),
    )
    return Speed(wanted, len(volumes), measures)


def _build(folders: Mapping[str, Path], source: Path, wanted: int, builds: int) -> Measure:
    """Build every index in its folder, then all but the slow ones again elsewhere."""
    rounds = []
    for again in range(builds):
        rates = {}
        for name in _rotated([name for name in folders if not again or name not in SLOW], again):
            folder = folders[name].with_suffix(".again") if again else folders[name]
            with Worker(name, folder) as worker:
                rates[name] = worker.ask(Build(source, wanted))
            if again:
                rmtree(folder)
        rounds.append(rates)
    return _of_rounds("build", "passages/s", rounds)


def _open(folders: Mapping[str, Path], asked: Sequence[Query]) -> dict[str, float]:
    """Return the median of opening in a fresh process, which has its libraries loaded."""
    times: dict[str, list[float]] = {name: [] for name in folders}
    for query in asked:
        for name, folder in folders.items():
            with Worker(name, folder) as worker:
                times[name].append(worker.ask(Open(query)))
    return {name: median(found) for name, found in times.items()}


def _search(
    workers: Mapping[str, Worker], asked: Sequence[Query], effort: Effort, *, thorough: bool
) -> Iterator[Measure]:
    """Yield the measures of queries without snippets, with snippets, and of memory after them."""
    slow = () if thorough else SLOW
    left = iter(asked)
    for worker in workers.values():
        worker.ask(Open(asked[-1]))
    for _ in range(effort.warming):
        _turn(workers, slow, next(left), snippets=False)
    plain = [
        _round(workers, slow, [next(left) for _ in range(effort.per_round)], snippets=False)
        for _ in range(effort.rounds)
    ]
    cut = [
        _round(workers, slow, [next(left) for _ in range(effort.with_snippets)], snippets=True)
        for _ in range(effort.rounds)
    ]
    yield _quantile("query p50", plain, 0.5)
    yield _quantile("query p95", plain, 0.95)
    yield _quantile("query snippets p95", cut, 0.95)
    memory = {name: worker for name, worker in workers.items() if name not in slow}
    for query in left:
        _turn(memory, (), query, snippets=False)
    yield Measure("memory", "MB", {name: w.ask(Memory()) for name, w in memory.items()})


Times = list[dict[str, float]]
"""Milliseconds of every engine that was asked, query by query."""


def _round(
    workers: Mapping[str, Worker], slow: Sequence[str], asked: Sequence[Query], *, snippets: bool
) -> Times:
    times = []
    for at, query in enumerate(asked):
        left_out = slow if at >= SLOW_PART else ()
        times.append(_turn(workers, left_out, query, snippets=snippets, first=at))
    return times


def _turn(
    workers: Mapping[str, Worker],
    left_out: Sequence[str],
    query: Query,
    *,
    snippets: bool,
    first: int = 0,
) -> dict[str, float]:
    """Ask every engine one query, another one first each time, so that drift hits all alike."""
    order = _rotated([name for name in workers if name not in left_out], first)
    return {name: workers[name].ask(Search(query, snippets)) for name in order}


def _rotated(names: Sequence[str], turn: int) -> list[str]:
    start = turn % len(names)
    return [*names[start:], *names[:start]]


def _quantile(name: str, rounds: Sequence[Times], share: float) -> Measure:
    """Return the median over the rounds of a quantile over the queries."""
    found = [
        {
            engine: percentile([turn[engine] for turn in times if engine in turn], share)
            for engine in times[0]
        }
        for times in rounds
    ]
    return _of_rounds(name, "ms", found)


def _of_rounds(name: str, unit: str, rounds: Sequence[Mapping[str, float]]) -> Measure:
    """Return the median over the rounds; the first has every engine."""
    values = {
        engine: median(one[engine] for one in rounds if engine in one) for engine in rounds[0]
    }
    return Measure(name, unit, values, median(one["ours"] / one["tantivy"] for one in rounds))


def _middle(volumes: Sequence[Volume], number: int) -> Sequence[Volume]:
    """Return documents of ordinary length."""
    by_length = sorted(volumes, key=lambda volume: len(volume.passages))
    return by_length[len(by_length) // 2 :][:number]


def _update(workers: Mapping[str, Worker], volumes: Sequence[Volume]) -> dict[str, float]:
    """Return the median of changing a document, until it can be found."""
    times: dict[str, list[float]] = {name: [] for name in workers}
    for at, volume in enumerate(volumes):
        for name, worker in workers.items():
            times[name].append(worker.ask(Update(volume, f"zqxjk{'abcdefgh'[at]}")))
    return {name: median(found) for name, found in times.items()}
