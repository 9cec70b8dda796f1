"""How fast and how completely files are read, beside stock pdfminer.six and pdftotext.

Ours reads in its confined children, one for each core, with nothing kept from a run before; the
others read file after file, each file once, pdfminer.six in one process for all. Ours reads all
files several times, between parts of what pdfminer.six reads, so that what else the machine does
weighs on both; the median counts.
"""

import json
import logging
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
from pdfminer.high_level import extract_text

from indexer.readers import read_all
from indexer.readings import Page, Reading
from indexer.running import without_running

MOST_PAGES = 0.5
"""A line that stands on more than this share of a file's pages is left out on both sides."""
ROUNDS = 3
PATIENCE = 600
"""Seconds for pdftotext to read one file."""

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
"""A Han character is a word of its own, because the lines of a page part them anywhere."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class PeerError(Exception):
    """A peer cannot be measured; the message says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured; `word_recall` is the share of pdftotext's distinct words of a page that
    ours has, over all pages that ours could read."""

    files: int
    pages: int
    pages_read: int
    pages_per_second: Mapping[str, float]
    word_recall: float


def measure(folder: Path) -> Found:
    """Read all PDF files of a folder with each reader. Raises PeerError."""
    if not shutil.which("pdftotext"):
        raise PeerError("pdftotext is not there; it comes with poppler-utils.")
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    if not files:
        raise PeerError(f"There is no PDF file in {folder}.")
    rounds, pdfminer = [], 0.0
    for at in range(ROUNDS):
        ours, seconds = _ours(files)
        rounds.append(seconds)
        pdfminer += _pdfminer(files[at::ROUNDS])
    texts, pdftotext = _pdftotext(files)
    taken = {"ours": median(rounds), "pdfminer": pdfminer, "pdftotext": pdftotext}
    pages = [page for reading in ours.values() for page in reading.pages]
    has, of = map(sum, zip(*(shared(ours[file], texts[file]) for file in files), strict=True))
    return Found(
        len(files),
        len(pages),
        sum(not page.reason for page in pages),
        {name: len(pages) / seconds for name, seconds in taken.items()},
        has / of if of else 0.0,
    )


def as_json(found: Found) -> str:
    """Return what was measured as one JSON object."""
    rates = {name: round(rate, 1) for name, rate in found.pages_per_second.items()}
    return json.dumps(
        {
            "files": found.files,
            "pages": found.pages,
            "pages_read": found.pages_read,
            "pages_per_second": rates,
            "word_recall": round(found.word_recall, 4),
        }
    )


def as_text(found: Found) -> str:
    """Return what was measured as lines for people."""
    ours, stock = found.pages_per_second["ours"], found.pages_per_second["pdfminer"]
    return "\n".join(
        [
            f"{found.pages_read:,} of {found.pages:,} pages read, in {found.files:,} files.",
            *(f"{name:>10}: {rate:8,.1f} pages/s" for name, rate in found.pages_per_second.items()),
            f"Ours is {ours / stock:.1f} times as fast as stock pdfminer.six.",
            f"Of pdftotext's words ours has {found.word_recall:.1%}.",
        ]
    )


def shared(reading: Reading, theirs: Sequence[str]) -> tuple[int, int]:
    """Return how many distinct words of pdftotext's pages ours has, and how many there are."""
    blocks = [_lines(page) for page in without_running(reading.pages)]
    known = list(zip(_words(blocks), _words([text.splitlines() for text in theirs]), strict=False))
    read = [pair for page, pair in zip(reading.pages, known, strict=False) if not page.reason]
    return sum(len(our & their) for our, their in read), sum(len(their) for _, their in read)


def _lines(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


def _words(pages: Sequence[Sequence[str]]) -> list[set[str]]:
    """Return the distinct words of each page, without the lines that repeat on most pages."""
    plain = [[_plain(line) for line in page] for page in pages]
    counts = Counter(line for page in plain for line in set(page))
    repeated = {line for line, count in counts.items() if count > max(1, MOST_PAGES * len(pages))}
    return [
        {word for line in page if line not in repeated for word in _WORD.findall(line)}
        for page in plain
    ]


def _plain(line: str) -> str:
    """Return a line in small letters, composed, without marks that are not seen."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", line)).casefold().strip()


def _ours(files: Sequence[Path]) -> tuple[dict[Path, Reading], float]:
    began = time.perf_counter()
    found = read_all(files, lambda _: None, lambda *_: None)
    with click.progressbar(found, len(files), "ours", file=sys.stderr) as bar:
        readings = dict(bar)
    return readings, time.perf_counter() - began


def _pdfminer(files: Iterable[Path]) -> float:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    seconds = 0.0
    with click.progressbar(list(files), label="pdfminer.six", file=sys.stderr) as bar:
        for file in bar:
            began = time.perf_counter()
            try:
                extract_text(file)
            except Exception as error:
                raise PeerError(f"pdfminer.six cannot read {file.name}: {error}.") from error
            seconds += time.perf_counter() - began
    return seconds


def _pdftotext(files: Sequence[Path]) -> tuple[dict[Path, list[str]], float]:
    """Return the text of each page, and the seconds that all files took."""
    texts = {}
    seconds = 0.0
    with click.progressbar(files, label="pdftotext", file=sys.stderr) as bar:
        for file in bar:
            began = time.perf_counter()
            done = subprocess.run(
                ["pdftotext", "-q", str(file), "-"],
                capture_output=True,
                check=False,
                timeout=PATIENCE,
            )
            seconds += time.perf_counter() - began
            texts[file] = done.stdout.decode("utf-8", "replace").split("\f")
    return texts, seconds
