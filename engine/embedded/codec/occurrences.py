"""What Whoosh's formats say about the occurrences of a term in a document, as plain numbers.

Whoosh packs them as pickles; here they are only read by an unpickler that knows no classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from itertools import accumulate
from pickle import Unpickler, UnpicklingError
from struct import Struct
from typing import Any, NoReturn

from whoosh import formats

_COUNT = Struct("!I")
_COUNT_AND_BOOST = Struct("!If")
_LIMIT = 1 << 32  # positions and character offsets are stored in 32 bits


class Kind(IntEnum):
    """What is kept of each posting beside its weight."""

    NOTHING = 0
    COUNT = 1
    POSITIONS = 2
    CHARACTERS = 3
    POSITION_BOOSTS = 4
    CHARACTER_BOOSTS = 5


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The occurrences in one posting; parts that its kind does not keep are empty."""

    count: int = 0
    positions: Sequence[int] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    boosts: Sequence[float] = ()


class ClassInPostingError(UnpicklingError):
    """A posting's value names a Python class or function."""


def kind_of(format_: Any) -> Kind:
    """The kind for a Whoosh format; a format of somebody else's keeps its bytes as they are."""
    return _KINDS.get(type(format_), Kind.NOTHING)


def read(kind: Kind, value: bytes) -> Occurrences | None:
    """The occurrences in a value as Whoosh encodes it, or None where it is not of that kind."""
    if kind is Kind.NOTHING:
        return None if value else Occurrences()
    if kind is Kind.COUNT:
        return Occurrences(*_COUNT.unpack(value)) if len(value) == _COUNT.size else None
    header = _COUNT_AND_BOOST if kind in _BOOSTED else _COUNT
    try:
        codes = plain_object(value[header.size :])
        count = header.unpack_from(value)[0]
        occurrences = _READERS[kind](codes)
    except Exception:  # noqa: BLE001  # whatever the bytes are, they are not of that kind
        return None
    return occurrences if occurrences.count == count and _fits(occurrences) else None


def value_of(kind: Kind, format_: Any, occurrences: Occurrences) -> bytes:
    """The value as Whoosh encodes it."""
    if kind is Kind.NOTHING:
        return b""
    if kind is Kind.COUNT:
        return _COUNT.pack(occurrences.count)
    encoder = format_ if kind_of(format_) is kind else _FORMATS[kind]()
    parts = {
        Kind.POSITIONS: (),
        Kind.CHARACTERS: (occurrences.starts, occurrences.ends),
        Kind.POSITION_BOOSTS: (occurrences.boosts,),
        Kind.CHARACTER_BOOSTS: (occurrences.starts, occurrences.ends, occurrences.boosts),
    }[kind]
    if not parts:
        encoded = encoder.encode(list(occurrences.positions))
    else:
        encoded = encoder.encode(list(zip(occurrences.positions, *parts, strict=True)))
    value: bytes = encoded[0] if kind is Kind.CHARACTER_BOOSTS else encoded
    return value


def plain_object(pickled: bytes) -> Any:
    """Unpickles numbers and lists of them; ClassInPostingError where a class is named."""
    return _PlainUnpickler(BytesIO(pickled)).load()


def refuse_classes(value: bytes) -> None:
    """ClassInPostingError if decoding the value, in any format of Whoosh's, would use a class."""
    for header in (_COUNT, _COUNT_AND_BOOST):
        try:
            plain_object(value[header.size :] + b".")
        except ClassInPostingError:
            raise
        except Exception:  # noqa: BLE001, S112  # bytes that do not decode do no harm
            continue


class _PlainUnpickler(Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise ClassInPostingError(f"A posting names {module}.{name}.")


def _positions(codes: Any) -> Occurrences:
    return Occurrences(len(codes), list(accumulate(codes)))


def _characters(codes: Any) -> Occurrences:
    positions = list(accumulate(code[0] for code in codes))
    starts, ends, end = [], [], 0
    for code in codes:
        start = end + code[1]
        end = start + code[2]
        starts.append(start)
        ends.append(end)
    return Occurrences(len(codes), positions, starts, ends)


def _position_boosts(codes: Any) -> Occurrences:
    positions = list(accumulate(position for position, _ in codes))
    return Occurrences(len(codes), positions, boosts=[float(boost) for _, boost in codes])


def _character_boosts(codes: Any) -> Occurrences:
    places = _characters([code[:3] for code in codes])
    boosts = [float(code[3]) for code in codes]
    return Occurrences(places.count, places.positions, places.starts, places.ends, boosts)


def _fits(occurrences: Occurrences) -> bool:
    return all(
        type(number) is int and 0 <= number < _LIMIT
        for numbers in (occurrences.positions, occurrences.starts, occurrences.ends)
        for number in numbers
    )


_BOOSTED = frozenset({Kind.POSITION_BOOSTS, Kind.CHARACTER_BOOSTS})
_READERS = {
    Kind.POSITIONS: _positions,
    Kind.CHARACTERS: _characters,
    Kind.POSITION_BOOSTS: _position_boosts,
    Kind.CHARACTER_BOOSTS: _character_boosts,
}
_FORMATS = {
    Kind.COUNT: formats.Frequency,
    Kind.POSITIONS: formats.Positions,
    Kind.CHARACTERS: formats.Characters,
    Kind.POSITION_BOOSTS: formats.PositionBoosts,
    Kind.CHARACTER_BOOSTS: formats.CharacterBoosts,
}
_KINDS = {format_: kind for kind, format_ in _FORMATS.items()}
