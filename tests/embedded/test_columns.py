"""Columns read back as arrays what was added row by row, on any storage and across merges."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import Column
from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.filedb.structfile import StructFile
from whoosh.query import Every

from engine.embedded.codec.columns import ArrayColumn, ValuesColumn

SCHEMA = fields.Schema(
    id=fields.ID(stored=True, unique=True),
    year=fields.COLUMN(ArrayColumn("<i4", -1)),
    share=fields.COLUMN(ArrayColumn("float64", 0.5)),
    clusters=fields.COLUMN(ValuesColumn()),
)
ROWS: list[dict[str, Any]] = [
    {"id": "a", "year": 2021, "share": 0.25, "clusters": ("waste", "drr")},
    {"id": "b"},
    {"id": "c", "year": -(2**31), "clusters": ()},
    {"id": "d", "clusters": ("tourism",)},
]


@pytest.fixture(params=["ram", "files", "compound"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return RamStorage() if request.param == "ram" else FileStorage(str(tmp_path))


@pytest.mark.parametrize("compound", [True, False])
def test_columns_read_back_what_was_added(storage: Storage, compound: bool) -> None:  # noqa: FBT001
    with _written(storage, ROWS, compound=compound).reader() as reader:
        years, shares, clusters = (
            reader.column_reader(name, translate=False) for name in ("year", "share", "clusters")
        )
        assert years.array().tolist() == [2021, -1, -(2**31), -1]
        assert list(years) == [2021, -1, -(2**31), -1]
        assert shares.array().tolist() == [0.25, 0.5, 0.5, 0.5]
        assert list(clusters) == [("waste", "drr"), (), (), ("tourism",)]
    assert clusters.vocabulary == ("drr", "tourism", "waste")
    assert clusters.offsets.tolist() == [0, 2, 2, 2, 3]
    assert clusters.codes.tolist() == [2, 0, 1]


def test_columns_survive_deletions_and_merging(storage: Storage) -> None:
    ix = _written(storage, ROWS, compound=True)
    with ix.writer(codec=W3Codec()) as writer:
        writer.merge = False
        writer.update_document(id="a", year=7, clusters=["waste", "agriculture"])
        writer.optimize = True
    with ix.reader() as reader:
        order = np.argsort([row["id"] for row in reader.all_stored_fields()])
        assert reader.is_atomic()
        years = reader.column_reader("year", translate=False)
        clusters = reader.column_reader("clusters", translate=False)
    assert years.array()[order].tolist() == [7, -1, -(2**31), -1]
    assert [clusters[row] for row in order.tolist()] == [
        ("waste", "agriculture"),
        (),
        (),
        ("tourism",),
    ]
    assert clusters.vocabulary == ("agriculture", "tourism", "waste")


def test_views_outlive_their_reader(storage: Storage) -> None:
    reader = _written(storage, ROWS, compound=True).reader()
    years = reader.column_reader("year", translate=False).array()
    reader.close()
    assert years.tolist() == [2021, -1, -(2**31), -1]


def test_arrays_are_read_only(storage: Storage) -> None:
    with _written(storage, ROWS, compound=True).reader() as reader:
        years = reader.column_reader("year", translate=False)
    with pytest.raises(ValueError, match="read-only"):
        years.array()[0] = 1


def test_sorting_by_a_column_follows_its_numbers() -> None:
    with _written(RamStorage(), ROWS, compound=True).searcher() as searcher:
        everything = Every()
        up = [hit["id"] for hit in searcher.search(everything, sortedby="year")]
        down = [hit["id"] for hit in searcher.search(everything, sortedby="year", reverse=True)]
    assert up == ["c", "b", "d", "a"]
    assert down == ["a", "d", "b", "c"]


def test_a_number_that_does_not_fit_is_refused() -> None:
    writer = ArrayColumn("<i2").writer(RamStorage().create_file("column"))
    with pytest.raises(OverflowError):
        writer.add(0, 40_000)


def test_one_string_is_not_taken_for_its_letters() -> None:
    writer = ValuesColumn().writer(RamStorage().create_file("column"))
    with pytest.raises(TypeError, match="not one string"):
        writer.add(0, "waste")


@pytest.mark.parametrize(("column", "rows"), [(ArrayColumn("<u4"), []), (ValuesColumn(), [])])
def test_a_column_of_no_rows_is_empty(column: Column, rows: list[object]) -> None:
    assert list(_round_trip(column, {}, 0, 0)) == rows


@given(
    numbers=st.dictionaries(st.integers(0, 30), st.integers(-(2**63), 2**63 - 1)),
    start=st.integers(0, 9),
)
def test_numbers_read_back_from_any_offset(numbers: dict[int, int], start: int) -> None:
    reader = _round_trip(ArrayColumn("<i8", 5), numbers, 31, start)
    assert reader.array().tolist() == [numbers.get(row, 5) for row in range(31)]


@given(
    values=st.dictionaries(st.integers(0, 30), st.lists(st.text(), max_size=4)),
    start=st.integers(0, 9),
)
def test_values_read_back_from_any_offset(values: dict[int, list[str]], start: int) -> None:
    reader = _round_trip(ValuesColumn(), values, 31, start)
    assert list(reader) == [tuple(values.get(row, ())) for row in range(31)]
    assert list(reader.vocabulary) == sorted({each for row in values.values() for each in row})


def _written(storage: Storage, rows: list[dict[str, Any]], *, compound: bool) -> Any:
    ix = storage.create().create_index(SCHEMA)
    writer = ix.writer(codec=W3Codec(), compound=compound)
    for row in rows:
        writer.add_document(**row)
    writer.commit()
    return index.FileIndex(storage)


def _round_trip(column: Column, rows: dict[int, Any], count: int, start: int) -> Any:
    storage = RamStorage()
    file: StructFile = storage.create_file("column")
    file.write(bytes(start))
    writer = column.writer(file)
    for row, value in sorted(rows.items()):
        writer.add(row, value)
    writer.finish(count)
    file.write(b"after")
    file.close()
    length = storage.file_length("column") - start - len(b"after")
    return column.reader(storage.open_file("column"), start, length, count)
