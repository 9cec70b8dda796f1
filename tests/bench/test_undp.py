"""The corpus of real pages: written whole, with a vocabulary that covers it."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bench.undp import COLUMNS, DEFAULT_SOURCE, write
from engine import vocabulary

ROW: dict[str, object] = {
    "id": "Rivers_&_roofs",
    "title": "Rivers & <roofs>",
    "type": "learningplan",
    "source": "",
    "year": "2023",
    "date": "",
    "country": ["Bonaire; Saba", "Kenya"],
    "sdgs": ["13. Climate action", "2. Zero hunger"],
    "lang": "en",
    "text": '## What & why\nA "dry" <script>roof</script>\x00 leaks.\n\nSecond <b>part.',
}


def _source(folder: Path, *rows: dict[str, object]) -> Path:
    source = folder / "pages.jsonl.gz"
    with gzip.open(source, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return source


def _manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_markup_in_a_text_stays_text(tmp_path: Path) -> None:
    write(_source(tmp_path, dict(ROW)), tmp_path, 10)
    page = BeautifulSoup((tmp_path / "pages/rivers-roofs.html").read_bytes(), "lxml")

    assert [(part.name, part.get_text()) for part in page.find_all(["title", "h1", "h2", "p"])] == [
        ("title", "Rivers & <roofs>"),
        ("h1", "Rivers & <roofs>"),
        ("h2", "What & why"),
        ("p", 'A "dry" <script>roof</script>  leaks.'),
        ("p", "Second <b>part."),
    ]


def test_a_day_in_words_gives_its_year(tmp_path: Path) -> None:
    days = ("28 DE AGOSTO DE 2024", "2024-08-28T10:00")
    rows = [{**ROW, "id": str(at), "date": day, "year": "2024"} for at, day in enumerate(days)]
    write(_source(tmp_path, *rows), tmp_path, 10)

    assert [row["date"] for row in _manifest(tmp_path)] == ["2024", "2024-08-28"]


def test_the_manifest_has_slugs_and_one_value_a_country(tmp_path: Path) -> None:
    write(_source(tmp_path, dict(ROW)), tmp_path, 10)

    assert _manifest(tmp_path) == [
        {
            "id": "rivers-roofs",
            "file": "pages/rivers-roofs.html",
            "url": "",
            "title": "Rivers & <roofs>",
            "date": "2023",
            "type": "learningplan",
            "clusters": "climate-action;zero-hunger",
            "countries": "Bonaire, Saba;Kenya",
            "cities": "",
            "partners": "UNDP",
            "language": "en",
            "summary": "",
        }
    ]


def test_pages_without_id_or_text_are_left_out(tmp_path: Path) -> None:
    without_id: dict[str, object] = {**ROW, "id": ""}
    without_text: dict[str, object] = {**ROW, "id": "empty", "text": " "}

    assert (
        write(_source(tmp_path, dict(ROW), without_id, without_text, dict(ROW)), tmp_path, 10) == 1
    )


@pytest.mark.skipif(not DEFAULT_SOURCE.exists(), reason="../shared/data is not here")
def test_the_vocabulary_covers_real_pages(tmp_path: Path) -> None:
    written = write(DEFAULT_SOURCE, tmp_path, 40)
    rows = _manifest(tmp_path)
    allowed = vocabulary.load(tmp_path / "vocabulary.toml")

    assert written == len(rows) == len({row["id"] for row in rows}) == 40
    assert tuple(rows[0]) == COLUMNS
    assert all((tmp_path / row["file"]).read_text("utf-8") for row in rows)
    assert {row["type"] for row in rows} <= set(allowed.types)
    assert {c for row in rows for c in row["clusters"].split(";") if c} <= set(allowed.clusters)


@pytest.mark.skipif(not DEFAULT_SOURCE.exists(), reason="../shared/data is not here")
def test_every_facet_link_of_an_index_of_real_pages_is_right(tmp_path: Path) -> None:
    write(DEFAULT_SOURCE, tmp_path / "corpus", 12)
    index = ("--engine", f"whoosh:{tmp_path / 'index'}")
    store = ("--store", str(tmp_path / "store.sqlite"))

    built = _cities_index("build", str(tmp_path / "corpus"), *index, *store)
    checked = _cities_index("check", *index)

    assert (built.returncode, checked.returncode) == (0, 0), built.stderr + checked.stderr
    assert "12 written, 0 removed, 0 skipped" in built.stdout + built.stderr
    assert "searches are right" in checked.stdout


def _cities_index(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("cities-index")
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=120
    )
