"""Whoosh's writer and reader of terms and postings, over one file of arrays a segment."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from engine.embedded.codec.arrayfile import Array, ArrayFile, ArrayFileWriter
from engine.embedded.codec.fieldarrays import FieldArrays
from engine.embedded.codec.fieldwriting import FieldWriter
from engine.embedded.codec.matching import ArrayMatcher
from engine.embedded.codec.occurrences import kind_of

Term = tuple[str, bytes]


class ArrayFieldWriter(base.FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the fields of a segment, which come in order, with their terms in order."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._arrays = ArrayFileWriter(file)
        self._field: FieldWriter | None = None
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begins a field."""
        self._field = FieldWriter(fieldname, kind_of(fieldobj.format))

    def start_term(self, btext: bytes) -> None:
        """Begins a term of the field."""
        self._current.start_term(btext)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:
        """Adds a posting of the term."""
        self._current.add(docnum, weight, vbytes, length or 0)

    def finish_term(self) -> None:
        """Ends the term."""
        self._current.finish_term()

    def finish_field(self) -> None:
        """Ends the field and writes it."""
        self._current.write(self._arrays)
        self._field = None

    def close(self) -> None:
        """Ends the file."""
        self._arrays.close()
        self._file.close()
        self.is_closed = True

    @property
    def _current(self) -> FieldWriter:
        if self._field is None:
            raise ValueError("A term or posting came before its field.")
        return self._field


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """Reads the terms and postings of a segment in place."""

    def __init__(self, file: ArrayFile, lengths: dict[str, Array]) -> None:
        self._file = file
        self._lengths = lengths
        names = [name.removeprefix("kind/") for name in file if name.startswith("kind/")]
        self._fields: dict[str, FieldArrays | None] = dict.fromkeys(names)

    def __contains__(self, term: Term) -> bool:
        field = self.field(term[0])
        return field is not None and field.terms.find(term[1]) >= 0

    def field(self, name: str) -> FieldArrays | None:
        """The arrays of a field, or None where nothing is indexed of it."""
        if name not in self._fields:
            return None
        field = self._fields[name]
        if field is None:
            lengths = self._lengths.get(name, np.empty(0, np.uint16))
            field = self._fields[name] = FieldArrays(self._file, name, lengths)
        return field

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return self._fields.keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> "base.FieldCursor":
        """A cursor over the terms of a field."""
        field = self.field(fieldname)
        return base.EmptyCursor() if field is None else ArrayCursor(field, fieldobj)

    def terms(self) -> Iterator[Term]:
        """All fields and terms, in order."""
        return ((name, field.terms[ordinal]) for name, field, ordinal in self._all())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """All fields and terms from a place on."""
        places = self._all_from(fieldname, prefix)
        return ((name, field.terms[ordinal]) for name, field, ordinal in places)

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """All fields and terms with what is known of them."""
        return (
            ((name, field.terms[ordinal]), field.term_info(ordinal))
            for name, field, ordinal in self._all()
        )

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """All fields and terms from a place on with what is known of them."""
        return (
            ((name, field.terms[ordinal]), field.term_info(ordinal))
            for name, field, ordinal in self._all_from(fieldname, prefix)
        )

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """What is known of a term; TermNotFound without it."""
        field, ordinal = self._find(fieldname, tbytes)
        return field.term_info(ordinal)

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """The summed weight of a term, 0 without it."""
        return (
            float(self.term_info(fieldname, tbytes).weight()) if (fieldname, tbytes) in self else 0
        )

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """How many rows a term stands in, 0 without it."""
        if (fieldname, tbytes) not in self:
            return 0
        field, ordinal = self._find(fieldname, tbytes)
        return len(field.ids(ordinal))

    def matcher(
        self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        """A matcher over the postings of a term; TermNotFound without it."""
        field, ordinal = self._find(fieldname, tbytes)
        return ArrayMatcher(
            field.postings,
            ordinal,
            field.ids(ordinal),
            format_=format_,
            term=(fieldname, tbytes),
            scorer=scorer,
            lengths=field.lengths,
        )

    def close(self) -> None:
        """Nothing is held open; the map goes when nothing refers to it."""

    def _find(self, fieldname: str, tbytes: bytes) -> tuple[FieldArrays, int]:
        field = self.field(fieldname)
        ordinal = -1 if field is None else field.terms.find(tbytes)
        if field is None or ordinal < 0:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        return field, ordinal

    def _all(self) -> Iterator[tuple[str, FieldArrays, int]]:
        for name in self._fields:
            yield from self._rest(name, 0)

    def _all_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, FieldArrays, int]]:
        field = self.field(fieldname)
        if field is None:
            return
        yield from self._rest(fieldname, field.terms.place(prefix))
        names = list(self._fields)
        for name in names[names.index(fieldname) + 1 :]:
            yield from self._rest(name, 0)

    def _rest(self, name: str, first: int) -> Iterator[tuple[str, FieldArrays, int]]:
        field = self.field(name)
        if field is not None:
            for ordinal in range(first, len(field)):
                yield name, field, ordinal


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Stands on a term of a field, or past the last one."""

    def __init__(self, field: FieldArrays, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._ordinal = 0

    def first(self) -> Any:
        """Goes to the first term."""
        self._ordinal = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Goes to the first term that is not before the given one."""
        if not isinstance(term, bytes):
            term = self._fieldobj.to_bytes(term)
        self._ordinal = self._field.terms.place(term)
        return self.text()

    def next(self) -> Any:
        """Goes to the next term."""
        self._ordinal += 1
        return self.text()

    def text(self) -> Any:
        """The term, as the field decodes it, or None past the last one."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._field.terms[self._ordinal])

    def term_info(self) -> TermInfo | None:
        """What is known of the term."""
        return self._field.term_info(self._ordinal) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether it stands on a term."""
        return self._ordinal < len(self._field)
