"""Decides what an update writes and takes out. Pure: it looks at fingerprints only."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.protocol import Entry


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of documents to put, to remove, and that cannot be put: another corpus has them."""

    put: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


def changes(entries: Mapping[str, Entry], corpus: str, fingerprints: Mapping[str, str]) -> Changes:
    """Compare the index with the products of one corpus, given as fingerprints by id."""
    taken = tuple(own for own in fingerprints if own in entries and entries[own].corpus != corpus)
    put = tuple(
        own
        for own, fingerprint in fingerprints.items()
        if own not in taken and (own not in entries or entries[own].fingerprint != fingerprint)
    )
    remove = tuple(
        own for own, entry in entries.items() if entry.corpus == corpus and own not in fingerprints
    )
    return Changes(put, remove, taken)
