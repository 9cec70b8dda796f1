"""The order of hits, and paging through them."""

import pytest

from engine.protocol import Engine
from engine.queries import WINDOW, Sort
from tests.contract.conftest import MakeEngine
from tests.contract.corpora import ask, document, fill, ids

DATED = [
    document("a", date=""),
    document("b", date="2021"),
    document("c", date="2020-12-31"),
    document("d", date="2021-01"),
    document("e", date="2021-02"),
    document("f", date=""),
]


@pytest.mark.parametrize(
    ("sort", "order"), [("newest", "ebdcaf"), ("oldest", "cbdeaf"), ("", "ebdcaf")]
)
def test_dates_sort_by_their_first_day_and_none_comes_last(
    engine: Engine, sort: Sort, order: str
) -> None:
    fill(engine, DATED)
    assert ids(ask(engine, sort=sort)) == list(order)


@pytest.mark.parametrize("text", ["", "-absent", "?"])
def test_relevance_without_a_word_is_newest_first(engine: Engine, text: str) -> None:
    fill(engine, DATED)
    assert ids(ask(engine, text, sort="relevance")) == list("ebdcaf")


def test_titles_sort_without_case_and_accents_then_by_id(engine: Engine) -> None:
    fill(
        engine,
        [
            document("4", "zebra"),
            document("3", "Éclair"),
            document("2", "eclair"),
            document("1", "Echo"),
            document("0", "Übung"),
        ],
    )
    assert ids(ask(engine, sort="title")) == ["1", "2", "3", "0", "4"]


def test_equal_documents_sort_by_id(engine: Engine) -> None:
    fill(engine, [document(key, "Same", "Waste") for key in ("b", "10", "a", "9")])
    for sort in ("relevance", "newest", "oldest", "title"):
        assert ids(ask(engine, "waste", sort=sort)) == ["10", "9", "a", "b"]


def test_relevance_is_the_order_for_a_text(engine: Engine) -> None:
    noise = "Many other words about roads and ports and schools and parks."
    fill(
        engine,
        [
            document("once", "", f"Waste. {noise} {noise}", date="2024"),
            document("often", "", "Waste, waste and waste.", date="2020"),
            document("never", "", noise),
        ],
    )
    result = ask(engine, "waste")
    assert ids(result) == ["often", "once"]
    assert result.hits[0].score > result.hits[1].score > 0


def test_a_rare_word_weighs_more_than_a_common_one(engine: Engine) -> None:
    common = [document(str(number), "", "City report") for number in range(8)]
    fill(engine, [*common, document("rare", "", "Compost report")])
    assert ids(ask(engine, "city compost", match="any"))[0] == "rare"


def test_a_word_in_the_title_weighs_more_than_one_in_the_text(engine: Engine) -> None:
    fill(
        engine,
        [
            document("text", "Annual report", "Compost in city gardens"),
            document("title", "Compost report", "Annual news of city gardens"),
        ],
    )
    assert ids(ask(engine, "compost")) == ["title", "text"]


def test_a_sorted_search_finds_what_relevance_finds(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b"), document("c", "", "Waste, waste")])
    assert ids(ask(engine, "waste", sort="oldest")) == ["a", "c"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
def test_pages_put_together_are_the_whole_answer(engine: Engine, sort: Sort) -> None:
    fill(engine, [document(f"{n:02}", "Same", "Waste " * (n % 3 + 1)) for n in range(11)])
    whole = ids(ask(engine, "waste", sort=sort, per_page=100))
    pages = [ids(ask(engine, "waste", sort=sort, page=page, per_page=4)) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 4, 3]
    assert [*pages[0], *pages[1], *pages[2]] == whole


def test_the_total_does_not_depend_on_the_page(engine: Engine) -> None:
    fill(engine, [document(str(number), "", "Waste") for number in range(5)])
    for page, per_page in [(1, 1), (1, 100), (3, 2), (4, 2), (1_000_000, 100)]:
        assert ask(engine, "waste", page=page, per_page=per_page).total == 5


def test_a_page_behind_the_last_is_empty(engine: Engine) -> None:
    fill(engine, DATED)
    result = ask(engine, page=2)
    assert (ids(result), result.total, result.pages) == ([], 6, 1)


def test_nothing_is_ranked_behind_the_window(make_engine: MakeEngine) -> None:
    engine = fill(make_engine(), [document(f"{n:04}", "Waste") for n in range(WINDOW + 5)])
    for text in ("", "waste"):
        within = ask(engine, text, page=WINDOW // 30 + 1, per_page=30)
        assert (within.total, within.pages) == (WINDOW + 5, 34)
        assert ids(within) == [f"{n:04}" for n in range(990, WINDOW)]
        assert ids(ask(engine, text, page=35, per_page=30)) == []
