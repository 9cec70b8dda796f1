"""What a generation store promises when nothing goes wrong, and how it refuses wrong use."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from engine.embedded.generations import disk
from engine.embedded.generations.store import GenerationStore
from engine.errors import EngineError, NoIndexError, WrongVersionError
from tests.embedded.plain_index import content, read, store_in, write


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return store_in(tmp_path / "var" / "index")


@pytest.fixture
def sharing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of any size are shared between generations, as large ones are."""
    monkeypatch.setattr(disk, "COPIED", 0)


def names(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "var" / "index").iterdir())


def break_off(store: GenerationStore, exception: type[BaseException]) -> None:
    with store.begin(fresh=False) as work:
        (work.path / "file0").unlink()
        raise exception


def write_folder(store: GenerationStore) -> None:
    with store.begin(fresh=True) as work:
        (work.path / "folder").mkdir()
        work.documents = 0


def write_in_place(store: GenerationStore, name: str) -> None:
    with store.begin(fresh=False) as work:
        (work.path / name).chmod(0o600)
        (work.path / name).write_text("in place")
        work.documents = 3


def test_without_a_folder_there_is_no_index(store: GenerationStore) -> None:
    assert store.pointer() is None
    with pytest.raises(NoIndexError, match=r"There is no index in .* yet: build it first\."):
        store.current()
    assert store.faults() == ()


def test_a_file_in_the_place_of_the_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("mine")
    store = store_in(tmp_path / "index")
    with pytest.raises(NoIndexError, match=r"cannot be opened \(Not a directory\)\."):
        store.current()
    with pytest.raises(EngineError, match=r"cannot be written to \(File exists\)\."):
        write(store, 0)
    assert (tmp_path / "index").read_text() == "mine"


def test_what_was_published_is_read(store: GenerationStore) -> None:
    write(store, 0)
    assert read(store) == 0
    assert store.faults() == ()


def test_an_update_begins_with_the_files_of_the_last_generation(
    store: GenerationStore, sharing: None
) -> None:
    for state in range(8):
        write(store, state)
        assert read(store) == state


def test_a_fresh_build_begins_with_nothing(store: GenerationStore) -> None:
    write(store, 0)
    with store.begin(fresh=True) as work:
        assert list(work.path.iterdir()) == []
        assert work.base is None
        (work.path / "only").write_text("one")
        work.documents = 1
    generation = store.current()
    assert [file.name for file in generation.files] == ["only"]
    assert generation.documents == 1


def test_three_generations_are_kept(store: GenerationStore, tmp_path: Path) -> None:
    for state in range(5):
        write(store, state)
    assert names(tmp_path) == ["CURRENT", "LOCK", "g000003", "g000004", "g000005"]


def test_the_pointer_changes_with_each_generation(store: GenerationStore) -> None:
    write(store, 0)
    first = store.current()
    assert first.pointer == store.pointer()
    write(store, 1)
    assert first.pointer != store.pointer()
    assert store.current().pointer == store.pointer()


def test_the_pointer_changes_when_an_index_is_thrown_away_and_built_again(
    store: GenerationStore, tmp_path: Path
) -> None:
    write(store, 0)
    first = store.current()
    shutil.rmtree(tmp_path / "var")
    write(store, 1)
    second = store.current()
    assert (first.name, second.name) == ("g000001", "g000001")
    assert first.pointer != second.pointer


def test_a_reader_keeps_what_it_opened_while_generations_go(store: GenerationStore) -> None:
    write(store, 0)
    with (store.current().path / "file0").open("rb") as file:
        for state in range(1, 6):
            write(store, state)
        assert file.read() == content(0)["file0"]


def test_an_exception_in_the_block_leaves_everything_as_it_was(
    store: GenerationStore, tmp_path: Path
) -> None:
    write(store, 0)
    before = names(tmp_path)
    for exception in (KeyboardInterrupt, SystemExit, MemoryError, EngineError, OSError):
        with pytest.raises(exception):
            break_off(store, exception)
        assert names(tmp_path) == before
        assert read(store) == 0
    write(store, 1)
    assert read(store) == 1


def test_a_generation_needs_its_number_of_documents(store: GenerationStore) -> None:
    with pytest.raises(RuntimeError, match="number of documents"), store.begin(fresh=True):
        pass
    with pytest.raises(NoIndexError):
        store.current()


def test_a_folder_in_a_generation_is_refused(store: GenerationStore) -> None:
    with pytest.raises(OSError, match="Not a plain file"):
        write_folder(store)
    with pytest.raises(NoIndexError):
        store.current()


def test_writing_into_a_shared_file_is_refused(store: GenerationStore, sharing: None) -> None:
    write(store, 0)
    write(store, 1)
    write(store, 2)
    with pytest.raises(RuntimeError, match="file2 was written into"):
        write_in_place(store, "file2")
    assert read(store) == 1


def test_two_generations_share_a_file_at_most(store: GenerationStore, sharing: None) -> None:
    write(store, 0)
    for state in (1, 2, 3):
        write(store, state)
        folder = store.current().path.parent
        shared = [path.stat().st_nlink for path in folder.glob("g*/file4")]
        assert max(shared) == 2


def test_small_files_are_not_shared(store: GenerationStore) -> None:
    write(store, 0)
    write(store, 1)
    assert {path.stat().st_nlink for path in store.current().path.iterdir()} == {1}


def test_the_folder_and_its_files_are_private(store: GenerationStore) -> None:
    mask = os.umask(0)
    try:
        write(store, 0)
    finally:
        os.umask(mask)
    generation = store.current()
    folder = generation.path.parent
    modes = {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, generation.path, folder / "LOCK", generation.path / "file0")
    }
    assert modes == {".": 0o700, "g000001": 0o700, "LOCK": 0o600, "g000001/file0": 0o400}


def test_files_of_others_in_the_folder_are_left_alone(
    store: GenerationStore, tmp_path: Path
) -> None:
    write(store, 0)
    folder = tmp_path / "var" / "index"
    others = ["g1", "gone.part", "notes.part", "g000001.bak", "CURRENT.txt"]
    for other in others:
        (folder / other).write_text("mine")
    for state in range(1, 5):
        write(store, state)
    assert {(folder / other).read_text() for other in others} == {"mine"}
    assert store.faults() == ()


def test_an_index_of_another_version_must_be_built_again(tmp_path: Path) -> None:
    write(store_in(tmp_path, version="plain 0"), 0)
    store = store_in(tmp_path)
    with pytest.raises(WrongVersionError, match=r"made by another version: build it again\."):
        store.current()
    with pytest.raises(WrongVersionError):
        write(store, 1)
    write(store, 1, fresh=True)
    assert read(store) == 1


def test_an_older_generation_of_the_right_version_is_served(tmp_path: Path) -> None:
    write(store_in(tmp_path), 0)
    write(store_in(tmp_path, version="plain 2"), 1, fresh=True)
    assert read(store_in(tmp_path)) == 0


def test_a_file_that_was_verified_is_not_read_again(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    write(store, 0)
    write(store, 1)
    path = store.current().path / "file0"
    long_ago = 1_600_000_000_000_000_000
    os.utime(path, ns=(long_ago, long_ago))
    assert read(store) == 1
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(long_ago, long_ago))
    assert store.current().documents == 1
    assert store_in(tmp_path).current().documents == 0


def test_a_file_that_changed_within_a_tick_of_the_clock_is_read_again(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    write(store, 0)
    write(store, 1)
    path = store.current().path / "file0"
    status = path.stat()
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert read(store) == 0


def test_a_generation_that_was_not_published_is_not_served(
    store: GenerationStore, tmp_path: Path
) -> None:
    write(store, 0)
    current = tmp_path / "var" / "index" / "CURRENT"
    before = current.read_bytes()
    write(store, 1)
    current.write_bytes(before)
    assert read(store) == 0
    write(store, 1)
    assert names(tmp_path) == ["CURRENT", "LOCK", "g000001", "g000003"]
