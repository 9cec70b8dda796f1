"""The command line of the measurements: `python -m bench MEASUREMENT`."""

import sys
from pathlib import Path

import click

from bench import passages, undp

EXTRA = "This measurement needs its peers: pip install --editable '.[bench]'."


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def relevance(folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Compare the ranking of judged collections with Lucene's BM25."""
    try:
        from bench import relevance, table
    except ModuleNotFoundError as error:
        raise click.ClickException(EXTRA) from error
    found = [relevance.measure(folder) for folder in folders]
    click.echo(table.relevance_json(found) if as_json else table.relevance_table(found))


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
