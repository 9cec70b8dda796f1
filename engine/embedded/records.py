"""Documents and passages as what their rows store, and back."""

import json
from typing import Generic, TypeVar

import msgspec

from engine.documents import Document, Passage
from engine.embedded.codec.stored import encode
from engine.embedded.schema import RECORD

T = TypeVar("T", Document, Passage)


class _Row(msgspec.Struct, Generic[T], rename={"of": RECORD}):
    """The stored fields of a row."""

    of: T


class _Kept(msgspec.Struct):
    """What is stored of a passage: all but its vector, which has a column of its own."""

    page: int
    text: str
    heading: str
    section: str
    language: str


_documents = msgspec.json.Decoder(_Row[Document])
_passages = msgspec.json.Decoder(_Row[Passage])


def encoded(record: Document | Passage) -> bytes:
    """Return what the row of a document or passage stores."""
    if isinstance(record, Passage):
        kept = _Kept(record.page, record.text, record.heading, record.section, record.language)
        return encode({RECORD: kept})
    return encode({RECORD: record})


def document(content: bytes) -> Document:
    """Return the document that a parent row stores."""
    return _decoded(_documents, content)


def passage(content: bytes) -> Passage:
    """Return the passage that a row stores, without its vector."""
    return _decoded(_passages, content)


def _decoded(decoder: msgspec.json.Decoder[_Row[T]], content: bytes) -> T:
    try:
        return decoder.decode(content).of
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Lone surrogates have no form in UTF-8.
        fields = json.loads(content.decode("utf-8", "surrogatepass"))
        return msgspec.convert(fields, decoder.type).of
