"""Engines in processes of their own."""

from pathlib import Path

import pytest

from bench.passages import read, take
from bench.workers import Build, Memory, Open, Search, Task, Update, Worker, WorkerError
from engine.queries import Query
from tests.bench.volumes import written

QUERY = Query("harbour", match="all")


def test_an_engine_does_every_task_in_its_own_process(tmp_path: Path) -> None:
    source = written(tmp_path)
    volume = take(read(source), 1)[0]
    with Worker("fts5", tmp_path / "fts5") as worker:
        built = worker.ask(Build(source, 300))
    with Worker("fts5", tmp_path / "fts5") as worker:
        asked: list[Task] = [Open(QUERY), Search(QUERY, snippets=True)]
        asked += [Memory(), Update(volume, "zqxjk")]
        answers = [worker.ask(task) for task in asked]

    assert all(answer > 0 for answer in (built, *answers))


def test_what_an_engine_cannot_do_is_told(tmp_path: Path) -> None:
    with (
        Worker("fts5", tmp_path / "nowhere") as worker,
        pytest.raises(WorkerError, match="fts5 failed: OperationalError"),
    ):
        worker.ask(Open(QUERY))
