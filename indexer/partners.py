"""Decides which partner organisations a text names: those of tables/partners.tsv, and ministries.

An organisation's value is how it is spoken of in English, most often its abbreviation. A ministry
is called what the text calls it, with its country in brackets; without one it is left out, because
every country has a ministry of health.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from indexer.naming import Names
from indexer.subjects import Occurrence

TABLE = Path(__file__).parent / "tables" / "partners.tsv"
LONGEST = 80
"""Characters of a ministry's name."""

_CAPITAL = r"[A-ZÀ-Þ][\w’'-]+"
_MINISTRY = re.compile(
    r"\b(?:"
    rf"Ministry (?:of|for) (?:the )?{_CAPITAL}(?:(?:,? and|,| of| for| &)? (?:the )?{_CAPITAL})*"
    rf"|Minist[èe]re (?:de |du |des |de la |de l[’'])(?:{_CAPITAL}|[a-zà-ÿ]{{4,}})"
    rf"|Minist[eé]rio d(?:e|el|o|a|os|as|e la) {_CAPITAL}"
    rf"(?:(?:,| y| e)? (?:d\w{{1,2}} )?{_CAPITAL})*"
    r")"
)


def named(texts: Sequence[str], country: str) -> Iterator[Occurrence]:
    """Yield the organisations that the texts of a document name, and the ministries of its
    country, if that is known."""
    for at, text in enumerate(texts):
        for found in _names().find(text):
            yield Occurrence(at, found.values[0])
        for ministry in _MINISTRY.finditer(text) if country else ():
            name = " ".join(ministry[0].split()).removesuffix(f" of {country}")
            if len(name) <= LONGEST:
                yield Occurrence(at, f"{name} ({country})")


def value(written: str) -> str:
    """Return the value of an organisation that a catalogue names, as it is where unknown."""
    found = next(_names().find(written), None)
    return found.values[0] if found and (found.end - found.start) == len(written) else written


def is_one(written: str) -> bool:
    """Tell whether a text is the name of an organisation or a ministry, and nothing else."""
    found = next(_names().find(written), None)
    whole = found is not None and (found.start, found.end) == (0, len(written))
    return whole or _MINISTRY.fullmatch(written) is not None


@cache
def _names() -> Names[str]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    pairs = [(row["partner"], row["partner"]) for row in rows]
    pairs += [(name, row["partner"]) for row in rows for name in row["names"].split("|") if name]
    return Names(pairs)
