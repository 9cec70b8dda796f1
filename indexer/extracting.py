"""Reads what the extraction store does not know, and recognises what of it are pictures."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer import files
from indexer.progress import Progress
from indexer.readers import read_all
from indexer.recognising import Pictures, recognise_all
from indexer.store import Store
from indexer.tessdata import Tessdata


def read_new(contents: Mapping[Path, str], store: Store, progress: Progress) -> int:
    """Read the files whose content the store does not know; return how many."""
    wanted = {content: path for path, content in contents.items() if store.wants(content)}
    progress.start(len(wanted))
    begun: set[str] = set()

    def begin(path: Path) -> None:
        store.begin(contents[path])
        begun.add(contents[path])

    def seen(path: Path, pages: int, of: int) -> None:
        progress.page(path.name, pages, of)

    try:
        for path, reading in read_all(tuple(wanted.values()), begin, seen):
            store.keep(contents[path], reading)
            begun.discard(contents[path])
            progress.file(path.name, len(reading.pages), reading.reason)
    finally:
        for content in begun:
            store.withdraw(content)
        progress.end()
    return len(wanted)


def recognise_new(
    contents: Mapping[Path, str], store: Store, progress: Progress, tessdata: Tessdata
) -> int:
    """Recognise the pages of PDF files that are pictures and were not recognised; return how
    many have text now. Raises IndexerError."""
    kept = store.recognitions
    pictures = [*_pictures(contents, store, tessdata)]
    progress.start_recognising(sum(len(each.pages) for each in pictures))
    begun: set[tuple[str, int]] = set()
    legible = 0

    def begin(content: str, page: int) -> None:
        kept.begin(content, page)
        begun.add((content, page))

    try:
        for of, page in recognise_all(pictures, tessdata, begin):
            kept.keep(of.content, page, tessdata.names)
            begun.discard((of.content, page.number))
            legible += not page.reason
            progress.recognised(of.path.name, page.number, page.reason)
    finally:
        for content, number in begun:
            kept.withdraw(content, number)
        progress.end()
    return legible


def _pictures(contents: Mapping[Path, str], store: Store, tessdata: Tessdata) -> Iterator[Pictures]:
    """Yield the files that have pages to be recognised, each content once."""
    for content, path in {content: path for path, content in contents.items()}.items():
        reading = store.summary(content)
        pages = store.recognitions.wanted(content, reading.pages, tessdata.names)
        if pages and files.is_pdf(path):
            yield Pictures(path, content, reading.about.language, pages)
