"""The documents that speed is measured on: real passages, recombined where more are wanted.

Reads `passages.jsonl.gz`, one passage a line, and writes nothing.
"""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from random import Random
from typing import Any

from engine.documents import Coverage, Document, Passage
from engine.vocabulary import Vocabulary, parse

DEFAULT_SOURCE = Path(__file__).parents[2] / "shared/data/scale/passages.jsonl.gz"
SEED = "cities"


@dataclass(frozen=True, slots=True)
class Volume:
    """A document with its passages, as every engine is given it."""

    document: Document
    passages: tuple[Passage, ...]


def read(source: Path) -> list[Volume]:
    """Return all documents of a file of passages. A passage of no document is one of its own."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.setdefault(row["doc"] or row["id"], []).append(row)
    return [_volume(f"d{at}", key, found) for at, (key, found) in enumerate(rows.items())]


def take(volumes: Sequence[Volume], passages: int) -> list[Volume]:
    """Return documents with exactly this many passages in all, the same ones every time.

    They come in one shuffled order, so a smaller number is the beginning of a larger one. Beyond
    the real ones come recombined ones, as many times over as it takes.
    """
    order = list(volumes)
    Random(SEED).shuffle(order)
    copies = chain.from_iterable(_recombined(order, turn) for turn in count(1))
    taken: list[Volume] = []
    missing = passages
    for volume in chain(order, copies):
        if missing <= 0:
            break
        taken.append(replace(volume, passages=volume.passages[:missing]))
        missing -= len(taken[-1].passages)
    return taken


def vocabulary(volumes: Sequence[Volume]) -> Vocabulary:
    """Return a vocabulary of the clusters and types that occur."""
    clusters = {slug for volume in volumes for slug in volume.document.clusters}
    types = {volume.document.type for volume in volumes if volume.document.type}
    return parse("\n".join([*_terms("clusters", clusters), *_terms("types", types)]))


def slug(text: str) -> str:
    """Return a text as lower-case letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _volume(identity: str, key: str, rows: Sequence[Mapping[str, Any]]) -> Volume:
    first = rows[0]
    passages = tuple(Passage(row.get("page", 1), row["text"], language=row["lang"]) for row in rows)
    document = Document(
        id=identity,
        file=key,
        title=first["title"],
        type=slug(first["type"]),
        clusters=_slugs(first.get("sdgs", [])),
        countries=_slugs(first.get("country", [])),
        partners=_slugs([first["source"]]),
        date=first.get("year", ""),
        language=first["lang"],
        coverage=Coverage(max(passage.page for passage in passages)),
    )
    return Volume(document, passages)


def _slugs(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in values if (found := slug(value))))


def _recombined(volumes: Sequence[Volume], turn: int) -> Iterator[Volume]:
    """Yield every document once more, with its facets, in words that no document has together:
    half of each passage and title is its own, half another's of the same language."""
    random = Random(f"{SEED} {turn}")
    texts: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for volume in volumes:
        titles.setdefault(volume.document.language, []).append(volume.document.title)
        for passage in volume.passages:
            texts.setdefault(passage.language, []).append(passage.text)
    for volume in volumes:
        document = volume.document
        title = _mixed(document.title, random.choice(titles[document.language]), random)
        yield Volume(
            replace(document, id=f"{document.id}-{turn}", title=title),
            tuple(
                replace(p, text=_mixed(p.text, random.choice(texts[p.language]), random))
                for p in volume.passages
            ),
        )


def _mixed(own: str, other: str, random: Random) -> str:
    """Return as many words as `own` has: a run of its own, then a run of the other's."""
    kept, added = own.split(), other.split()
    half = len(kept) // 2
    start = random.randint(0, half)
    at = random.randint(0, max(0, len(added) - half))
    return " ".join([*kept[start : start + len(kept) - half], *added[at : at + half]])


def _terms(table: str, slugs: set[str]) -> Iterator[str]:
    """Yield the lines of TOML that allow these slugs."""
    for slug in sorted(slugs):
        label = slug.replace("-", " ").capitalize()
        yield f'[{table}.{slug}]\nlabels = {{en = "{label}"}}'
