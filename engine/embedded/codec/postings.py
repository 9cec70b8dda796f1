"""The posting lists of a field as flat arrays: weights, counts, positions; ids are kept elsewhere.

List i holds postings offsets[i] to offsets[i + 1]. What no posting of a field needs is not stored:
weights where all are 1, counts where they equal the weights, positions where a format has none.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.embedded.codec.arrayfile import Array, ArrayFile, ArrayFileWriter
from engine.embedded.codec.occurrences import Kind, Occurrences, read, refuse_classes, value_of
from engine.embedded.codec.spool import Spool
from engine.embedded.codec.termlist import native

# What is stored of each occurrence, with its type, by kind.
_PARTS = {
    Kind.NOTHING: (),
    Kind.COUNT: (),
    Kind.POSITIONS: ("positions",),
    Kind.CHARACTERS: ("positions", "starts", "ends"),
    Kind.POSITION_BOOSTS: ("positions", "boosts"),
    Kind.CHARACTER_BOOSTS: ("positions", "starts", "ends", "boosts"),
}
_MOST_FREQUENT = 0xFFFF  # the largest weight that is stored in 16 bits


class Postings:
    """The posting lists of one field of an array file, read in place."""

    __slots__ = (
        "_counts",
        "_occurrence_offsets",
        "_parts",
        "_raw",
        "_raw_offsets",
        "_raw_places",
        "_weights",
        "kind",
        "offsets",
    )

    def __init__(self, file: ArrayFile, field: str) -> None:
        self.kind = Kind(int(file.array(f"kind/{field}")[0]))
        self.offsets = native(file.array(f"offsets/{field}"))
        self._weights = _optional(file, f"weights/{field}")
        self._counts = _optional(file, f"counts/{field}")
        self._parts = {part: file.array(f"{part}/{field}") for part in _PARTS[self.kind]}
        self._occurrence_offsets = _optional(file, f"occurrence_offsets/{field}")
        self._raw_places = _optional(file, f"raw_places/{field}")
        self._raw_offsets = _optional(file, f"raw_offsets/{field}")
        self._raw = _optional(file, f"raw/{field}")

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def has_raw_values(self) -> bool:
        """Whether some values are kept as bytes, because they are of no format of Whoosh's."""
        return self._raw is not None

    def parts(self) -> Sequence[str]:
        """The names of the arrays that hold something for each occurrence."""
        return _PARTS[self.kind]

    def weights(self, start: int, end: int) -> Array:
        """The weights of some postings: whole numbers where all of the field are, else floats."""
        if self._weights is None:
            return np.ones(end - start, np.uint16)
        return self._weights[start:end]

    def counts(self, start: int, end: int) -> Array:
        """How many occurrences are kept of each of some postings."""
        if self.kind is Kind.NOTHING:
            return np.zeros(end - start, np.uint16)
        if self._counts is None:
            return self.weights(start, end)
        return self._counts[start:end]

    def occurrence_offsets(self, ordinal: int) -> Array:
        """Where the occurrences of each posting of a list start; one more ends the last."""
        start, end = self.offsets[ordinal], self.offsets[ordinal + 1]
        first = 0 if self._occurrence_offsets is None else int(self._occurrence_offsets[ordinal])
        starts = np.empty(end - start + 1, np.int64)
        starts[0] = first
        np.cumsum(self.counts(start, end), dtype=np.int64, out=starts[1:])
        starts[1:] += first
        return starts

    def part(self, name: str) -> Array:
        """One number for each occurrence of the field: positions, starts, ends or boosts."""
        return self._parts[name]

    def raw_value(self, posting: int) -> bytes | None:
        """The value of a posting that is kept as bytes, or None where it is kept as numbers."""
        if self._raw is None or self._raw_places is None or self._raw_offsets is None:
            return None
        place = int(np.searchsorted(self._raw_places, posting))
        if place == len(self._raw_places) or self._raw_places[place] != posting:
            return None
        content = self._raw[int(self._raw_offsets[place]) : int(self._raw_offsets[place + 1])]
        value = content.tobytes()
        refuse_classes(value)
        return value

    def value(self, format_: object, count: int, start: int) -> bytes:
        """A posting's value as Whoosh encodes it, of `count` occurrences from `start` on."""
        parts = {name: part[start : start + count].tolist() for name, part in self._parts.items()}
        return value_of(self.kind, format_, Occurrences(count, **parts))


class PostingsWriter:
    """Collects posting lists one posting at a time."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._offsets = Spool("Q")
        self._weights = Spool("f")
        self._counts = Spool("I")
        self._occurrence_offsets = Spool("Q")
        self._parts = {part: Spool("d" if part == "boosts" else "I") for part in _PARTS[kind]}
        self._occurrences = 0
        self._raw_places = Spool("Q")
        self._raw_offsets = Spool("Q")
        self._raw = Spool("B")
        self._whole = self._single = self._counted = True
        self._end_list()
        self._raw_offsets.append(0)

    def add(self, weight: float, value: bytes) -> None:
        """Adds a posting to the current list."""
        occurrences = read(self._kind, value)
        if occurrences is None:
            self._raw_places.append(len(self._weights))
            self._raw.extend_bytes(value)
            self._raw_offsets.append(len(self._raw))
            occurrences = Occurrences()
        for name, part in self._parts.items():
            part.extend(getattr(occurrences, name))
        self._occurrences += occurrences.count
        self._counts.append(occurrences.count)
        self._weights.append(weight)
        self._whole = self._whole and weight == int(weight) and 0 <= weight <= _MOST_FREQUENT
        self._single = self._single and weight == 1
        self._counted = self._counted and weight == occurrences.count

    def finish_list(self) -> None:
        """Ends the current list."""
        self._end_list()

    def extend(
        self,
        bounds: NDArray[np.int64],
        weights: Array,
        counts: Array,
        parts: Mapping[str, Array],
    ) -> None:
        """Adds whole lists: list i is what lies from bounds[i] to bounds[i + 1]."""
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
        self._offsets.extend_array(bounds[1:] + len(self._weights))
        self._occurrence_offsets.extend_array(ends[bounds[1:]] + self._occurrences)
        for name, part in self._parts.items():
            part.extend_array(parts[name])
        self._occurrences += int(ends[-1])
        self._counts.extend_array(counts)
        self._weights.extend_array(weights)
        self._whole = self._whole and bool(
            np.all((weights == np.floor(weights)) & (weights >= 0) & (weights <= _MOST_FREQUENT))
        )
        self._single = self._single and bool(np.all(weights == 1))
        self._counted = self._counted and bool(np.all(weights == counts))

    def write(self, file: ArrayFileWriter, field: str) -> None:
        """Writes all lists under the name of a field."""
        file.add(f"kind/{field}", np.array([self._kind], np.uint8))
        file.add_chunks(f"offsets/{field}", np.uint64, self._offsets.chunks())
        if not self._single:
            weights = np.uint16 if self._whole else np.float32
            file.add_chunks(f"weights/{field}", weights, self._weights.chunks())
        if self._kind is not Kind.NOTHING and not self._counted:
            file.add_chunks(f"counts/{field}", np.uint32, self._counts.chunks())
        for name, part in self._parts.items():
            dtype = np.float64 if name == "boosts" else np.uint32
            file.add_chunks(f"{name}/{field}", dtype, part.chunks())
        if self._parts:
            offsets = self._occurrence_offsets.chunks()
            file.add_chunks(f"occurrence_offsets/{field}", np.uint64, offsets)
        if len(self._raw_places):
            file.add_chunks(f"raw_places/{field}", np.uint64, self._raw_places.chunks())
            file.add_chunks(f"raw_offsets/{field}", np.uint64, self._raw_offsets.chunks())
            file.add_chunks(f"raw/{field}", np.uint8, self._raw.chunks())
        for spool in (self._weights, self._counts, self._occurrence_offsets):
            spool.close()  # what is not stored was not read either

    def _end_list(self) -> None:
        self._offsets.append(len(self._weights))
        self._occurrence_offsets.append(self._occurrences)


def _optional(file: ArrayFile, name: str) -> Array | None:
    return file.array(name) if name in file else None
