"""What was read is kept by content, attempts are counted, and damage is told in a sentence."""

from pathlib import Path

import pytest

from indexer import store
from indexer.errors import StoreError
from indexer.readings import INTERRUPTED, About, Block, Outline, Page, Reading
from indexer.store import Store

READING = Reading(
    About(3, "Waste", "2021-04", "en", (Outline("Waste", 1, 2),), "Ama Mensah", "Koidu"),
    (
        Page(1, (Block("Waste", 1, 14.5, bold=True), Block("垃圾分类"))),
        Page(2, reason="empty-text"),
        Page(3),
    ),
)


def _tried(found: Store, content: str, reading: Reading) -> bool:
    found.begin(content)
    found.keep(content, reading)
    return found.wants(content)


def test_a_reading_is_kept_and_not_wanted_again(tmp_path: Path) -> None:
    path = tmp_path / "var" / "store.sqlite"
    with Store(path) as found:
        assert found.wants("a")
        assert not _tried(found, "a", READING)
    with Store(path) as found:
        assert not found.wants("a")
        assert found.summary("a") == Reading(
            READING.about, (Page(1), Page(2, reason="empty-text"), Page(3))
        )
        assert found.pages("a") == READING.pages[:1]


def test_a_crash_is_tried_three_times(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as found:
        wanted = [_tried(found, "a", Reading(reason="crash")) for _ in range(3)]

    assert wanted == [True, True, False]


def test_a_damaged_file_is_tried_once(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as found:
        assert not _tried(found, "a", Reading(reason="malformed"))


def test_a_file_that_ends_every_run_is_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as found:
        for _ in range(INTERRUPTED):
            assert found.wants("a")
            found.begin("a")

        assert not found.wants("a")
        assert found.summary("a") == Reading(reason="crash")


def test_an_attempt_that_was_ended_from_outside_does_not_count(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as found:
        for _ in range(3 * INTERRUPTED):
            found.begin("a")
            found.withdraw("a")

        assert found.wants("a")


def test_another_version_of_the_extractors_reads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "store") as found:
        _tried(found, "a", READING)
        monkeypatch.setattr(store, "READER", store.READER + 1)

        assert found.wants("a")
        assert not _tried(found, "a", READING)


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_bytes(b"no database at all " * 100)

    with pytest.raises(StoreError, match=r"is damaged .*; move it away, and the next build reads"):
        Store(path)


def test_a_store_in_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="cannot be used"):
        Store(tmp_path / "file" / "store")
