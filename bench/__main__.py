"""The command line of the measurements: `python -m bench MEASUREMENT`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from bench import passages, undp
from engine.errors import EngineError
from engine.opening import open_engine, open_models
from engine.vocabulary import VocabularyError
from indexer.encoding import Encoder
from indexer.errors import IndexerError
from indexer.store import Store

DEFAULT_REPORTS = Path(__file__).parents[2] / "shared/data/reports"
DEFAULT_NEWS = Path(__file__).parents[2] / "shared/data/news"
EXTRA = "This measurement needs its peers: pip install --editable '.[bench]'."
CLUSTER_EXTRA = "This measurement needs a client: pip install --editable '.[opensearch]'."
MODEL_EXTRA = "A model is made with its parts: pip install --editable '.[bench,semantic]'."

VECTORS = Path("var/bench/vectors.sqlite")
"""What a model has encoded, kept for the next time."""

models_option = click.option(
    "--model",
    "models",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A sentence model, as `python -m bench model` writes one.",
)


@contextmanager
def encoder(folders: Sequence[Path]) -> Iterator[Encoder | None]:
    """Open what encodes passages by the models in some folders, if there are any."""
    if not folders:
        yield None
        return
    meaning = open_models(folders)
    with Store(VECTORS) as store:
        yield Encoder(meaning, store)


@click.group()
def main() -> None:
    """Measure the engine beside others."""


@main.command()
@click.option("--passages", "wanted", default=50_000, show_default=True, type=click.IntRange(2000))
@click.option(
    "--data",
    "source",
    default=passages.DEFAULT_SOURCE,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of passages, passages.jsonl.gz.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def speed(wanted: int, source: Path, *, as_json: bool) -> None:
    """Time ours beside Tantivy, SQLite FTS5 and stock Whoosh."""
    try:
        from bench import speed, table, workers
    except ModuleNotFoundError as error:
        raise click.ClickException(EXTRA) from error
    try:
        found = speed.measure(source, wanted)
    except (workers.WorkerError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(table.speed_json(found) if as_json else table.speed_table(found))


@main.command()
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="DIR...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@models_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def relevance(folders: tuple[Path, ...], models: tuple[Path, ...], *, as_json: bool) -> None:
    """Compare the ranking of judged collections with Lucene's BM25."""
    try:
        from bench import relevance, table
    except ModuleNotFoundError as error:
        raise click.ClickException(EXTRA) from error
    try:
        with encoder(models) as encoding:
            found = [relevance.measure(each, encoding) for each in folders]
    except (EngineError, IndexerError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(table.relevance_json(found) if as_json else table.relevance_table(found))


@main.command(name="spelling")
@click.option("--passages", "wanted", default=120_000, show_default=True, type=click.IntRange(2000))
@click.option(
    "--data",
    "source",
    default=passages.DEFAULT_SOURCE,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of passages, passages.jsonl.gz.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def misspell(wanted: int, source: Path, *, as_json: bool) -> None:
    """Misspell words of an index, and count what "did you mean" makes of them."""
    from bench import spelling

    try:
        found = spelling.measure(source, wanted)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(spelling.as_json(found) if as_json else spelling.as_text(found))


@main.command(name="questions")
@click.option(
    "--data",
    "reports",
    default=DEFAULT_REPORTS,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of reports.",
)
@click.option(
    "--folder",
    default="var/bench/questions",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the index goes; what was read stays there for the next time.",
)
@click.option("--half", type=click.Choice(["tune", "held-out"]), help="Ask only this half.")
@click.option(
    "--match",
    type=click.Choice(["any", "auto"]),
    default="any",
    show_default=True,
    help="Which words a document must have: any, as for BM25, or as a visitor has it at first.",
)
@models_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ask(
    reports: Path,
    folder: Path,
    half: Literal["tune", "held-out"] | None,
    match: Literal["any", "auto"],
    models: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """Ask our question set: the right file and page, beside BM25 over pages."""
    try:
        from bench import questions, table
    except ModuleNotFoundError as error:
        raise click.ClickException(EXTRA) from error
    try:
        meaning = open_models(models) if models else None
        found = questions.measure(reports, folder, questions.read(), half, meaning, match)
    except (EngineError, IndexerError, VocabularyError, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(table.questions_json(found) if as_json else table.questions_table(found))


@main.command(name="reading")
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def read_files(folder: Path, *, as_json: bool) -> None:
    """Read the PDF files of a folder beside stock pdfminer.six and pdftotext."""
    from bench import reading

    try:
        found = reading.measure(folder)
    except (reading.PeerError, IndexerError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(reading.as_json(found) if as_json else reading.as_text(found))


@main.command()
@click.option(
    "--engine",
    "address",
    default="opensearch+http://127.0.0.1:9201/parity",
    show_default=True,
    help="The second engine; its index is replaced.",
)
@click.option(
    "--data",
    "reports",
    default=DEFAULT_REPORTS,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of reports.",
)
@click.option(
    "--pages",
    default=undp.DEFAULT_SOURCE,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of pages, undp_commons.jsonl.gz.",
)
@click.option(
    "--folder",
    default="var/bench/parity",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the first index goes; what was read stays there for the next time.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def parity(address: str, reports: Path, pages: Path, folder: Path, *, as_json: bool) -> None:
    """Ask both engines 200 queries over the same documents."""
    try:
        from bench import parity
    except ModuleNotFoundError as error:
        raise click.ClickException(EXTRA) from error
    try:
        second = open_engine(address)
        try:
            found = parity.measure(reports, pages, folder, second)
        finally:
            second.close()
    except (EngineError, IndexerError, VocabularyError, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(parity.as_json(found) if as_json else parity.as_text(found))


@main.command(name="model")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--multilingual", "is_multilingual", is_flag=True, help="The one of many languages.")
def write_model(folder: Path, *, is_multilingual: bool) -> None:
    """Write a sentence model that is measured into FOLDER: a small one of English, or of many
    languages."""
    try:
        from bench.models import english, multilingual, packages
    except ModuleNotFoundError as error:
        raise click.ClickException(MODEL_EXTRA) from error
    model = multilingual if is_multilingual else english
    try:
        model.export(folder)
    except (packages.ModelError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The model of {model.PACKAGE} is written to {folder}.")


@main.command()
@click.option(
    "--engine",
    "address",
    default="opensearch+http://127.0.0.1:9201/sizes",
    show_default=True,
    help="The second engine; its index is replaced.",
)
@click.option(
    "--passages",
    "wanted",
    default=(10_000, 120_000, 1_000_000),
    show_default=True,
    multiple=True,
    type=click.IntRange(2000),
)
@click.option(
    "--data",
    "source",
    default=passages.DEFAULT_SOURCE,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of passages, passages.jsonl.gz.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def sizes(address: str, wanted: tuple[int, ...], source: Path, *, as_json: bool) -> None:
    """Build and ask both engines at several sizes: time, memory and disk."""
    try:
        from bench import sizes
        from engine.opensearch.cluster import Address
    except ModuleNotFoundError as error:
        raise click.ClickException(CLUSTER_EXTRA) from error
    from bench.workers import WorkerError

    try:
        found = sizes.measure(source, wanted, Address.parse(address.removeprefix("opensearch+")))
    except (EngineError, WorkerError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(sizes.as_json(found) if as_json else sizes.as_text(found))


@main.command(name="news")
@click.option(
    "--data",
    "folder",
    default=DEFAULT_NEWS,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the archives of pages.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def read_news(folder: Path, *, as_json: bool) -> None:
    """Read news pages whose text, title, author and date are known, beside trafilatura."""
    from bench import news

    try:
        found = news.measure(folder)
    except (IndexerError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(news.as_json(found) if as_json else news.as_text(found))


@main.command(name="undp")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pages", default=2000, show_default=True, type=click.IntRange(1))
@click.option(
    "--data",
    "source",
    default=undp.DEFAULT_SOURCE,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of pages, undp_commons.jsonl.gz.",
)
def undp_corpus(folder: Path, pages: int, source: Path) -> None:
    """Write pages of a UN knowledge site as a corpus that cities-index can build."""
    try:
        written = undp.write(source, folder, pages)
    except OSError as error:
        raise click.ClickException(f"The corpus cannot be written: {error}.") from error
    click.echo(f"{written} products written to {folder}.")


if __name__ == "__main__":
    sys.exit(main())
