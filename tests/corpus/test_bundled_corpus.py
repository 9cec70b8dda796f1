"""The bundled corpus keeps its promises: true to its page, marked where invented, readable."""

import csv
import datetime
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextBox

from engine.vocabulary import load

CORPUS = Path(__file__).parents[2] / "corpus"
LANGUAGES = {"en", "fr", "es", "ar", "zh", "ru"}
COLUMNS = [
    "id",
    "file",
    "url",
    "title",
    "date",
    "type",
    "clusters",
    "countries",
    "cities",
    "partners",
    "language",
    "summary",
    "demonstration",
    "note",
]

# Title, date, type, clusters, countries and cities as the project's page gives them.
PRODUCTS = [
    (
        "Spotlighting: Cities and Other Sub-National COVID-19 Responses for SSTC"
        " (UNOSSC-UNDRR, 2022)",
        ("2022-05-06", "spotlight", "drr", "", ""),
    ),
    (
        "Training Report: Cross-border E-commerce & Digital Innovation",
        ("2021-04-30", "training-report", "e-commerce", "", ""),
    ),
    (
        "Cities Project 2020 Highlights",
        ("2021-04-21", "highlights", "", "", ""),
    ),
    (
        "Training Report: Travel South over Cloud",
        ("2021-04-21", "training-report", "tourism", "", ""),
    ),
    (
        "City-to-City Partnership on Waste Management between Koidu, Sierra Leone,"
        " & Kushtia, Bangladesh",
        ("2022-05-10", "news", "waste", "Sierra Leone;Bangladesh", "Koidu;Kushtia"),
    ),
    (
        "Cities Pilot Initiative Launch: Advancing Youth Volunteerism through SSTC in the Context"
        " of COVID-19 Response and Recovery in Banjul, the Gambia",
        ("2022-04-29", "news", "covid-19", "The Gambia", "Banjul"),
    ),
    (
        "Shenzhen, China and Banjul, the Gambia Exchanges on Youth Volunteerism and Digital"
        " Platforms",
        ("2022-04-20", "news", "", "China;The Gambia", "Shenzhen;Banjul"),
    ),
    (
        "Cities in Hunan, China, and Karnali, Nepal exchange Agricultural Practices for Poverty"
        " Reduction",
        ("2022-04-18", "news", "agriculture", "China;Nepal", "Hunan;Karnali"),
    ),
    (
        "Mexico City and Luoyang Seek Cooperation in Sustainable Tourism & other Development Areas",
        ("2022-03-08", "news", "", "Mexico;China", "Mexico City;Luoyang"),
    ),
    (
        "Ghana National Film Authority, Nanjing City and Shenzhen City of China explore South-South"
        " cooperation in creative industry",
        ("2022-02-01", "news", "tourism", "Ghana;China", "Nanjing;Shenzhen"),
    ),
    (
        "Fujian Provincial Association Donates 150,000 Non-surgical Masks to Koidu, Sierra Leone",
        ("2021-12-13", "news", "covid-19", "Sierra Leone", "Koidu"),
    ),
    (
        "Consultative Workshop on Advancing Sustainable Agriculture Value Chain in Nepal",
        ("2021-11-18", "news", "", "Nepal", "Khajura"),
    ),
]

DEMONSTRATION_MARKS = {
    "en": "Demonstration document · invented cities",
    "fr": "Document de démonstration · villes inventées",
    "es": "Documento de demostración · ciudades inventadas",
    # pdfminer.six gives Arabic as it is drawn: shaped letters, from the left.
    "ar": "ﺔﻠﻴﺨﺘﻣ نﺪﻣ · ﺔﻴﺤﻴﺿﻮﺗ ﺔﻘﻴﺛو",
    "zh": "演示文件 · 城市均为虚构",
    "ru": "Демонстрационный документ · вымышленные города",
}
SCANNED_PAGES = {"flood-early-warning": [10]}


def _rows() -> list[dict[str, str]]:
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _rows()
SUMMARIES = [row for row in ROWS if not row["demonstration"]]
DEMONSTRATIONS = [row for row in ROWS if row["demonstration"]]


def _pages(row: dict[str, str]) -> list[str]:
    return _text(row["file"]).split("\f")[:-1]


@cache
def _text(file: str) -> str:
    return extract_text(CORPUS / file)


def test_the_manifest_has_its_columns_and_no_id_twice() -> None:
    assert list(ROWS[0]) == COLUMNS
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {row["demonstration"] for row in ROWS} == {"", "yes"}
    assert all(row["title"] and row["summary"] and row["note"] for row in ROWS)


def test_every_product_has_its_file_and_every_file_its_product() -> None:
    found = {
        path.relative_to(CORPUS).as_posix()
        for folder in ("summaries", "demonstration")
        for path in (CORPUS / folder).iterdir()
    }
    assert found == {row["file"] for row in ROWS}


def test_every_pdf_has_its_source() -> None:
    sources = {
        path.relative_to(CORPUS / "sources").with_suffix(".pdf").as_posix()
        for path in CORPUS.glob("sources/*/*.html")
    }
    assert sources == {row["file"] for row in ROWS if row["file"].endswith(".pdf")}


def test_clusters_and_types_are_slugs_of_the_vocabulary() -> None:
    vocabulary = load(CORPUS / "vocabulary.toml")
    clusters = {slug for row in ROWS for slug in row["clusters"].split(";") if slug}
    assert clusters == set(vocabulary.clusters)
    assert {row["type"] for row in ROWS} <= set(vocabulary.types)


def test_the_vocabulary_has_the_agreed_terms_in_six_languages() -> None:
    vocabulary = load(CORPUS / "vocabulary.toml")
    assert set(vocabulary.clusters) == {
        *("agriculture", "covid-19", "drr", "e-commerce", "tourism", "waste")
    }
    assert set(vocabulary.types) == {
        *("training-report", "highlights", "spotlight", "publication", "news", "pilot")
    }
    for term in (*vocabulary.clusters.values(), *vocabulary.types.values()):
        assert set(term.labels) == LANGUAGES
        assert all(label.strip() for label in term.labels.values())


def test_no_label_or_alias_means_two_terms() -> None:
    vocabulary = load(CORPUS / "vocabulary.toml")
    for facet in ("cluster", "type"):
        for slug, term in vocabulary.terms(facet).items():
            for name in (slug, *term.labels.values(), *term.aliases):
                assert vocabulary.slug(facet, name) == slug


def test_dates_are_iso_days() -> None:
    assert all(datetime.date.fromisoformat(row["date"]).isoformat() == row["date"] for row in ROWS)


def test_the_twelve_products_are_as_their_page_gives_them() -> None:
    described = [
        (
            row["title"],
            (row["date"], row["type"], row["clusters"], row["countries"], row["cities"]),
        )
        for row in SUMMARIES
    ]
    assert described == PRODUCTS


@pytest.mark.parametrize("row", SUMMARIES, ids=lambda row: row["id"])
def test_a_summary_says_at_both_ends_that_it_is_not_the_original(row: dict[str, str]) -> None:
    path = CORPUS / row["file"]
    if path.suffix == ".pdf":
        pages = _pages(row)
        assert 1 <= len(pages) <= 3
        assert all("Summary in our own words · not the original" in page for page in pages)
        text = " ".join(" ".join(pages).split())
    else:
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert page.title is not None
        assert page.title.get_text() == row["title"]
        assert page.select_one("html[lang=en] article h1") is not None
        assert page.select_one(f"meta[name=date][content='{row['date']}']") is not None
        text = " ".join(page.get_text(" ").split())
    beginning, end = text[: len(text) // 2], text[len(text) // 2 :]
    assert "It is not the original" in beginning
    assert "ot the original: only the opening lines" in end or "It is not the original" in end


@pytest.mark.parametrize("row", DEMONSTRATIONS, ids=lambda row: row["id"])
def test_every_page_of_a_demonstration_says_so(row: dict[str, str]) -> None:
    pages = _pages(row)
    assert 6 <= len(pages) <= 20
    mark = DEMONSTRATION_MARKS[row["language"]]
    unmarked = [number for number, page in enumerate(pages, 1) if mark not in page]
    assert unmarked == SCANNED_PAGES.get(row["id"], [])
    # The scanned page is a picture, and carries its mark in the picture.
    assert all(pages[number - 1] == "" for number in unmarked)
    assert not row["countries"]
    assert not row["partners"]


def test_the_demonstrations_speak_six_languages() -> None:
    assert {row["language"] for row in DEMONSTRATIONS} == LANGUAGES


def test_two_columns_are_set_side_by_side() -> None:
    row = next(row for row in ROWS if row["id"] == "e-commerce-small-producers")
    page = next(extract_pages(CORPUS / row["file"], page_numbers=[4]))
    starts = Counter(round(box.x0) for box in page if isinstance(box, LTTextBox))
    (left, _), (right, _) = sorted(starts.most_common(2))
    assert left < page.width / 2 < right
    # No line is read across both columns.
    text = " ".join(_text(row["file"]).split())
    assert "Nine participants stopped for this reason alone. In Quillamar a savings group" in text


def test_what_went_wrong_with_sorting_stands_under_lessons_learned() -> None:
    row = next(row for row in ROWS if row["id"] == "sorting-and-composting")
    page = next(page for page in _pages(row) if page.startswith("7. Lessons learned"))
    assert "what went wrong when these three started waste sorting" in " ".join(page.split())


def test_the_corpus_stays_small() -> None:
    size = sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file())
    assert size < 3_000_000
