"""A corpus of real pages: a UN knowledge site with its published facets, a manifest and a
vocabulary of its own. Text is written as text; no markup of the source survives."""

import csv
import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random

from bench.passages import SEED, slug

DEFAULT_SOURCE = Path(__file__).parents[2] / "shared/data/news/undp_commons.jsonl.gz"
COLUMNS = (
    *("id", "file", "url", "title", "date", "type"),
    *("clusters", "countries", "cities", "partners", "language", "summary"),
)

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GOAL_NUMBER = re.compile(r"^\d+\. ")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site; `goals` and `type` are labels as the site shows them."""

    id: str
    url: str
    title: str
    date: str
    type: str
    goals: tuple[str, ...]
    countries: tuple[str, ...]
    language: str
    text: str


def write(source: Path, folder: Path, pages: int) -> int:
    """Write this many pages, the same ones every time, and return how many there were."""
    found = _pages(source)
    chosen = sorted(Random(SEED).sample(found, min(pages, len(found))), key=lambda page: page.id)
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    for page in chosen:
        (folder / _file(page)).write_text(html(page), encoding="utf-8")
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        manifest = csv.writer(out)
        manifest.writerow(COLUMNS)
        manifest.writerows(_row(page) for page in chosen)
    (folder / "vocabulary.toml").write_text(vocabulary(chosen), encoding="utf-8")
    return len(chosen)


def html(page: Page) -> str:
    """Return a page as HTML: headings where the text has them, else paragraphs."""
    parts = (part.strip() for part in re.split(r"\n\s*\n|(?<=\n)(?=#)", page.text))
    body = "\n".join(_block(part) for part in parts if part)
    return (
        f'<!doctype html>\n<html lang="{escape(page.language)}">\n<head><meta charset="utf-8">'
        f"<title>{escape(page.title)}</title></head>\n<body>\n<main>\n<h1>{escape(page.title)}</h1>"
        f"\n{body}\n</main>\n</body>\n</html>\n"
    )


def vocabulary(pages: Sequence[Page]) -> str:
    """Return the vocabulary of these pages' goals and types, in TOML."""
    goals = _labels(goal for page in pages for goal in page.goals)
    types = _labels(page.type for page in pages)
    tables = [("clusters", goals), ("types", types)]
    return "\n".join(
        f"[{table}.{key}]\nlabels = {{en = {json.dumps(label, ensure_ascii=False)}}}\n"
        for table, labels in tables
        for key, label in labels.items()
    )


def _pages(source: Path) -> list[Page]:
    """Return the pages that have a text, each with an id of its own."""
    pages: dict[str, Page] = {}
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            key = slug(row["id"])[:80].strip("-")
            if key and key not in pages and row["text"].strip():
                pages[key] = _page(key, row)
    return list(pages.values())


def _page(key: str, row: Mapping[str, str | list[str]]) -> Page:
    return Page(
        id=key,
        url=_one(row["source"]) if _one(row["source"]).startswith("http") else "",
        title=" ".join(_one(row["title"]).split()) or key,
        date=_date(_one(row["date"]), _one(row["year"])),
        type=_one(row["type"]),
        goals=tuple(_GOAL_NUMBER.sub("", _plain(goal)) for goal in row["sdgs"]),
        countries=tuple(_plain(country) for country in row["country"]),
        language=_one(row["lang"]),
        text=_one(row["text"]),
    )


def _date(day: str, year: str) -> str:
    """Return the day where it stands in digits, else the year; some pages spell out the month."""
    return found[0] if (found := _DAY.match(day)) else year


def _one(value: str | list[str]) -> str:
    return _CONTROLS.sub(" ", value) if isinstance(value, str) else ""


def _plain(value: str) -> str:
    """Return a value on one line, without the manifest's separator."""
    return " ".join(_CONTROLS.sub(" ", value).replace(";", ",").split())


def _file(page: Page) -> str:
    return f"pages/{page.id}.html"


def _row(page: Page) -> Sequence[str]:
    clusters = ";".join(dict.fromkeys(slug(goal) for goal in page.goals))
    countries = ";".join(dict.fromkeys(page.countries))
    return (
        *(page.id, _file(page), page.url, page.title, page.date, slug(page.type)),
        *(clusters, countries, "", "UNDP", page.language, ""),
    )


def _block(part: str) -> str:
    heading, _, rest = part.partition("\n")
    marks = len(heading) - len(heading.lstrip("#"))
    if not marks:
        return f"<p>{escape(part)}</p>"
    level = min(max(marks, 2), 6)
    title = f"<h{level}>{escape(heading[marks:].strip())}</h{level}>"
    return f"{title}\n<p>{escape(rest.strip())}</p>" if rest.strip() else title


def _labels(values: Iterable[str]) -> dict[str, str]:
    """Return labels by slug; a slug has digits or letters and hyphens only, so it is a TOML key."""
    return {slug(value): value[:1].upper() + value[1:] for value in sorted(set(values)) if value}
