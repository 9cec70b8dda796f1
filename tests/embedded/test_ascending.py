"""Sets of rows behave as Python's sets and dictionaries do, whichever way is taken."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.embedded import ascending
from engine.embedded.ascending import Floats, Ints, Sets
from engine.embedded.codec.inversion import spread

SIZE = 60
sets = st.sets(st.integers(0, SIZE - 1)).map(sorted)
anything = st.lists(st.integers(0, SIZE - 1))
weighted = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 9))


@pytest.fixture(params=[0, 1, 1_000_000], ids=["searched", "mixed", "dense"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What searching costs: nothing, what it does, or too much."""
    monkeypatch.setattr(ascending, "SEARCHED", ascending.SEARCHED * request.param)
    monkeypatch.setattr(ascending, "SCATTERED", ascending.SCATTERED * request.param)


def ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int32)


def arrays(weights: dict[int, int]) -> tuple[Ints, Floats]:
    return ints(sorted(weights)), np.array([weights[key] for key in sorted(weights)], np.float32)


def test_membership_is_that_of_sets(way: None) -> None:
    @settings(max_examples=60)
    @given(wanted=anything, among=sets)
    def agrees(wanted: list[int], among: list[int]) -> None:
        found = Sets(SIZE).member(ints(wanted), ints(among))
        assert found.tolist() == [number in among for number in wanted]

    agrees()


def test_weights_are_looked_up_as_in_a_dictionary(way: None) -> None:
    reused = Sets(SIZE)
    boosts = np.arange(SIZE, dtype=np.float32)

    @settings(max_examples=60)
    @given(wanted=anything, frequencies=weighted)
    def agrees(wanted: list[int], frequencies: dict[int, int]) -> None:
        found = reused.weights(ints(wanted), *arrays(frequencies), boosts)
        assert found.tolist() == [frequencies.get(number, 0) * number for number in wanted]

    agrees()


def test_weights_of_all_are_found_without_a_search() -> None:
    numbers, frequencies = arrays({1: 2, 5: 3})
    found = Sets(SIZE).weights(numbers, numbers, frequencies, np.full(SIZE, 2, np.float32))
    assert found.tolist() == [4, 6]


def test_a_union_is_that_of_sets(way: None) -> None:
    @settings(max_examples=60)
    @given(parts=st.lists(sets, max_size=4))
    def agrees(parts: list[list[int]]) -> None:
        union = Sets(SIZE).union([ints(part) for part in parts])
        assert union.tolist() == sorted({number for part in parts for number in part})
        assert union.dtype == np.int32

    agrees()


@given(numbers=st.lists(st.integers(0, 9)).map(sorted))
def test_runs_begin_where_another_number_stands_before(numbers: list[int]) -> None:
    found = ascending.first_of_runs(ints(numbers)).tolist()
    assert found == [numbers.index(number) for number in sorted(set(numbers))]


@given(runs=st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 5))))
def test_runs_are_spread_out(runs: list[tuple[int, int]]) -> None:
    found = spread(ints([start for start, _ in runs]), ints([count for _, count in runs]))
    assert found.tolist() == [start + n for start, count in runs for n in range(count)]


def test_threads_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ascending, "SCATTERED", 1_000_000)
    shared = Sets(50_000)

    def look_up(offset: int) -> bool:
        among = np.arange(offset, 50_000, 8, dtype=np.int32)
        wanted = np.arange(50_000, dtype=np.int32)
        frequencies = np.full(len(among), offset + 1, np.float32)
        found = shared.weights(wanted, among, frequencies, np.ones(50_000, np.float32))
        return np.array_equal(found, np.where(wanted % 8 == offset, offset + 1, 0))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look_up, list(range(8)) * 20))
