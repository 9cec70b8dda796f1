"""How well news pages are read, beside trafilatura, on three collections of pages whose text,
title, author and date people have written down.

Both are handed the same bytes in the same run: ours through its confined children, trafilatura as
its manual says for articles, without the comments of readers. Every second page of a collection,
by name, is *seen*: rules were made while looking at those. The others are *unseen*.
"""

import json
import re
import sys
import tarfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import click
import trafilatura
from bs4 import BeautifulSoup
from trafilatura.settings import Document

from indexer.readers import read_all
from indexer.readings import Reading

COLLECTIONS = ("articles", "phrases", "readability")
HALVES = ("all", "seen", "unseen")
NAMES = ("ours", "trafilatura")

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
"""A Han character is a word of its own."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PARTED = re.compile(r"\s+(?:[|–—·•«»>:/-]|::)+\s+|[|»]|_(?=[^_]+$)|:\s")
_BY = frozenset(
    {
        *("by", "von", "par", "por", "di", "de", "da", "от", "作者", "文"),
        *("author", "autor", "auteur", "und", "and", "et", "y", "e"),
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """What people found on a page; empty where they did not look. `with_` are phrases of its main
    text, `without` phrases of the page that are not."""

    path: Path
    body: str = ""
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    title: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reader took out of a page."""

    body: str = ""
    title: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure of a half of a collection: how much was counted, and the share that each reader
    had right, by its name."""

    collection: str
    half: str
    measure: str
    count: int
    shares: Mapping[str, float]


def measure(folder: Path) -> list[Score]:
    """Read all pages of the archives in a folder with both readers. Raises OSError."""
    scores = []
    for name in COLLECTIONS:
        with TemporaryDirectory() as unpacked:
            with tarfile.open(folder / f"{name}.tar.xz") as archive:
                archive.extractall(unpacked, filter="data")
            known = sorted(_KNOWN[name](Path(unpacked)), key=lambda page: page.path)
            taken = {"ours": _ours(known), "trafilatura": _trafilatura(known)}
        halves = dict(zip(HALVES, (slice(None), slice(0, None, 2), slice(1, None, 2)), strict=True))
        for half, part in halves.items():
            parts = {reader: pages[part] for reader, pages in taken.items()}
            scores += _scores(name, half, known[part], parts)
    return scores


def as_json(scores: Sequence[Score]) -> str:
    """Return the scores as one JSON object."""
    found = [
        {"collection": one.collection, "half": one.half, "measure": one.measure, "n": one.count}
        | {name: round(share, 4) for name, share in one.shares.items()}
        for one in scores
    ]
    return json.dumps({"scores": found})


def as_text(scores: Sequence[Score]) -> str:
    """Return the scores as a table for people."""
    rows = [f"{'collection':12} {'pages':7} {'measure':8} {'n':>5} {'ours':>7} {'trafilatura':>12}"]
    for one in scores:
        ours, theirs = (one.shares[name] for name in NAMES)
        rows.append(
            f"{one.collection:12} {one.half:7} {one.measure:8} {one.count:5} "
            f"{ours:7.1%} {theirs:12.1%}"
        )
    return "\n".join(rows)


def _scores(
    collection: str, half: str, known: Sequence[Known], taken: Mapping[str, Sequence[Taken]]
) -> list[Score]:
    """Return a score for each measure whose answers are known of some page."""
    found = []
    for name, of in _MEASURES.items():
        marks = {
            reader: [
                mark for page, read in zip(known, pages, strict=True) for mark in of(page, read)
            ]
            for reader, pages in taken.items()
        }
        count = len(marks["ours"])
        if count:
            shares = {reader: fmean(given) for reader, given in marks.items()}
            found.append(Score(collection, half, name, count, shares))
    return found


def _body(known: Known, taken: Taken) -> list[float]:
    return [likeness(taken.body, known.body)] if known.body else []


def _phrases(known: Known, taken: Taken) -> list[float]:
    body = _line(taken.body)
    right = [_line(phrase) in body for phrase in known.with_]
    return [float(mark) for mark in [*right, *(_line(one) not in body for one in known.without)]]


def _title(known: Known, taken: Taken) -> list[float]:
    return [float(same_title(taken.title, known.title))] if known.title else []


def _author(known: Known, taken: Taken) -> list[float]:
    return [float(same_author(taken.author, known.author))] if known.author else []


def _date(known: Known, taken: Taken) -> list[float]:
    return [float(taken.date == known.date)] if known.date else []


_MEASURES: Mapping[str, Callable[[Known, Taken], list[float]]] = {
    "F1": _body,
    "phrases": _phrases,
    "title": _title,
    "author": _author,
    "date": _date,
}


def likeness(found: str, known: str) -> float:
    """Return the harmonic mean of precision and recall of words, counted as often as they stand
    there."""
    ours, theirs = (Counter(_words(text)) for text in (found, known))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def same_title(found: str, known: str) -> bool:
    """Tell whether two titles say the same, but for case, space, punctuation, and the name of the
    site before or after one of them."""
    first, second = _words(found), _words(known)
    if not first or not second:
        return False
    return first in _less(known) or second in _less(found)


def same_author(found: str, known: str) -> bool:
    """Tell whether two bylines name the same people, in any order."""
    ours, theirs = (set(_words(text)) - _BY for text in (found, known))
    return bool(ours) and ours == theirs


def _less(title: str) -> list[list[str]]:
    """Return the words of a title, and those without what stands before its first or after its
    last mark of parting."""
    marks = list(_PARTED.finditer(title))
    shorter = [title[: marks[-1].start()], title[marks[0].end() :]] if marks else []
    return [_words(part) for part in (title, *shorter)]


def _words(text: str) -> list[str]:
    return _WORD.findall(_line(text).casefold())


def _line(text: str) -> str:
    """Return a text in one line, composed, without marks that are not seen."""
    return " ".join(unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).split())


def _articles(folder: Path) -> list[Known]:
    (truth,) = folder.rglob("ground-truth.json")
    return [
        Known(truth.parent / "html" / f"{name}.html", body=entry["articleBody"])
        for name, entry in json.loads(truth.read_text("utf-8")).items()
    ]


def _of_phrases(folder: Path) -> list[Known]:
    (truth,) = folder.rglob("evaldata.json")
    return [
        Known(
            truth.parent / "html" / entry["file"],
            with_=tuple(entry["with"]),
            without=tuple(entry["without"]),
            title=entry.get("title") or "",
            author=_authors(entry.get("author")),
            date=entry.get("date") or "",
        )
        for entry in json.loads(truth.read_text("utf-8")).values()
    ]


def _authors(written: object) -> str:
    return ", ".join(map(str, written)) if isinstance(written, list) else str(written or "")


def _readability(folder: Path) -> list[Known]:
    found = []
    for truth in folder.rglob("expected-metadata.json"):
        entry = json.loads(truth.read_text("utf-8"))
        expected = BeautifulSoup((truth.parent / "expected.html").read_bytes(), "lxml")
        found.append(
            Known(
                truth.parent / "source.html",
                body=expected.get_text(" "),
                title=entry.get("title") or "",
                author=entry.get("byline") or "",
                date=(entry.get("publishedTime") or "")[:10],
            )
        )
    return found


_KNOWN: Mapping[str, Callable[[Path], list[Known]]] = {
    "articles": _articles,
    "phrases": _of_phrases,
    "readability": _readability,
}


def _ours(known: Sequence[Known]) -> list[Taken]:
    files = [page.path for page in known]
    found = read_all(files, lambda _: None, lambda *_: None)
    with click.progressbar(found, len(files), "ours", file=sys.stderr) as bar:
        readings = dict(bar)
    return [_taken(readings[file]) for file in files]


def _taken(reading: Reading) -> Taken:
    about = reading.about
    body = "\n".join(block.text for page in reading.pages for block in page.blocks)
    return _untitled(Taken(body, about.title, about.author, about.date))


def _trafilatura(known: Sequence[Known]) -> list[Taken]:
    with click.progressbar(known, label="trafilatura", file=sys.stderr) as bar:
        return [_by_trafilatura(page.path) for page in bar]


def _by_trafilatura(path: Path) -> Taken:
    found = trafilatura.bare_extraction(
        path.read_bytes(), include_comments=False, with_metadata=True
    )
    if not isinstance(found, Document):
        return Taken()
    fields = found.as_dict()
    return _untitled(
        Taken(*(str(fields[name] or "") for name in ("text", "title", "author", "date")))
    )


def _untitled(taken: Taken) -> Taken:
    """Leave the title out of the body: it is measured by itself, and stands there for one reader
    and not for the other."""
    title = _words(taken.title)
    lines = taken.body.splitlines()
    return replace(taken, body="\n".join(line for line in lines if _words(line) != title))
