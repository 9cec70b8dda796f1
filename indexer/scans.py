"""How many pages are pictures of text: those that were recognised, and those that still can be."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.documents import Coverage
from indexer.readings import PICTURES


class Scans(NamedTuple):
    """Pages whose text was recognised, and pages that are pictures, or might be, and have none."""

    recognised: int = 0
    unread: int = 0


def scans(coverages: Iterable[Coverage]) -> Scans:
    """Count the pages of documents."""
    recognised = unread = 0
    for coverage in coverages:
        recognised += len(coverage.recognised)
        unread += sum(lost.reason in PICTURES for lost in coverage.unread)
    return Scans(recognised, unread)


def advice(unread: int) -> str:
    """Return what can be done where Tesseract is not installed; empty where there is nothing."""
    if not unread:
        return ""
    pages = "1 page that is a picture" if unread == 1 else f"{unread} pages that are pictures"
    return (
        f"Not read: {pages}; with the extra “ocr” and Tesseract's language data installed, "
        "the next update recognises the text in them."
    )
