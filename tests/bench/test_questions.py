"""Our question set: the shape of the file, and its measures on a small corpus."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("bm25s", reason="the extra “bench” is not installed")

from bench.__main__ import DEFAULT_REPORTS, main
from bench.questions import (
    DEPTHS,
    HALVES,
    KINDS,
    QUESTIONS,
    Question,
    Ranked,
    gain,
    half,
    measure,
    read,
    scores,
)
from bench.table import questions_json, questions_table
from engine.analysis import STEMMERS
from tests.pdfs import lines, pdf

LEAST = {"keyword": 80, "question": 120, "title": 60, "language": 40}
outcomes = st.lists(st.tuples(st.sampled_from((0.0, 1.0)), st.sampled_from((0.0, 1.0))), min_size=1)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    compost = lines("Compost is made of leaves in the gardens of the harbour town.")
    trams = (
        lines("Trams bring the pupils of the valley to their school every morning."),
        lines("Compost and gravel are brought to the depot by the night tram."),
    )
    (folder / "compost.pdf").write_bytes(pdf(compost))
    (folder / "trams.pdf").write_bytes(pdf(*trams))
    return folder


def _question(query: str, *answers: tuple[str, int], kind: str = "question") -> Question:
    return Question(kind, query, "en", frozenset(answers))


def test_there_are_enough_questions_of_every_kind() -> None:
    found = Counter(question.kind for question in read())

    assert tuple(found) == KINDS
    assert all(found[kind] >= least for kind, least in LEAST.items())


def test_no_query_stands_twice_and_every_one_has_an_answer() -> None:
    questions = read()
    queries = [" ".join(question.query.casefold().split()) for question in questions]

    assert len(set(queries)) == len(queries)
    assert all(queries)
    assert all(question.answers for question in questions)
    assert {question.language for question in questions} <= {*STEMMERS, "zh"}


def test_the_file_has_the_agreed_columns() -> None:
    with QUESTIONS.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))

    assert header == ["kind", "query", "file", "pages", "language", "also"]


def test_half_of_the_questions_of_a_kind_are_held_out_more_or_less() -> None:
    held_out = Counter(q.kind for q in read() if half(q.query) == "held-out")
    everything = Counter(q.kind for q in read())

    assert all(0.3 < held_out[kind] / everything[kind] < 0.7 for kind in KINDS)


def test_a_query_stays_in_its_half() -> None:
    found = [half(query) for query in ("compost", "pupils", "trams", "night")]

    assert found == ["tune", "held-out", "tune", "held-out"]


@pytest.mark.skipif(not DEFAULT_REPORTS.exists(), reason="../shared/data is not here")
def test_every_answer_is_a_page_of_the_real_reports() -> None:
    with (DEFAULT_REPORTS / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        pages = {row["file"]: int(row["pages"]) for row in csv.DictReader(lines, delimiter="\t")}
    answers = {answer for question in read() for answer in question.answers}

    assert not [(file, page) for file, page in answers if not 1 <= page <= pages.get(file, 0)]
    assert len({file for file, _ in answers}) >= 60


def test_another_file_that_answers_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text(
        "kind,query,file,pages,language,also\n"
        "keyword,leaves,a.pdf,2;3,en,b: c.pdf:7;9\n"
        "title,trams,a.pdf,1,en,\n",
        encoding="utf-8",
    )

    assert read(path) == (
        _question(
            "leaves",
            *(("a.pdf", 2), ("a.pdf", 3), ("b: c.pdf", 7), ("b: c.pdf", 9)),
            kind="keyword",
        ),
        _question("trams", ("a.pdf", 1), kind="title"),
    )


def test_a_measure_is_reached_at_the_place_of_the_first_answer() -> None:
    question = _question("leaves", ("b.pdf", 4), ("c.pdf", 1))
    ranked = Ranked(["a.pdf", "c.pdf"], [("a.pdf", 4), ("c.pdf", 2), ("c.pdf", 3), ("b.pdf", 4)])

    found = scores(question, ranked)

    assert [found[f"file@{depth}"] for depth in DEPTHS] == [0, 1, 1]
    assert [found[f"page@{depth}"] for depth in DEPTHS] == [0, 0, 1]


@given(st.integers(0, 12), st.integers(0, 12))
def test_measures_never_fall_with_depth_and_no_page_comes_without_its_file(
    file: int, page: int
) -> None:
    ranked = Ranked(
        [f"{at}.pdf" for at in range(12)], [(f"{at // 2}.pdf", at % 2) for at in range(12)]
    )
    found = scores(_question("leaves", (f"{file}.pdf", page % 2)), ranked)

    for of in ("file", "page"):
        shares = [found[f"{of}@{depth}"] for depth in DEPTHS]
        assert shares == sorted(shares)
    assert all(found[f"page@{depth}"] <= found[f"file@{depth}"] for depth in DEPTHS)


@given(outcomes)
def test_the_interval_holds_the_gain_and_turns_with_the_sides(
    pairs: list[tuple[float, float]],
) -> None:
    ours, peer = zip(*pairs, strict=True)
    found, turned = gain(ours, peer), gain(peer, ours)

    assert -1 <= found.low <= found.high <= 1
    assert (turned.mean, turned.low, turned.high) == pytest.approx(
        (-found.mean, -found.high, -found.low)
    )
    assert gain(ours, ours).low == gain(ours, ours).high == 0


def test_the_interval_of_a_clear_gain_is_above_nothing() -> None:
    found = gain([1.0] * 30 + [0.0] * 10, [0.0] * 20 + [1.0] * 10 + [0.0] * 10)

    assert found.mean == 0.5
    assert 0.3 < found.low < 0.5 < found.high < 0.7


def test_both_sides_find_the_file_and_the_page(corpus: Path, tmp_path: Path) -> None:
    questions = (
        _question("how do pupils get to school", ("trams.pdf", 1)),
        _question("gravel", ("trams.pdf", 2), kind="keyword"),
        _question("elephants", ("compost.pdf", 1), kind="keyword"),
    )

    found = {one.kind: one for one in measure(corpus, tmp_path / "var", questions)}

    assert list(found) == ["question", "keyword", "all"]
    assert set(found["question"].ours.values()) == set(found["question"].bm25.values()) == {1.0}
    assert set(found["keyword"].ours.values()) == set(found["keyword"].bm25.values()) == {0.5}
    assert found["all"].n == 3
    assert found["all"].gains["page@3"].mean == 0


def test_only_the_half_that_was_chosen_is_asked(corpus: Path, tmp_path: Path) -> None:
    questions = [_question(query, ("compost.pdf", 1)) for query in ("compost", "night")]
    assert {half(question.query) for question in questions} == set(HALVES)

    (question, everything) = measure(corpus, tmp_path / "var", questions, "tune")

    assert (question.n, everything.n) == (1, 1)


def test_an_answer_that_is_not_in_the_corpus_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no page 3 of trams\.pdf"):
        measure(corpus, tmp_path / "var", [_question("gravel", ("trams.pdf", 3))])


def test_the_figures_as_json_and_as_a_table(corpus: Path, tmp_path: Path) -> None:
    found = measure(corpus, tmp_path / "var", [_question("gravel", ("trams.pdf", 2))])
    shares = '{"file@1": 1.0, "file@3": 1.0, "file@10": 1.0, '
    shares += '"page@1": 1.0, "page@3": 1.0, "page@10": 1.0}'
    row = f'"n": 1, "ours": {shares}, "bm25": {shares}}}'

    assert (
        questions_json(found)
        == f'{{"kinds": [{{"kind": "question", {row}, {{"kind": "all", {row}]}}'
    )
    assert "| all      | +0.0 (+0.0 to +0.0) | +0.0 (+0.0 to +0.0) |" in questions_table(found)


def test_the_command_has_help_and_knows_the_halves() -> None:
    told = CliRunner().invoke(main, ["questions", "--help"])

    assert told.exit_code == 0
    assert "[tune|held-out]" in told.output


def test_a_corpus_without_the_reports_is_told_in_one_sentence(corpus: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(
        main, ["questions", "--data", str(corpus), "--folder", str(tmp_path / "var")]
    )

    assert told.exit_code == 1
    assert "Error: The corpus has no page" in told.output
