"""Pages are compared fairly: what only differs in form counts as right, for every reader."""

import json
from pathlib import Path

import pytest

from bench import news


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


def test_articles_are_read_no_worse_than_by_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parents[3] / "shared" / "data" / "news"
    if not folder.is_dir():
        pytest.skip("the real pages of ../shared/data are not here")
    monkeypatch.setattr(news, "COLLECTIONS", ("articles",))

    for score in news.measure(folder):
        assert score.measure == "F1"
        assert score.shares["ours"] >= score.shares["trafilatura"], score.half
