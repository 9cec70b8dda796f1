"""What is indexed: a document, its passages, and which of its pages could be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Section = Literal["lessons", "challenges", "recommendations", "practice", "results", "other"]
SECTIONS: tuple[Section, ...] = get_args(Section)
UNDER = " › "
"""Stands between the headings of a path, the highest first: `Waste › Lessons learned`."""

IMAGES = "page-images"
"""The metadata that says in which folder the images of a document's pages lie, absolute, each
named by its page, `14.png`; an empty file is no image."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text on one page under one heading.

    `page` is the physical page, from 1. `heading` is the path of headings that the text stands
    under, joined by UNDER. `language` is an ISO 639-1 code, or empty where the
    passage is in the language of its document. `vector` is what it means, as `engine.semantic`
    stores it, or empty.
    """

    page: int
    text: str
    heading: str = ""
    section: Section = "other"
    language: str = ""
    vector: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that could not be read, and why, in one word of `indexer` (`empty-text`, …)."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many pages a document has, and which of them could not be read, or are pictures whose
    text was recognised and may have mistakes."""

    pages: int = 0
    unread: tuple[Unread, ...] = ()
    recognised: tuple[int, ...] = ()

    @property
    def read(self) -> int:
        """The number of pages whose text is in the index."""
        return self.pages - len(self.unread)


@dataclass(frozen=True, slots=True)
class Document:
    """One product as it is indexed, without its passages.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD, or empty. `language` is an ISO 639-1 code, or empty.
    `file` is the path inside `corpus`, which is the absolute path of the corpus folder.
    `guessed` names the fields that were guessed from the file. `reason` says why the product
    could not be taken in as it is, in one sentence, or is empty. `fingerprint` changes whenever
    the catalogue's row or the file does. `metadata` holds any further column of the manifest.
    """

    id: str
    file: str
    title: str
    type: str = ""
    clusters: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    url: str = ""
    summary: str = ""
    coverage: Coverage = Coverage()
    metadata: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    reason: str = ""
    corpus: str = ""
    fingerprint: str = ""
