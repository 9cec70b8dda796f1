"""Documents and passages as the text that the cluster stores, and back.

All in ASCII: a lone surrogate, which damaged files have, can be escaped but not sent as UTF-8.
"""

import json
from typing import TypeVar

import msgspec

from engine.documents import Document, Passage

T = TypeVar("T", Document, Passage)


def encoded(record: Document | Passage) -> str:
    """Return what is stored of a document or passage."""
    return json.dumps(msgspec.to_builtins(record))


def decoded(text: str, kind: type[T]) -> T:
    """Return the document or passage that was stored."""
    return msgspec.convert(json.loads(text), kind)
