"""Whatever happens to the files of the published generation, nothing wrong is served: the
generation before it is, and the next writer puts things right."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.embedded.generations import disk
from engine.embedded.generations.generation import CURRENT
from engine.embedded.generations.manifest import MANIFEST
from engine.errors import NoIndexError
from tests.embedded.plain_index import FILES, read, store_in, write

FLIPS = 400
FILE_NAMES = [*(f"file{number}" for number in range(FILES)), MANIFEST]


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def delete(path: Path) -> None:
    path.unlink()


def flip_a_bit(path: Path) -> None:
    flip(path, path.stat().st_size // 2 * 8)


def replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replace_by_garbage(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(path.stat().st_size))


def replace_by_a_link_to_the_same(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to("../elsewhere")


def replace_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


Damage = Callable[[Path], None]
DAMAGES: list[Damage] = [
    truncate,
    empty,
    delete,
    flip_a_bit,
    replace_by_a_folder,
    replace_by_garbage,
    replace_by_a_link_to_the_same,
    replace_by_a_pipe,
]


def flip(path: Path, bit: int) -> None:
    """Flip a bit in place; doing it twice makes it as it was."""
    path.chmod(0o600)
    with path.open("r+b", buffering=0) as file:
        file.seek(bit // 8)
        (byte,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


@pytest.fixture
def folder(tmp_path: Path, no_waiting: None) -> Path:
    """A store whose published state is 2, with states 1 and 0 behind it."""
    for state in range(3):
        write(store_in(tmp_path / "index"), state)
    return tmp_path / "index"


@contextmanager
def intact_again(folder: Path) -> Iterator[None]:
    aside = folder.with_name("aside")
    shutil.copytree(folder, aside)
    yield
    shutil.rmtree(folder)
    aside.rename(folder)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_the_generation_before_a_damaged_one_is_served(folder: Path, damage: Damage) -> None:
    for name in FILE_NAMES:
        with intact_again(folder):
            damage(folder / "g000003" / name)
            assert read(store_in(folder)) == 1
            assert any("g000003 is damaged" in fault for fault in store_in(folder).faults())
            write(store_in(folder), 2)
            assert read(store_in(folder)) == 2
            assert store_in(folder).faults() == ()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_pointer_changes_nothing(folder: Path, damage: Damage) -> None:
    damage(folder / CURRENT)
    assert read(store_in(folder)) == 2
    write(store_in(folder), 3)
    assert read(store_in(folder)) == 3
    assert store_in(folder).faults() == ()


def test_damage_is_noticed_by_a_store_that_is_in_use(folder: Path) -> None:
    store = store_in(folder)
    assert read(store) == 2
    flip_a_bit(folder / "g000003" / "file0")
    assert read(store) == 1


def test_with_two_damaged_generations_the_third_is_served(folder: Path) -> None:
    delete(folder / "g000003" / "file0")
    delete(folder / "g000002" / MANIFEST)
    assert read(store_in(folder)) == 0


def test_damaged_generations_do_not_push_out_good_ones(folder: Path) -> None:
    flip_a_bit(folder / "g000003" / "file0")
    write(store_in(folder), 2)
    assert sorted(path.name for path in folder.glob("g*")) == ["g000001", "g000002", "g000004"]


def test_damage_to_a_shared_file_leaves_the_generation_that_does_not_share_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "COPIED", 0)
    for state in range(8):
        write(store_in(tmp_path), state)
    for name in FILE_NAMES:
        with intact_again(tmp_path):
            flip_a_bit(store_in(tmp_path).current().path / name)
            assert read(store_in(tmp_path)) in (5, 6)


def test_an_index_that_is_damaged_throughout_must_be_built_again(folder: Path) -> None:
    for number in (1, 2, 3):
        empty(folder / f"g{number:06d}" / "file0")
    with pytest.raises(NoIndexError, match=r"is damaged: build it again\."):
        read(store_in(folder))
    with pytest.raises(NoIndexError):
        write(store_in(folder), 3)
    write(store_in(folder), 3, fresh=True)
    assert read(store_in(folder)) == 3


def test_no_flipped_bit_is_served(folder: Path) -> None:
    places = random.Random(7)
    paths = [folder / "g000003" / name for name in FILE_NAMES]
    for _ in range(FLIPS):
        path = places.choice(paths)
        bit = places.randrange(path.stat().st_size * 8)
        flip(path, bit)
        assert read(store_in(folder)) == 1
        flip(path, bit)
    assert read(store_in(folder)) == 2


def test_no_flipped_bit_in_the_pointer_turns_back_to_an_older_generation(folder: Path) -> None:
    path = folder / CURRENT
    for bit in range(path.stat().st_size * 8):
        flip(path, bit)
        assert store_in(folder).current().documents == 2
        flip(path, bit)


@pytest.mark.parametrize(
    "extra", ["file9", "MAIN_WRITELOCK", ".hidden", "new\nline", "\udcff"], ids=ascii
)
def test_a_generation_with_a_file_too_many_is_not_served(folder: Path, extra: str) -> None:
    (folder / "g000003" / extra).write_text("")
    assert read(store_in(folder)) == 1


def test_a_generation_behind_a_symbolic_link_is_not_served(folder: Path) -> None:
    (folder / "g000003").rename(folder / "elsewhere")
    (folder / "g000003").symlink_to("elsewhere")
    assert read(store_in(folder)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        b"\xff\xfe\xfd",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"9" * 5_000,
        b"NaN",
        b"null",
        b"[]",
        b'{"version": "plain 1", "documents": true, "files": [], "sha256": ""}',
        b'{"version": "plain 1", "documents": 1, "files": [{"name": "../x"}]}',
        b'{"version": "\\ud800", "documents": 1, "files": []}',
        b" " * (17 << 20),
    ],
    ids=range(13),
)
def test_a_manifest_or_pointer_may_hold_anything(folder: Path, content: bytes) -> None:
    for path in (folder / "g000003" / MANIFEST, folder / CURRENT):
        path.chmod(0o600)
        path.write_bytes(content)
        assert read(store_in(folder)) == 1
