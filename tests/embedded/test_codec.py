"""An index on the array codec answers everything as one on Whoosh's own codec does."""

import gc
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from whoosh import fields, formats, index, query
from whoosh.analysis import RegexTokenizer, SpaceSeparatedTokenizer
from whoosh.codec.base import Codec
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.matching import ReadTooFar
from whoosh.scoring import BM25F
from whoosh.util.numeric import byte_to_length, length_to_byte

from engine.embedded.codec.arrayfile import ArrayFile, ArrayFileWriter, DamagedFileError
from engine.embedded.codec.codec import ArrayCodec
from engine.embedded.codec.columns import ArrayColumn, ValuesColumn
from engine.embedded.codec.inversion import invert
from engine.embedded.codec.merging import merge_segments
from engine.embedded.codec.occurrences import ClassInPostingError
from engine.embedded.codec.segments import SegmentArrays
from engine.embedded.codec.segmentwriting import write_segment
from engine.embedded.codec.spool import CHUNK, Spool
from engine.embedded.codec.stored import encode_stored
from engine.errors import WrongVersionError

SPACES = SpaceSeparatedTokenizer()
SCHEMA = fields.Schema(
    id=fields.ID(stored=True, unique=True),
    text=fields.TEXT(stored=True, analyzer=SPACES, vector=formats.Positions()),
    tags=fields.KEYWORD(scorable=True),
    marked=fields.TEXT(analyzer=SPACES, chars=True),
    boosted=fields.FieldType(formats.CharacterBoosts(), RegexTokenizer(r"\S+"), scorable=True),
    year=fields.NUMERIC(stored=True, sortable=True, signed=True),
    rank=fields.COLUMN(ArrayColumn("<i4", -1)),
    clusters=fields.COLUMN(ValuesColumn()),
)
WORDS = ("a", "b", "ab", "abc", "cities", "citoyens", "citoyennes", "\u0436", "\U0001f33f", "zz")
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
DOCUMENT = st.fixed_dictionaries(
    {"id": st.sampled_from("0123456789")},
    optional={
        "text": TEXT,
        "tags": TEXT,
        "marked": TEXT,
        "boosted": TEXT,
        "year": st.integers(1900, 2100),
        "rank": st.integers(-5, 5),
        "clusters": st.lists(st.sampled_from(["waste", "drr"]), max_size=3),
    },
)

# An example writes several indexes; shrinking a failure would write thousands.
FEW = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])


@dataclass(frozen=True)
class Commit:
    """What happens to an index between two openings."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    deletions: list[str] = field(default_factory=list)
    optimize: bool = False


COMMITS = st.lists(
    st.builds(
        Commit,
        updates=st.lists(DOCUMENT, max_size=5, unique_by=lambda document: document["id"]),
        deletions=st.lists(st.sampled_from("0123456789"), max_size=2),
        optimize=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(commits=COMMITS)
@FEW
def test_everything_indexed_reads_back_as_from_the_stock_codec(commits: list[Commit]) -> None:
    stock, ours = _indexed(commits, W3Codec()), _indexed(commits, ArrayCodec())
    with stock.reader() as expected, ours.reader() as actual:
        assert _contents(actual, exact_lengths=True) == _contents(expected, exact_lengths=False)
        assert _statistics(actual) == _statistics(expected)


@given(commits=COMMITS)
@FEW
def test_every_query_matches_the_same_on_both_codecs(commits: list[Commit]) -> None:
    stock, ours = _indexed(commits, W3Codec()), _indexed(commits, ArrayCodec())
    assert [_answers(ours, each) for each in QUERIES] == [_answers(stock, each) for each in QUERIES]


QUERIES = (
    query.Every(),
    query.Term("text", "cities"),
    query.Term("text", "absent"),
    query.And([query.Term("text", "a"), query.Term("tags", "b")]),
    query.And([query.Term("text", "a"), query.Not(query.Term("text", "b"))]),
    query.Or([query.Term("text", "a"), query.Term("text", "b"), query.Term("marked", "ab")]),
    query.DisjunctionMax([query.Term("text", "a"), query.Term("text", "zz")]),
    query.Phrase("text", ["a", "b"]),
    query.Phrase("marked", ["a", "cities"], slop=3),
    query.SpanNear2([query.Term("boosted", "a"), query.Term("boosted", "b")], slop=2),
    query.SpanFirst(query.Term("text", "a")),
    query.Prefix("text", "cit"),
    query.Prefix("text", ""),
    query.Wildcard("text", "*oy*"),
    query.Regex("text", "a.*"),
    query.FuzzyTerm("text", "ac"),
    query.TermRange("text", "ab", "citoyens"),
    query.NumericRange("year", 1950, 2000),
    query.Variations("text", "cities"),
)


@given(commits=COMMITS, stretch=st.sampled_from([1, 3, 1000]))
@FEW
def test_merging_arrays_keeps_what_is_not_deleted(commits: list[Commit], stretch: int) -> None:
    plain = fields.Schema(**{name: each for name, each in SCHEMA.items() if name != "text"})
    plain.add("text", fields.TEXT(stored=True, analyzer=SPACES))
    ix = _indexed([Commit(each.updates, each.deletions) for each in commits], ArrayCodec(), plain)
    segment = merge_segments(ix.storage, plain, ix._segments(), stretch=stretch)
    index.TOC(plain, [segment], 1000).write(ix.storage, "MAIN")
    with ix.reader() as apart:
        expected = _contents(apart, exact_lengths=True)
    with ix.refresh().reader() as merged:
        assert merged.is_atomic()
        assert not merged.has_deletions()
        assert _contents(merged, exact_lengths=True) == expected


@given(texts=st.lists(TEXT, max_size=8), numbers=st.lists(st.integers(-9, 9), min_size=8))
@FEW
def test_a_segment_from_arrays_is_the_one_whoosh_writes(
    texts: list[str], numbers: list[int]
) -> None:
    schema = fields.Schema(
        text=fields.TEXT(stored=True, analyzer=SPACES),
        tags=fields.KEYWORD(),
        rank=fields.COLUMN(ArrayColumn("<i4")),
    )
    by_whoosh = RamStorage().create_index(schema)
    with by_whoosh.writer(codec=ArrayCodec()) as writer:
        for text, number in zip(texts, numbers, strict=False):
            writer.add_document(text=text, tags=text, rank=number)
    tokens = [(row, place, word) for row, text in enumerate(texts) for place, word in _places(text)]
    vocabulary = sorted({word for _, _, word in tokens}, reverse=True)
    term_ids = np.array([vocabulary.index(word) for _, _, word in tokens], np.int32)
    rows = np.array([row for row, _, _ in tokens], np.int32)
    positions = np.array([place for _, place, _ in tokens], np.int32)
    from_arrays = RamStorage().create_index(schema)
    segment = write_segment(
        from_arrays.storage,
        schema,
        {
            "text": invert(term_ids, rows, positions, vocabulary),
            "tags": invert(term_ids, rows, None, vocabulary),
        },
        len(texts),
        stored=[encode_stored({"text": text}) for text in texts],
        columns={"rank": np.array(numbers[: len(texts)])},
    )
    index.TOC(schema, [segment] if texts else [], 1).write(from_arrays.storage, "MAIN")
    with by_whoosh.reader() as expected, from_arrays.refresh().reader() as actual:
        assert _contents(actual, exact_lengths=True) == _contents(expected, exact_lengths=True)


def test_sorting_tokens_does_not_depend_on_how_large_the_numbers_are() -> None:
    rows, positions = np.array([7, 3, 3, 7]), np.array([1, 4, 2, 0])
    small = invert(np.array([0, 1, 1, 0]), rows, positions, ["b", "a"])
    large = invert(np.array([0, 1, 1, 0]), rows, positions + (2**31 - 9), ["b", "a"])
    huge = invert(np.array([0, 1, 1, 0]), rows + 2**32 - 9, positions + 2**31, ["b", "a"])
    assert list(small.terms) == [b"a", b"b"]
    assert small.rows.tolist() == [3, 7]
    assert small.frequencies.tolist() == [2, 2]
    assert [small.positions, large.positions, huge.positions] == [
        pytest.approx([2, 4, 0, 1]),
        pytest.approx(np.array([2, 4, 0, 1]) + 2**31 - 9),
        pytest.approx(np.array([2, 4, 0, 1]) + 2**31),
    ]


def test_the_arrays_of_a_field_are_found_by_its_terms() -> None:
    ix = _indexed(
        [Commit([{"id": "0", "text": "b a b"}, {"id": "1"}, {"id": "2", "text": "bc b"}])]
    )
    with ix.reader() as reader:
        segment = SegmentArrays.of(reader)
    text = segment.field("text")
    assert text is not None
    assert segment.field("none") is None
    assert [text.term(ordinal) for ordinal in range(len(text))] == ["a", "b", "bc"]
    assert [text.find(term) for term in ("a", "b", "bc", "", "bb", "c")] == [0, 1, 2, -1, -1, -1]
    assert [text.prefix("b"), text.prefix("b", 1), text.prefix(""), text.prefix("c")] == [
        range(1, 3),
        range(1, 2),
        range(3),
        range(3, 3),
    ]
    assert text.document_frequency.tolist() == [1, 2, 1]
    assert text.rows(1).tolist() == [0, 2]
    assert text.counted(1)[1].tolist() == [2, 1]
    starts, positions = text.positions(1)
    assert [positions[a:b].tolist() for a, b in pairwise(starts)] == [
        [0, 2],
        [1],
    ]
    assert text.lengths.tolist() == [3, 0, 2]
    assert json.loads(segment.stored(2)) == {"id": "2", "text": "bc b"}
    assert segment.rows == 3
    assert segment.deleted.tolist() == []


def test_deleted_rows_are_named() -> None:
    ix = _indexed([Commit([{"id": each} for each in "012"]), Commit(deletions=["1"])])
    with ix.reader() as reader:
        segment = SegmentArrays.of(reader)
    assert segment.deleted.tolist() == [1]
    assert segment.live.tolist() == [True, False, True]


@given(
    terms=st.lists(st.binary(max_size=12) | st.just(b"\xff" * 9), unique=True),
    sought=st.binary(max_size=12) | st.just(b"\xff" * 8),
)
def test_terms_are_found_whatever_their_bytes(terms: list[bytes], sought: bytes) -> None:
    storage = RamStorage()
    schema = fields.Schema(tags=fields.KEYWORD())
    ids = np.arange(len(terms))
    segment = write_segment(storage, schema, {"tags": invert(ids, ids, None, terms)}, len(terms))
    tags = SegmentArrays.open(storage, segment).field("tags")
    ordered = sorted(terms)
    if tags is None:
        assert not terms
        return
    assert list(tags.terms) == ordered
    assert [tags.terms.find(term) for term in ordered] == list(range(len(terms)))
    assert tags.terms.find(sought) == (ordered.index(sought) if sought in terms else -1)
    assert [ordered[ordinal] for ordinal in tags.terms.starting(sought)] == [
        term for term in ordered if term.startswith(sought)
    ]


def test_the_best_hits_are_the_same_when_blocks_are_passed_over() -> None:
    documents = [
        {"id": str(number), "text": "a " * (number % 17 + 1) + "b " * (number % 5)}
        for number in range(3000)
    ]
    ix = _indexed([Commit(documents)])
    both = query.Or([query.Term("text", "a"), query.Term("text", "b")])
    with ix.searcher(weighting=BM25F()) as searcher:
        fast = [(hit.score, hit["id"]) for hit in searcher.search(both, limit=10, optimize=True)]
        slow = [(hit.score, hit["id"]) for hit in searcher.search(both, limit=10, optimize=False)]
    assert fast == slow


def test_a_spool_gives_back_what_did_not_stay_in_memory() -> None:
    spool = Spool("I")
    spool.pad(3)
    for number in range(CHUNK):
        spool.append(number)
    spool.extend_array(np.arange(3 * CHUNK))
    expected = [np.zeros(3), np.arange(CHUNK), np.arange(3 * CHUNK)]
    assert len(spool) == 4 * CHUNK + 3
    assert np.array_equal(np.concatenate(list(spool.chunks())), np.concatenate(expected))


def test_a_field_with_many_terms_leaves_no_file_open() -> None:
    ids = np.arange(CHUNK + 1)
    tags = invert(ids, ids, None, [f"{number:06}" for number in ids])
    segment = write_segment(
        storage := RamStorage(), fields.Schema(tags=fields.KEYWORD()), {"tags": tags}, len(ids)
    )
    gc.collect()  # a file left open is a warning, and so an error, here
    field_of_tags = SegmentArrays.open(storage, segment).field("tags")
    assert field_of_tags is not None
    assert field_of_tags.rows(field_of_tags.find(f"{CHUNK:06}")).tolist() == [CHUNK]


def test_a_matcher_moves_as_whooshs_does() -> None:
    ix = _indexed([Commit([{"id": str(number), "text": "a"} for number in range(300)])])
    with ix.reader() as reader:
        matcher = reader.postings("text", "a")
        matcher.skip_to(200)
        twin = matcher.copy()
        assert [matcher.next(), matcher.id(), twin.id()] == [False, 201, 200]
        assert [matcher.block_min_id(), matcher.block_max_id()] == [128, 255]
        matcher.skip_to(1)
        assert matcher.id() == 201
        matcher.skip_to(300)
        assert not matcher.is_active()
        with pytest.raises(ReadTooFar):
            matcher.next()
        matcher.reset()
        assert list(matcher.all_ids()) == list(range(300))


@pytest.mark.parametrize("value", [("a", "tuple"), {1: "a number as key"}, b"bytes", object()])
def test_a_stored_value_that_would_not_come_back_the_same_is_refused(value: object) -> None:
    writer = RamStorage().create_index(SCHEMA).writer(codec=ArrayCodec())
    with pytest.raises(TypeError, match="The field text holds a"):
        writer.add_document(id="1", _stored_text=value, text="a")
    writer.cancel()


def test_a_posting_that_names_a_class_is_not_decoded() -> None:
    storage = RamStorage()
    codec = ArrayCodec()
    segment = codec.new_segment(storage, "MAIN")
    writer = codec.field_writer(storage, segment)
    writer.start_field("text", SCHEMA["text"])
    writer.start_term(b"a")
    writer.add(0, 1.0, b"\0\0\0\1cos\nsystem\n(S'true'\ntR.", 1)
    writer.finish_term()
    writer.finish_field()
    writer.close()
    matcher = codec.terms_reader(storage, segment).matcher("text", b"a", SCHEMA["text"].format)
    for use in (matcher.value, lambda: matcher.value_as("positions")):
        with pytest.raises(ClassInPostingError, match=r"A posting names os\.system"):
            use()


def test_a_damaged_file_is_refused_in_one_sentence() -> None:
    ix = _indexed([Commit([{"id": "1", "text": "a"}])])
    name = next(name for name in ix.storage.list() if name.endswith(".terms"))
    whole = bytes(ix.storage.files[name])
    for content in (b"", whole[:-1], whole[1:], whole[:100], b"\0" * len(whole)):
        with pytest.raises(DamagedFileError, match="A file of the index is damaged"):
            ArrayFile(memoryview(content))


@pytest.mark.parametrize(
    "directory",
    [
        b'{"a":["<u4",5,64]}',
        b'{"a":["<u4",4,65]}',
        b'{"a":["<u4",-1,64]}',
        b'{"a":["|O8",1,64]}',
        b'{"a":["<u4",4]}',
        b'["a"]',
        b"\xff",
    ],
)
def test_a_directory_that_points_anywhere_else_is_refused(directory: bytes) -> None:
    written = BytesIO()
    writer = ArrayFileWriter(written)
    writer.add("a", np.arange(4, dtype=np.uint32))
    writer.close()
    whole = written.getvalue()
    start = whole.index(b'{"a"')
    footer = whole[-28:-20] + len(directory).to_bytes(8, "little") + whole[-12:]
    with pytest.raises(DamagedFileError, match="its directory is unreadable"):
        ArrayFile(memoryview(whole[:start] + directory + footer))


def test_a_file_of_another_version_is_refused() -> None:
    written = BytesIO()
    ArrayFileWriter(written).close()
    content = bytearray(written.getvalue())
    content[-12] += 1
    with pytest.raises(WrongVersionError, match="has version 2, not 1"):
        ArrayFile(memoryview(content))


def _indexed(
    commits: Sequence[Commit], codec: Codec | None = None, schema: fields.Schema = SCHEMA
) -> Any:
    ix = RamStorage().create_index(schema)
    for commit in commits:
        writer = ix.writer(codec=codec or ArrayCodec())
        for each in commit.deletions:
            writer.delete_by_term("id", each)
        for document in commit.updates:
            writer.delete_by_term("id", document["id"])
            writer.add_document(**document)
        writer.commit(merge=False, optimize=commit.optimize)
    return ix


def _contents(reader: Any, *, exact_lengths: bool) -> dict[str, Any]:
    """All that can be read of the live documents, by their order among these."""
    order = {row: number for number, row in enumerate(reader.all_doc_ids())}
    rounded: Callable[[int], int] = (
        (lambda length: byte_to_length(length_to_byte(length))) if exact_lengths else int
    )
    postings = {
        term: found
        for term in reader.all_terms()
        if (found := [each for each in _postings(reader, *term) if each[0] in order])
    }
    return {
        "stored": [reader.stored_fields(row) for row in order],
        "postings": {
            term: [(order[row], *rest) for row, *rest in found] for term, found in postings.items()
        },
        "lengths": {
            name: [rounded(reader.doc_field_length(row, name) or 0) for row in order]
            for name in reader.schema.names()
        },
        "columns": {
            name: [value for value, row in _column(reader, name) if row in order]
            for name in ("year", "rank", "clusters")
            if name in reader.schema
        },
        "vectors": [
            [(each.id(), each.weight(), each.value_as("positions")) for each in _walk(vector)]
            for row in order
            if reader.has_vector(row, "text") and (vector := reader.vector(row, "text"))
        ],
    }


def _statistics(reader: Any) -> list[tuple[Any, ...]]:
    return [
        (
            *term,
            info.weight(),
            info.doc_frequency(),
            info.max_weight(),
            byte_to_length(length_to_byte(info.min_length())),
            byte_to_length(length_to_byte(info.max_length())),
            info.min_id(),
            info.max_id(),
        )
        for term in reader.all_terms()
        for info in [reader.term_info(*term)]
    ]


def _postings(reader: Any, name: str, term: bytes) -> list[tuple[Any, ...]]:
    matcher = reader.postings(name, term)
    kinds = [
        kind
        for kind in ("frequency", "positions", "characters", "position_boosts", "character_boosts")
        if reader.schema[name].format.supports(kind)
    ]
    return [
        (each.id(), each.weight(), each.value() or b"", *(each.value_as(kind) for kind in kinds))
        for each in _walk(matcher)
    ]


def _walk(matcher: Any) -> Any:
    while matcher.is_active():
        yield matcher
        matcher.next()


def _column(reader: Any, name: str) -> list[tuple[Any, int]]:
    """Values with their rows, segment by segment: Whoosh's reader of all misses those without."""
    return [
        (leaf.column_reader(name)[row], first + row)
        for leaf, first in reader.leaf_readers()
        for row in range(leaf.doc_count_all())
    ]


def _answers(ix: Any, sought: query.Query) -> tuple[list[dict[str, Any]], int]:
    with ix.searcher() as searcher:
        results = searcher.search(sought, limit=None)
        return sorted((hit.fields() for hit in results), key=lambda each: each["id"]), len(results)


def _places(text: str) -> list[tuple[int, str]]:
    return [(token.pos, token.text) for token in SPACES(text, positions=True)]
