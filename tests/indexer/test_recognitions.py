"""Recognised pages are kept one by one, and what failed is tried again as long as that may help."""

from pathlib import Path

import pytest

from indexer import recognitions
from indexer.readings import ATTEMPTS, INTERRUPTED, About, Block, Page, Reading
from indexer.recognitions import with_recognised
from indexer.store import Store

READ = (Page(1), Page(2, reason="empty-text"), Page(3, reason="garbled"), Page(4, reason="crash"))
NAMES = ("eng", "osd")
LEGIBLE = Page(2, (Block("Two bins in every street.", 0, 10.5),), recognised=True)
ILLEGIBLE = Page(3, reason="empty-text", recognised=True)


def _wanted(store: Store, names: tuple[str, ...] = NAMES) -> tuple[int, ...]:
    return store.recognitions.wanted("a", READ, names)


def _tried(store: Store, page: Page) -> None:
    store.recognitions.begin("a", page.number)
    store.recognitions.keep("a", page, NAMES)


def test_pages_that_are_pictures_are_wanted_until_they_are_recognised(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        assert _wanted(store) == (2, 3)
        _tried(store, LEGIBLE)
        assert _wanted(store) == (3,)
    with Store(tmp_path / "store") as store:
        assert _wanted(store) == (3,)
        assert store.recognitions.pages("a") == {2: LEGIBLE}


def test_a_page_without_legible_text_waits_for_other_data(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        _tried(store, LEGIBLE)
        _tried(store, ILLEGIBLE)
        assert _wanted(store) == ()
        assert _wanted(store, ("ara", *NAMES)) == (3,)


@pytest.mark.parametrize("reason", ["crash", "timeout", "memory"])
def test_a_page_that_keeps_failing_is_left_alone(tmp_path: Path, reason: str) -> None:
    with Store(tmp_path / "store") as store:
        _tried(store, LEGIBLE)
        for _ in range(ATTEMPTS):
            assert _wanted(store) == (3,)
            _tried(store, Page(3, reason=reason, recognised=True))
        assert _wanted(store) == ()


def test_a_page_that_ends_every_run_is_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        _tried(store, LEGIBLE)
        for _ in range(INTERRUPTED):
            assert _wanted(store) == (3,)
            store.recognitions.begin("a", 3)
        assert _wanted(store) == ()
        assert store.recognitions.pages("a")[3] == Page(3, reason="crash", recognised=True)


def test_an_attempt_that_was_ended_from_outside_does_not_count(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        for _ in range(2 * INTERRUPTED):
            store.recognitions.begin("a", 3)
            store.recognitions.withdraw("a", 3)
        assert _wanted(store) == (2, 3)


def test_another_version_of_recognition_recognises_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "store") as store:
        _tried(store, LEGIBLE)
        monkeypatch.setattr(recognitions, "RECOGNISER", recognitions.RECOGNISER + 1)
        assert _wanted(store) == (2, 3)
        assert store.recognitions.pages("a") == {}


def test_a_file_has_its_recognised_pages_in_their_places(tmp_path: Path) -> None:
    read = (Page(1, (Block("A title"),)), *READ[1:])
    with Store(tmp_path / "store") as store:
        store.begin("a")
        store.keep("a", Reading(About(4, "", "", "en"), read))
        _tried(store, LEGIBLE)
        _tried(store, ILLEGIBLE)
        seen, pages = store.seen("a"), store.pages("a")
    assert pages == (read[0], LEGIBLE)
    assert [page.reason for page in seen.pages] == ["", "", "garbled", "crash"]
    assert [page.recognised for page in seen.pages] == [False, True, True, False]


def test_a_file_of_pictures_is_read_where_one_of_them_is_legible() -> None:
    scan = Reading(About(2), (Page(1, reason="empty-text"), READ[1]), "empty-text")
    assert with_recognised(scan, {}) == scan
    assert with_recognised(scan, {2: LEGIBLE}).reason == ""
    assert with_recognised(scan, {2: Page(2, reason="timeout")}).reason == "empty-text"
