"""`cities-index check` asks for the expected answers, and remembers where they stood."""

import json
from pathlib import Path

import pytest

from tests.indexer.corpora import folder, page
from tests.indexer.test_commands import _run, place

__all__ = ["place"]

TREES = page("Trees", "Young people count the trees of the town.")
BINS = page("Bins", "Compost goes into the green bins, away from trees.")


def test_the_expected_answers_are_asked_for(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = "query,document\ncompost,bins\ntrees,trees\n"
    _run("build", folder(place / "c", trees__html=TREES, bins__html=BINS, expected__csv=wanted))
    assert _run("check") == 0
    assert "2 of 2 expected answers are among the first 5." in capsys.readouterr().out


def test_an_answer_that_is_not_found_fails_the_check(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = "query,document\ncompost,trees\n"
    _run("build", folder(place / "c", trees__html=TREES, bins__html=BINS, expected__csv=wanted))
    assert _run("check") == 1
    said = capsys.readouterr()
    assert "“compost” does not find trees among the first 5." in said.err
    assert "0 of 1 expected answers" in said.out


def test_what_got_worse_since_the_last_generation_is_told_each_time(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = "query,document\ntrees,trees\n"
    corpus = folder(place / "c", trees__html=TREES, bins__html=BINS, expected__csv=wanted)
    _run("build", corpus)
    assert _run("check") == 0
    folder(corpus, bins__html=page("Trees, trees and trees", "Trees"))
    _run("update", corpus)
    capsys.readouterr()
    for _ in range(2):  # the same generation is not compared with itself
        assert _run("check") == 0
        worse = "Worse than before: “trees” had its document as number 1, now number 2."
        assert worse in capsys.readouterr().err


def test_an_index_without_expected_answers_is_only_verified(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run("build", folder(place / "c", trees__html=TREES))
    assert _run("check") == 0
    assert "expected answers" not in capsys.readouterr().out
    assert not (place / "var" / "store.checked.json").exists()


def test_a_change_of_the_expected_answers_alone_is_taken_in(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = folder(place / "c", trees__html=TREES, expected__csv="query,document\ntrees,trees\n")
    _run("build", corpus)
    folder(corpus, expected__csv="query,document\ntown,trees\nmoon,trees\n")
    _run("update", corpus)
    assert _run("check") == 1
    assert "“moon” does not find trees" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", "[]", '{"whoosh:var/index": {"x": 1}}'])
def test_a_damaged_note_is_told(
    place: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    _run("build", folder(place / "c", trees__html=TREES, expected__csv="query,document\nt,u\n"))
    note = place / "var" / "store.checked.json"
    note.write_text(content, "utf-8")
    assert _run("check") == 1
    assert "with the last checks, cannot be used" in capsys.readouterr().err
    note.write_text("{}", "utf-8")
    assert _run("check") == 1
    assert list(json.loads(note.read_text("utf-8"))) == ["whoosh:var/index"]


def test_a_check_does_not_fail_where_its_note_cannot_be_kept(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(
        "build",
        folder(place / "c", trees__html=TREES, expected__csv="query,document\ntrees,trees\n"),
    )
    (place / "var" / "store.checked.json.new").mkdir()
    assert _run("check") == 0
    assert "The next check cannot tell what got worse" in capsys.readouterr().err
