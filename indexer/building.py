"""A run of the indexer: catalogue, reading, decision, and one batch of writing.

All files are read before the engine's writer is opened, and no child outlives the reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from engine.documents import IMAGES, Coverage, Document, Passage
from engine.errors import NoIndexError, WrongVersionError
from engine.protocol import Engine, Entry, Skipped
from engine.vocabulary import Vocabulary
from indexer import catalogue, files
from indexer.catalogue import Product
from indexer.changes import Changes, changes
from indexer.documents import document, with_names
from indexer.drawing import draw_all
from indexer.encoding import Encoder
from indexer.errors import CatalogueError
from indexer.extracting import read_new, recognise_new
from indexer.headline import first_headline
from indexer.images import Images
from indexer.passages import passages
from indexer.progress import Progress
from indexer.readings import Page, Reading
from indexer.running import without_running
from indexer.scans import Scans, scans
from indexer.store import Store
from indexer.tessdata import Tessdata


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: documents of the corpus, put and removed ones, files read, and every
    product of the corpus that did not go in as it should have; `contents` are all files that
    could be opened, with their content, `recognised` counts the pages that were recognised now,
    `scans` all in the corpus."""

    documents: int
    put: int
    removed: int
    read: int
    skipped: tuple[Skipped, ...]
    contents: Mapping[Path, str] = field(default_factory=dict, compare=False, repr=False)
    recognised: int = 0
    scans: Scans = field(default=Scans(), compare=False)


@dataclass(frozen=True, slots=True)
class _Sourced:
    """A document and the content of its file, empty where nothing of it is to be indexed."""

    document: Document
    content: str


def build(
    corpus: Path,
    engine: Engine,
    store: Store,
    progress: Progress,
    encoder: Encoder | None = None,
    images: Images | None = None,
    tessdata: Tessdata | None = None,
) -> Summary:
    """Index a corpus from nothing; with an encoder passages have vectors, with images
    documents say where those of their pages are, with Tesseract's data pages that are pictures
    are recognised. Raises IndexerError, VocabularyError, EngineError, OSError."""
    return _run(corpus, engine, store, progress, encoder, images, tessdata, fresh=True)


def update(
    corpus: Path,
    engine: Engine,
    store: Store,
    progress: Progress,
    encoder: Encoder | None = None,
    images: Images | None = None,
    tessdata: Tessdata | None = None,
) -> Summary:
    """Bring the index up to what a corpus is now; other corpora stay as they are. A document
    whose passages another model encoded, or none, has changed. Raises as `build` does."""
    return _run(corpus, engine, store, progress, encoder, images, tessdata, fresh=False)


def _run(
    corpus: Path,
    engine: Engine,
    store: Store,
    progress: Progress,
    encoder: Encoder | None,
    images: Images | None,
    tessdata: Tessdata | None,
    *,
    fresh: bool,
) -> Summary:
    vocabulary = catalogue.vocabulary_of(corpus)
    products = catalogue.products(corpus, vocabulary)
    entries = None if fresh else _entries(engine)
    contents, lost = _contents(products)
    read = read_new(contents, store, progress)
    recognised = recognise_new(contents, store, progress, tessdata) if tessdata else 0
    sourced = _documents(products, contents, lost, store, vocabulary)
    if images:
        sourced = {own: _imaged(source, images) for own, source in sourced.items()}
    if encoder:
        sourced = {own: _marked(source, encoder.mark) for own, source in sourced.items()}
    fingerprints = {own: source.document.fingerprint for own, source in sourced.items()}
    home = products[0].document.corpus
    decided = changes(entries or {}, home, fingerprints)
    if sourced and len(decided.taken) == len(sourced) and not decided.remove:
        other = (entries or {})[decided.taken[0]].corpus
        raise CatalogueError(
            f"The index has all of these ids already, from {other}: build it again if that folder "
            "was moved."
        )
    is_same = not (decided.put or decided.remove) and entries is not None
    if not is_same or engine.vocabulary().source != vocabulary.source:
        if encoder:
            _encode(encoder, store, [sourced[own] for own in decided.put], progress)
        _write(engine, store, vocabulary, sourced, decided, encoder, fresh=entries is None)
    skipped = [*_skipped(sourced, decided, entries or {})]
    counts = (len(sourced), len(decided.put), len(decided.remove), read)
    found = scans(source.document.coverage for source in sourced.values())
    return Summary(*counts, tuple(skipped), contents, recognised, found)


def draw(contents: Mapping[Path, str], store: Store, images: Images, progress: Progress) -> int:
    """Draw the pages of PDF files that have no image yet; return how many. Raises IndexerError,
    OSError."""
    paths = {content: path for path, content in contents.items() if files.is_pdf(path)}
    found = [
        (path, content, pages)
        for content, path in paths.items()
        if (pages := images.missing(content, store.summary(content).about.pages))
    ]
    progress.start_drawing(len(found))
    try:
        draw_all(found, images, lambda path, n: progress.drawn(path.name, n))
    finally:
        progress.end()
    return sum(len(pages) for _, _, pages in found)


def _entries(engine: Engine) -> Mapping[str, Entry] | None:
    """Return what the index has, or None where there is none yet."""
    try:
        return engine.entries()
    except WrongVersionError:
        raise
    except NoIndexError:
        return None


def _contents(products: Sequence[Product]) -> tuple[dict[Path, str], dict[Path, str]]:
    """Return the content of every file, and why some that were there cannot be read now."""
    contents: dict[Path, str] = {}
    lost: dict[Path, str] = {}
    for product in products:
        if product.path is None:
            continue
        try:
            contents[product.path] = files.content(product.path)
        except OSError as error:
            lost[product.path] = f"missing: the file cannot be opened ({error.strerror})."
    return contents, lost


def _documents(
    products: Sequence[Product],
    contents: Mapping[Path, str],
    lost: Mapping[Path, str],
    store: Store,
    vocabulary: Vocabulary,
) -> dict[str, _Sourced]:
    """Return the documents by id. The text of a file that was found twice goes in once; a
    catalogue may list a file twice, but is told."""
    found: dict[str, _Sourced] = {}
    first: dict[str, str] = {}
    for product in products:
        own = product.document.id
        content = contents.get(product.path, "") if product.path else ""
        reading = store.seen(content) if content else Reading()
        if content and not (product.document.title or reading.about.title):
            reading = _titled(reading, store.pages(content))
        reason = lost.get(product.path, "") if product.path else ""
        if content in first:
            reason = f"duplicate: the file is the same as that of “{first[content]}”."
        elif content:
            first[content] = product.document.file
        if reason:
            reasons = " ".join(filter(None, (product.document.reason, reason)))
            product = replace(product, document=replace(product.document, reason=reasons))
        complete = document(product, reading, content, vocabulary)
        if reason.startswith("duplicate") and not product.is_listed:
            complete, content = replace(complete, coverage=Coverage()), ""
        found[own] = _Sourced(complete, content)
    return found


def _titled(reading: Reading, pages: Sequence[Page]) -> Reading:
    """Return a reading that is called what its pages show."""
    return replace(reading, about=replace(reading.about, title=first_headline(pages)))


def _write(
    engine: Engine,
    store: Store,
    vocabulary: Vocabulary,
    sourced: Mapping[str, _Sourced],
    decided: Changes,
    encoder: Encoder | None,
    *,
    fresh: bool,
) -> None:
    with engine.write(vocabulary, fresh=fresh) as batch:
        for own in decided.remove:
            batch.remove(own)
        for own in decided.put:
            source = sourced[own]
            cut = _passages(source, store)
            document = with_names(source.document, cut)
            if encoder:
                cut = encoder.with_vectors(document, cut)
            batch.put(document, cut)


def _passages(source: _Sourced, store: Store) -> tuple[Passage, ...]:
    pages = store.pages(source.content) if source.content else ()
    outline = store.summary(source.content).about.outline
    return passages(without_running(pages), outline)


def _imaged(source: _Sourced, images: Images) -> _Sourced:
    """Return a document that says where the images of its pages are, and no catalogue else."""
    where = str(images.folder(source.content)) if source.content else ""
    metadata = {**source.document.metadata, IMAGES: where}
    changed = replace(source, document=replace(source.document, metadata=metadata))
    return _marked(changed, where)


def _marked(source: _Sourced, mark: str) -> _Sourced:
    """Return a document whose fingerprint tells what else it depends on: which model its passages
    are encoded by, or where its images are."""
    fingerprint = sha256(f"{source.document.fingerprint} {mark}".encode()).hexdigest()
    return replace(source, document=replace(source.document, fingerprint=fingerprint))


def _encode(
    encoder: Encoder, store: Store, sources: Sequence[_Sourced], progress: Progress
) -> None:
    """Encode the passages of documents, as far as the store has no vectors of them."""
    progress.start_encoding(len(sources))
    try:
        for count in encoder.encode(_cut(sources, store, progress)):
            progress.encoded(count)
    finally:
        progress.end()


def _cut(
    sources: Sequence[_Sourced], store: Store, progress: Progress
) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """Yield documents with their passages."""
    for source in sources:
        yield source.document, _passages(source, store)
        progress.document()


def _skipped(
    sourced: Mapping[str, _Sourced], decided: Changes, entries: Mapping[str, Entry]
) -> list[Skipped]:
    skipped = []
    for own, source in sourced.items():
        name = source.document.file or own
        reasons = [source.document.reason]
        if own in decided.taken:
            reasons.append(f"taken: the id “{own}” belongs to {entries[own].corpus}.")
        if reason := " ".join(filter(None, reasons)):
            skipped.append(Skipped(name, reason))
    return skipped
