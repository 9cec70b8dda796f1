"""From a corpus to its products: what the manifest or, without one, the folder says of them.

Nothing is read from the products' own files here.
"""

import hashlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from engine.documents import Document
from engine.vocabulary import Vocabulary, load
from indexer import files, manifest
from indexer.errors import CatalogueError
from indexer.files import FileError

MANIFEST = "manifest.csv"
VOCABULARY = "vocabulary.toml"
BESIDE = {"glossary": "glossary.csv", "thesaurus": "thesaurus.csv"}
EXPECTED = "expected.csv"
BUNDLED = Path(__file__).resolve().parents[1] / "corpus"


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the catalogue: the document as far as it is known, and the file to read.

    `is_listed` tells a row of a manifest from a file that was found.
    """

    document: Document
    path: Path | None
    is_listed: bool


def vocabulary_of(corpus: Path) -> Vocabulary:
    """Return the vocabulary, glossary and thesaurus of a corpus, else the bundled ones, with the
    expected answers of the corpus if it has some. Raises VocabularyError."""

    def file(name: str) -> Path:
        own = corpus / name
        return own if own.exists() else BUNDLED / name

    beside = {name: file(called) for name, called in BESIDE.items()}
    if (corpus / EXPECTED).exists():
        beside["expected"] = corpus / EXPECTED
    return load(file(VOCABULARY), **beside)


def products(corpus: Path, vocabulary: Vocabulary) -> tuple[Product, ...]:
    """Return the products of a corpus, each with an id of its own. Raises CatalogueError."""
    corpus = corpus.resolve()
    listed = (corpus / MANIFEST).exists()
    rows = _listed(corpus, vocabulary) if listed else _found(corpus)
    found = tuple(rows)
    if not found and listed:
        raise CatalogueError(f"{MANIFEST} lists no products.")
    if not any(product.path for product in found) and not listed:
        raise CatalogueError(f"There is neither a {MANIFEST} nor any PDF or web page in {corpus}.")
    return found


def _listed(corpus: Path, vocabulary: Vocabulary) -> Iterator[Product]:
    for document in manifest.read(corpus / MANIFEST, vocabulary):
        yield _product(corpus, document, is_listed=True)


def _found(corpus: Path) -> Iterator[Product]:
    taken: set[str] = set()
    for file in files.walk(corpus):
        own = _free(files.slug(str(Path(files.shown(file)).with_suffix(""))), file, taken)
        taken.add(own)
        yield _product(corpus, Document(id=own, file=file, title=""), is_listed=False)


def _product(corpus: Path, document: Document, *, is_listed: bool) -> Product:
    """Find the document's file; where that fails it is the document's reason."""
    path, reasons, file = None, [document.reason], document.file
    if file:
        try:
            path = files.located(corpus, file)
            if not is_listed and Path(file).suffix.lower() in files.EXPECTED:
                path = None
                reasons.append("unsupported: the file is neither a PDF nor a web page.")
        except FileError as error:
            reasons.append(str(error))
            file = "" if str(error).startswith("outside") else file
    known = replace(
        document,
        file=files.shown(file),
        reason=" ".join(filter(None, reasons)),
        corpus=files.shown(str(corpus)),
    )
    return Product(known, path, is_listed)


def _free(wanted: str, file: str, taken: AbstractSet[str]) -> str:
    """Return an id that no other file has, and that stays the same while the file does."""
    digest = hashlib.sha256(file.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    if not wanted:
        return digest
    return wanted if wanted not in taken else f"{wanted}-{digest}"
