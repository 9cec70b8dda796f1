"""A mix of queries made from the titles and texts that are searched: the same every time."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random

from bench.passages import SEED, Volume
from engine.facets import FACETS
from engine.queries import Query

COUNTED = ("cluster", "type", "year", "country", "partner", "language")
"""The facets that everyone counts; of the others the measured passages have no values."""

TICKED = 0.4
"""The share of queries with ticked facets."""
COMMON = 0.1
"""A word that stands in more than this share of passages is left out of words from texts; titles
are asked for as written."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_RUN = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]{3,})+")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def mix(volumes: Sequence[Volume], size: int) -> tuple[Query, ...]:
    """Return this many different queries, each with at least one passage that answers its words.

    The kinds alternate, so that any stretch of them is a mix. Raises ValueError when the texts
    are too few for it.
    """
    random = Random(SEED)
    common = _common(volumes, random)
    kinds = _kinds(volumes, common, random)
    queries: dict[str, Query] = {}
    tries = 0
    while len(queries) < size:
        tries += 1
        if tries > 200 * size:
            raise ValueError(f"The passages are too few for {size} different queries.")
        volume = random.choice(volumes)
        text = kinds[len(queries) % len(kinds)](volume)
        if text and text not in queries:
            filters = _ticked(volume, random) if random.random() < TICKED else {}
            queries[text] = Query(text, filters, match="all")
    return tuple(queries.values())


def facet_values(volume: Volume) -> dict[str, tuple[str, ...]]:
    """Return what a document has for every counted facet."""
    return {
        facet.name: facet.values(volume.document)
        for facet in FACETS
        if facet.values and facet.name in COUNTED
    }


def _common(volumes: Sequence[Volume], random: Random) -> frozenset[str]:
    texts = [random.choice(random.choice(volumes).passages).text for _ in range(2000)]
    counts = Counter(word for text in texts for word in {w.lower() for w in _WORD.findall(text)})
    return frozenset(word for word, times in counts.items() if times > COMMON * len(texts))


def _kinds(
    volumes: Sequence[Volume], common: frozenset[str], random: Random
) -> tuple[Callable[[Volume], str], ...]:
    """Return the kinds of queries, as functions of the document to ask for; an empty text where
    the document does not lend itself to it."""

    def title(words: int) -> Callable[[Volume], str]:
        return lambda volume: _run(_words(volume.document.title), words, random)

    def text(words: int) -> Callable[[Volume], str]:
        return lambda volume: _run(_told(volume, common, random), words, random)

    def phrase(volume: Volume) -> str:
        runs = _RUN.findall(random.choice(volume.passages).text)
        words = _words(random.choice(runs)) if runs else []
        found = _run(words, random.choice((2, 2, 3)), random)
        return f'"{found}"' if found else ""

    def without(volume: Volume) -> str:
        words = _told(volume, common, random)
        others = sorted(set(_told(random.choice(volumes), common, random)) - set(words))
        wanted = _run(words, 2, random)
        return f"{wanted} -{random.choice(others)}" if wanted and others else ""

    def prefix(volume: Volume) -> str:
        words = [word for word in _told(volume, common, random) if len(word) > 6]
        if len(words) < 2:
            return ""
        first, last = random.sample(words, 2)
        return random.choice((f"{first} {last[:5]}*", f"{last[:5]}*"))

    return (
        *(text(1), title(2), text(2), title(3), phrase),
        *(title(1), text(3), without, title(5), text(2)),
        *(text(1), title(2), prefix, title(4), text(3)),
        *(title(1), phrase, title(3), text(4), text(5)),
    )


def _words(text: str) -> list[str]:
    return [] if _SPACELESS.search(text) else [word.lower() for word in _WORD.findall(text)]


def _told(volume: Volume, common: frozenset[str], random: Random) -> list[str]:
    """Return the words of one passage without the commonest."""
    words = _words(random.choice(volume.passages).text)
    return [word for word in words if word not in common]


def _run(words: Sequence[str], length: int, random: Random) -> str:
    if len(words) < length:
        return ""
    start = random.randint(0, len(words) - length)
    return " ".join(words[start : start + length])


def _ticked(volume: Volume, random: Random) -> Mapping[str, tuple[str, ...]]:
    """Return one or two facets with values that the document has."""
    having = [(name, values) for name, values in facet_values(volume).items() if values]
    chosen = random.sample(having, min(len(having), random.choice((1, 1, 2))))
    return {name: values[: random.choice((1, 2))] for name, values in chosen}
