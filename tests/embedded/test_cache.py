"""The cache keeps to its budget and to what was used last."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from engine.embedded.cache import ByteCache


@dataclass(frozen=True, slots=True)
class Text:
    """A text that takes a byte a letter."""

    text: str

    @property
    def nbytes(self) -> int:
        return len(self.text)


class Maker:
    """Makes texts, and counts how often."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def __call__(self, key: str) -> Text:
        self.made[key] += 1
        return Text(key)


def test_a_value_is_made_once() -> None:
    cache, make = ByteCache[str, Text](10), Maker()
    assert [cache.get("ab", make) for _ in range(3)] == [Text("ab")] * 3
    assert make.made == {"ab": 1}


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache, make = ByteCache[str, Text](4), Maker()
    for key in ("aa", "bb", "aa", "cc", "aa", "cc", "bb"):
        assert cache.get(key, make) == Text(key)
    assert make.made == {"aa": 1, "bb": 2, "cc": 1}


def test_a_value_above_the_budget_is_kept_until_the_next() -> None:
    cache, make = ByteCache[str, Text](3), Maker()
    for key in ("large", "large", "a", "b", "large"):
        assert cache.get(key, make) == Text(key)
    assert make.made == {"large": 2, "a": 1, "b": 1}


def test_threads_get_what_belongs_to_their_key() -> None:
    cache, keys = ByteCache[str, Text](5), [str(number % 7) for number in range(2_000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda key: cache.get(key, Text), keys))
    assert found == [Text(key) for key in keys]
    # The sizes were counted right: all the room is still there.
    make = Maker()
    for key in "abcdeabcde":
        cache.get(key, make)
    assert make.made == dict.fromkeys("abcde", 1)
