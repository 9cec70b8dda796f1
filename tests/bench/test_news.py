"""Pages are compared fairly: what only differs in form counts as right, for every reader."""

import json
import tarfile
from io import BytesIO
from pathlib import Path
from statistics import fmean

import pytest

from bench import news
from indexer.extractors import read
from indexer.readings import About, Page, Reading

EVERY = 7
"""One page in so many is read by the test over real pages: it is run often."""


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("Carts that pay", "Carts that pay"),
        ("CARTS  that pay", "Carts that pay"),
        ("“Carts” that pay", '"Carts" that pay'),
        ("Carts that pay | Town news", "Carts that pay"),
        ("Carts that pay", "Town news – Carts that pay"),
        ("Carts that pay: Town news", "Carts that pay"),
        ("Wel\u00adfare", "Welfare"),
    ],
)
def test_titles_that_differ_in_form_are_the_same(found: str, known: str) -> None:
    assert news.same_title(found, known)


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("", "Carts"),
        ("Carts", ""),
        ("Town news", "Carts that pay"),
        ("Carts", "Carts that pay"),
        ("Carts that pay well", "Carts that pay"),
    ],
)
def test_titles_that_say_less_or_more_are_not(found: str, known: str) -> None:
    assert not news.same_title(found, known)


def test_authors_are_the_same_in_any_order() -> None:
    assert news.same_author("Kofi Boateng, Ama Mensah", "By Ama Mensah and Kofi Boateng")
    assert not news.same_author("Ama Mensah", "Ama Mensah and Kofi Boateng")
    assert not news.same_author("", "")


def test_likeness_counts_words_as_often_as_they_stand_there() -> None:
    assert news.likeness("two carts", "Two carts!") == 1
    assert news.likeness("two two carts", "two carts carts") == pytest.approx(2 / 3)
    assert news.likeness("垃圾", "垃圾分类") == pytest.approx(2 / 3)
    assert news.likeness("", "two carts") == 0


def test_scores_are_written_for_programs_and_for_people() -> None:
    score = news.Score("phrases", "unseen", "title", 2, {"ours": 0.5, "trafilatura": 1.0})

    assert json.loads(news.as_json([score])) == {
        "scores": [
            {
                "collection": "phrases",
                "half": "unseen",
                "measure": "title",
                "n": 2,
                "ours": 0.5,
                "trafilatura": 1.0,
            }
        ]
    }
    assert "50.0%" in news.as_text([score])


def test_articles_are_read_no_worse_than_by_trafilatura(tmp_path: Path) -> None:
    archive = Path(__file__).parents[3] / "shared" / "data" / "news" / "articles.tar.xz"
    if not archive.is_file():
        pytest.skip("the real pages of ../shared/data are not here")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    pages = sorted(news._articles(tmp_path), key=lambda page: page.path)[::EVERY]

    ours = [news.likeness(_body(page.path), page.body) for page in pages]
    theirs = [news.likeness(news._by_trafilatura(page.path).body, page.body) for page in pages]

    assert fmean(ours) >= max(fmean(theirs), 0.9)


def _body(path: Path) -> str:
    about, *pages = read(BytesIO(path.read_bytes()), path.suffix)
    assert isinstance(about, About)
    reading = Reading(about, tuple(page for page in pages if isinstance(page, Page)))
    return news._taken(reading).body
