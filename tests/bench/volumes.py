"""Small documents of our own making for the tests of the measurements."""

import gzip
import json
from pathlib import Path
from random import Random

from bench.passages import Volume
from engine.documents import Document, Passage

SYLLABLES = ("har", "bri", "com", "gar", "lan", "riv", "sol", "tra", "win", "mar", "kit", "bat")


def volume(identity: str, text: str, title: str = "", **facets: str) -> Volume:
    """Return a document with one passage; `cluster`, `country` and `type` may be given."""
    document = Document(
        id=identity,
        file=identity,
        title=title,
        type=facets.get("type", ""),
        clusters=tuple(facets.get("cluster", "").split()),
        countries=tuple(facets.get("country", "").split()),
        date=facets.get("date", ""),
        language="en",
    )
    return Volume(document, (Passage(1, text),))


def written(folder: Path, rows: int = 300) -> Path:
    """Write a file of passages: half of them in documents of three, half alone."""
    random = Random(1)
    source = folder / "passages.jsonl.gz"
    with gzip.open(source, "wt", encoding="utf-8") as out:
        for at in range(rows):
            out.write(json.dumps(_row(at, random)) + "\n")
    return source


def _row(at: int, random: Random) -> dict[str, object]:
    return {
        "id": f"p{at}",
        "doc": f"report {at // 3}" if at % 2 else "",
        "title": _text(random, 6),
        "lang": random.choice(("en", "en", "fr")),
        "source": "Old Harbour Office",
        "type": random.choice(("report", "statistical report/guide")),
        "year": random.choice(("2020", "2021")),
        "country": [random.choice(("Viet Nam", "Kenya"))],
        "sdgs": random.sample(("Zero hunger", "Clean water", "Climate"), 2),
        "text": _text(random, 40),
    }


def _text(random: Random, words: int) -> str:
    """Return words of three syllables: many enough that none is common."""
    return " ".join("".join(random.choices(SYLLABLES, k=3)) for _ in range(words))
