"""A writer may stop at any instant: the old generation or the new one is there, and whole."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.errors import NoIndexError
from tests.embedded.plain_index import read, store_in, write

KILLS = 20


def state_in(folder: Path) -> int | None:
    try:
        return read(store_in(folder))
    except NoIndexError:
        return None


@pytest.mark.parametrize(
    ("before", "options"),
    [
        pytest.param(0, ["fresh", "losing"], id="first build, power lost"),
        pytest.param(1, ["losing"], id="first update, power lost"),
        pytest.param(4, [], id="update, process killed"),
        pytest.param(4, ["losing"], id="update, power lost"),
        pytest.param(4, ["sharing", "losing"], id="update of large files, power lost"),
        pytest.param(4, ["fresh", "losing"], id="new build, power lost"),
    ],
)
def test_a_crash_leaves_the_old_or_the_new_generation(
    tmp_path: Path, no_waiting: None, before: int, options: list[str]
) -> None:
    start, out = tmp_path / "start", tmp_path / "out"
    start.mkdir()
    for earlier in range(before):
        write(store_in(start), earlier)
    old, new = (before - 1 if before else None), before
    command = [sys.executable, "-m", "tests.embedded.crashes", str(start), str(out), str(new)]
    subprocess.run([*command, *options], check=True, timeout=60)

    folders = sorted(out.iterdir(), key=lambda folder: int(folder.name))
    states = [state_in(folder) for folder in folders]
    # There are crash points on both sides of the one instant at which the new one is published.
    assert len(states) > 20
    published = states.index(new)
    assert states == [old] * published + [new] * (len(states) - published)
    assert published > 0
    for folder, state in zip(folders, states, strict=True):
        assert old is None or store_in(folder).faults() == ()
        after = 0 if state is None else state + 1
        write(store_in(folder), after)
        assert read(store_in(folder)) == after
        assert not [path.name for path in folder.iterdir() if path.suffix == ".part"]
        assert store_in(folder).faults() == ()


def test_a_killed_writer_loses_nothing_that_it_published(tmp_path: Path) -> None:
    write(store_in(tmp_path), 0)
    instants = random.Random(7)
    after = 0
    for _ in range(KILLS):
        before = read(store_in(tmp_path))
        with subprocess.Popen(
            [sys.executable, "-m", "tests.embedded.endless", tmp_path],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout
            published = [int(writer.stdout.readline())]
            time.sleep(instants.uniform(0, 0.05))
            writer.kill()
            published += map(int, writer.stdout)
        after = read(store_in(tmp_path))
        assert published == list(range(before + 1, published[-1] + 1))
        assert after - published[-1] in (0, 1)
    # The lock of a killed writer is free at once.
    write(store_in(tmp_path, patience=0), after + 1)
    assert read(store_in(tmp_path)) == after + 1
