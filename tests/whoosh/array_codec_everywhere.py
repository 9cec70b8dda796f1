"""A pytest plugin that makes the array codec the one Whoosh uses where a test names none.

Whoosh's tests store objects of any kind, which the codec refuses; here it may pickle them. They
expect lengths as rounded by two functions of Whoosh's, since its codec keeps them in one byte; ours
keeps them exactly, so here the functions that the tests ask do not round.
"""

import pickle
from typing import Any

import whoosh.codec
import whoosh.codec.whoosh3  # takes its own rounding functions before they are replaced
import whoosh.util.numeric

from engine.embedded.codec.codec import ArrayCodec, ArraySegment
from engine.embedded.codec.stored import decode_stored, encode_stored

_PICKLED = b"\x80"  # how a pickle starts, and no JSON does


class ObjectCodec(ArrayCodec):
    """The codec with stored objects of any kind."""

    def __init__(self, **options: object) -> None:
        """Takes the stock codec's options, none of which means anything here."""

    @staticmethod
    def encode_stored(fields: Any) -> bytes:
        """JSON where that keeps the values, else a pickle."""
        try:
            return encode_stored(fields)
        except TypeError:
            return pickle.dumps(dict(fields), 2)

    @staticmethod
    def decode_stored(content: bytes) -> Any:
        """What was stored."""
        return pickle.loads(content) if content[:1] == _PICKLED else decode_stored(content)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002
        """A segment that this codec reads."""
        return ObjectSegment(indexname)


class ObjectSegment(ArraySegment):
    """A segment with stored objects of any kind."""

    def codec(self) -> ArrayCodec:
        """The codec that reads it."""
        return ObjectCodec()


whoosh.codec.default_codec = ObjectCodec
whoosh.util.numeric.length_to_byte = whoosh.util.numeric.byte_to_length = int
