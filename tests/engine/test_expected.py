"""Expected answers are read from a table, and told where they are not found or got worse."""

from pathlib import Path

import pytest

from engine.checking import places
from engine.embedded.engine import EmbeddedEngine
from engine.expected import Expected, ExpectedError, failures, parse_expected, worse
from engine.vocabulary import VocabularyError, load, parse
from tests.contract.corpora import document, fill

CORPUS = Path(__file__).parents[2] / "corpus"


def test_a_table_is_read_whatever_its_other_columns() -> None:
    source = "\ufeffquery,document,why\nwaste sorting, a ,of old\n分类,b\n"
    assert parse_expected(source) == (Expected("waste sorting", "a"), Expected("分类", "b"))
    assert parse_expected("") == parse_expected("query,document\n") == ()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("question,document\nwaste,a\n", "need a column “query”"),
        ("query,document\nwaste,\n", "“waste” in the expected answers lacks its other half"),
        ("query,document\nwaste,a\nwaste,b\n", "“waste” stands twice"),
        ('query,document\n"was"te,a\n', "are not a table"),
    ],
)
def test_what_is_no_table_of_answers_is_told(source: str, reason: str) -> None:
    with pytest.raises(ExpectedError, match=reason):
        parse_expected(source)


def test_it_is_kept_with_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "expected.csv").write_text("query,document\nwaste,a\n", "utf-8")
    kept = load(CORPUS / "vocabulary.toml", expected=tmp_path / "expected.csv")
    assert parse(kept.source).expected == kept.expected == (Expected("waste", "a"),)
    with pytest.raises(VocabularyError, match="need a column"):
        parse('[expected]\ncsv = "a,b"')


def test_a_document_stands_where_its_answer_shows_it() -> None:
    corpus = [document(f"d{n}", "", "waste " * n + "other words " * (9 - n)) for n in range(1, 9)]
    engine = fill(EmbeddedEngine.in_memory(), corpus)
    expected = [Expected("waste", "d8"), Expected("wastes", "d1"), Expected("nothing", "gone")]
    found = places(engine, expected)
    assert found == {"waste": 1, "wastes": 0, "nothing": 0}
    assert [*failures(expected, found)] == [
        "“wastes” does not find d1 among the first 5.",
        "“nothing” does not find gone among the first 5.",
    ]


def test_what_stands_further_down_than_before_is_worse() -> None:
    before = {"a": 1, "b": 2, "c": 3, "d": 0, "gone": 1}
    assert [*worse({"a": 2, "b": 0, "c": 1, "d": 0, "new": 5}, before)] == [
        "Worse than before: “a” had its document as number 1, now number 2.",
        "Worse than before: “b” had its document as number 2, now not among the first 5.",
    ]


def test_the_bundled_answers_name_bundled_documents() -> None:
    expected = parse_expected((CORPUS / "expected.csv").read_text("utf-8"))
    manifest = (CORPUS / "manifest.csv").read_text("utf-8")
    assert len(expected) >= 25
    assert all(f"\n{each.document}," in manifest for each in expected)
