"""The command `cities-index`. Every failure is one sentence and an exit status, never a traceback.

0 all went in or is well; 3 published, but some products were skipped; 1 nothing was published, or
a check failed; 2 wrong use.
"""

import json
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import click

from engine import checking, expected
from engine.errors import EngineError
from engine.opening import ADDRESSES, DEFAULT_ENGINE, open_engine, open_models
from engine.printable import printable
from engine.protocol import Engine, Status
from engine.vocabulary import VocabularyError
from indexer import building, results, scans, tessdata
from indexer.building import Summary
from indexer.encoding import Encoder
from indexer.errors import IndexerError, StoreError
from indexer.images import Images
from indexer.progress import Progress
from indexer.scans import Scans
from indexer.store import Store
from indexer.tessdata import Tessdata

DEFAULT_STORE = "var/store.sqlite"
IMAGES = "images"
"""The folder of the images of pages, beside the store."""
INTERRUPTED = 130

_engine = click.option(
    "--engine",
    "address",
    default=DEFAULT_ENGINE,
    envvar="CITIES_SEARCH_ENGINE",
    show_default=True,
    help=f"Where the index is: {ADDRESSES}.",
)
_store = click.option(
    "--store",
    "store_path",
    default=DEFAULT_STORE,
    envvar="CITIES_SEARCH_STORE",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to keep what was read from files.",
)
_models = click.option(
    "--model",
    "models",
    multiple=True,
    envvar="CITIES_SEARCH_MODEL",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A sentence model that encodes passages, or several; without one there are no vectors.",
)
_no_ocr = click.option(
    "--no-ocr", is_flag=True, help="Do not recognise the text of pages that are pictures."
)
_corpus = click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the program with its exit status."""
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        status = commands(arguments, prog_name="cities-index", standalone_mode=False)
    except click.ClickException as error:
        _end(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("Interrupted; the index is as it was.", INTERRUPTED)
    except (EngineError, IndexerError, VocabularyError) as error:
        _end(str(error), 1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _end(f"{where}{error.strerror or error}.", 1)
    sys.exit(status if isinstance(status, int) else 0)


@click.group(no_args_is_help=True)
def commands() -> None:
    """Make, keep and check the index of a corpus.

    CORPUS is a folder with a manifest.csv, or any folder of PDFs and web pages.
    """


@commands.command()
@_corpus
@_engine
@_store
@_models
@_no_ocr
def build(
    corpus: Path,
    address: str,
    store_path: Path,
    models: tuple[Path, ...],
    no_ocr: bool,  # noqa: FBT001 - click passes a flag so
) -> int:
    """Index CORPUS from nothing."""
    return _run(building.build, corpus, address, store_path, models, has_ocr=not no_ocr)


@commands.command()
@_corpus
@_engine
@_store
@_models
@_no_ocr
def update(
    corpus: Path,
    address: str,
    store_path: Path,
    models: tuple[Path, ...],
    no_ocr: bool,  # noqa: FBT001 - click passes a flag so
) -> int:
    """Index what changed in CORPUS, and take out what is gone."""
    return _run(building.update, corpus, address, store_path, models, has_ocr=not no_ocr)


@commands.command()
@_engine
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(address: str, as_json: bool) -> int:  # noqa: FBT001 - click passes a flag so
    """Tell what the index holds, and what it does not."""
    engine = _opened(address)
    found = engine.status()
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _tell(found, _scans(engine))
    return 0


@commands.command()
@_engine
@_store
def check(address: str, store_path: Path) -> int:
    """Verify the index, follow every facet link of a sample of searches, and ask for the expected
    answers of the corpus."""
    engine = _opened(address)
    faults = engine.verify()
    texts = () if faults else checking.sample(engine)
    faults += checking.faults(engine, texts)
    for fault in faults:
        click.echo(fault, err=True)
    if not faults:
        click.echo(f"The index is sound; the facets of {len(texts)} searches are right.")
    is_expected = bool(faults) or _ask_expected(engine, address, store_path)
    return 0 if is_expected and not faults else 1


def _ask_expected(engine: Engine, address: str, store_path: Path) -> bool:
    """Tell which expected answers are not found, and which got worse since the last generation;
    return whether all are found."""
    wanted = engine.vocabulary().expected
    if not wanted:
        return True
    found = checking.places(engine, wanted)
    try:
        before = results.note(store_path, address, engine.status().generation, found)
    except StoreError as error:
        click.echo(f"The next check cannot tell what got worse: {error}", err=True)
        before = {}
    failures = [*expected.failures(wanted, found)]
    for sentence in (*failures, *expected.worse(found, before)):
        click.echo(sentence, err=True)
    first = len(wanted) - len(failures)
    click.echo(f"{first} of {len(wanted)} expected answers are among the first {expected.FIRST}.")
    return not failures


def _run(
    run: Callable[
        [Path, Engine, Store, Progress, Encoder | None, Images, Tessdata | None], Summary
    ],
    corpus: Path,
    address: str,
    store_path: Path,
    models: tuple[Path, ...],
    *,
    has_ocr: bool,
) -> int:
    engine = _opened(address)
    meaning = open_models(models) if models else None
    images = Images(store_path.parent / IMAGES)
    data = tessdata.installed() if has_ocr else None
    with Store(store_path) as store:
        encoder = Encoder(meaning, store) if meaning else None
        summary = run(corpus, engine, store, Progress(sys.stderr), encoder, images, data)
    for skipped in summary.skipped:
        click.echo(printable(f"skipped {skipped.file}: {skipped.reason}"), err=True)
    if has_ocr and not data and (advice := scans.advice(summary.scans.unread)):
        click.echo(advice, err=True)
    found = engine.status()
    recognised = f", {summary.recognised} pages recognised" if summary.recognised else ""
    click.echo(
        f"{summary.documents} documents in {printable(str(corpus))}: {summary.put} written, "
        f"{summary.removed} removed, {len(summary.skipped)} skipped; "
        f"{summary.read} files read{recognised}."
    )
    click.echo(
        f"The index has {found.documents} documents, {found.passages} passages, "
        f"{found.pages_read} of {found.pages} pages read."
    )
    _draw(summary, store_path, images)
    return 3 if summary.skipped else 0


def _draw(summary: Summary, store_path: Path, images: Images) -> None:
    """Draw the pages that have no image yet. The index is published without waiting for that,
    and stays so whatever becomes of it."""
    try:
        with Store(store_path) as store:
            drawn = building.draw(summary.contents, store, images, Progress(sys.stderr))
    except KeyboardInterrupt:
        _end("Interrupted; the index is published, some pages have no image yet.", INTERRUPTED)
    except (IndexerError, OSError) as error:
        click.echo(f"The index is published, but some pages have no image: {error}", err=True)
    else:
        if drawn:
            click.echo(f"{drawn} images of pages drawn.", err=True)


def _opened(address: str) -> Engine:
    try:
        return open_engine(address)
    except EngineError as error:
        raise click.UsageError(str(error)) from error


def _scans(engine: Engine) -> Scans:
    """Count the pages of the index that are pictures."""
    documents = map(engine.document, engine.entries())
    return scans.scans(document.coverage for document in documents if document)


def _tell(found: Status, pictures: Scans) -> None:
    languages = ", ".join(f"{code} {count}" for code, count in found.languages.items())
    click.echo(f"Generation {found.generation}, built {found.built}")
    click.echo(f"{found.documents} documents, {found.passages} passages")
    recognised = f", the text of {pictures.recognised} of them recognised in pictures"
    click.echo(
        f"{found.pages_read} of {found.pages} pages read"
        + (recognised if pictures.recognised else "")
    )
    click.echo(f"Languages: {languages or 'none known'}")
    for skipped in found.skipped:
        click.echo(printable(f"skipped {skipped.file}: {skipped.reason}"))
    if not tessdata.installed() and (advice := scans.advice(pictures.unread)):
        click.echo(advice)


def _end(sentence: str, code: int) -> None:
    click.echo(printable(sentence), err=True)
    sys.exit(code)


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
