"""Vectors lie in a column of their own, which an index without any does not have."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from engine.documents import Document, Passage
from engine.embedded.codec.bytescolumn import BytesColumn
from engine.embedded.engine import EmbeddedEngine
from engine.vocabulary import Vocabulary

VECTOR = bytes(range(128, 256))


def written(folder: Path, vector: bytes) -> dict[str, bytes]:
    """Return the files of an index of one passage."""
    engine = EmbeddedEngine(folder)
    with engine.write(Vocabulary(), fresh=True) as batch:
        batch.put(Document("a", "", "Title"), (Passage(1, "text", vector=vector),))
    engine.close()
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_index_without_vectors_has_no_file_of_them(tmp_path: Path) -> None:
    plain, encoded = written(tmp_path / "plain", b""), written(tmp_path / "encoded", VECTOR)

    assert not [name for name in plain if "vector" in name]
    assert len(encoded) == len(plain) + 1


def test_vectors_stand_in_no_other_file(tmp_path: Path) -> None:
    [holding] = [name for name, c in written(tmp_path, VECTOR).items() if VECTOR in c]

    assert "vector" in holding


@given(st.lists(st.one_of(st.none(), st.binary(max_size=9)), max_size=12), st.integers(0, 3))
def test_a_column_gives_every_row_its_bytes(rows: list[bytes | None], beyond: int) -> None:
    storage = RamStorage()
    with storage.create_file("column") as stream:
        writer = BytesColumn().writer(stream)
        for row, content in enumerate(rows):
            if content is not None:
                writer.add(row, content)
        writer.finish(len(rows))
    length = storage.file_length("column")
    reader = BytesColumn().reader(storage.open_file("column"), 0, length, len(rows) + beyond)

    assert list(reader) == [content or b"" for content in rows] + [b""] * beyond
