"""The command line `cities-search`: serve the pages, or answer one query in the terminal."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click
import waitress

from engine.errors import EngineError
from engine.facets import FACET_NAMES
from engine.help import suggestion
from engine.opening import ADDRESSES, DEFAULT_ENGINE, open_engine, open_models
from engine.printable import printable
from engine.protocol import Engine
from engine.queries import Query
from engine.reranking import Reranked
from engine.search import Hit, Result, search
from engine.snippets import Piece
from engine.vocabulary import Vocabulary
from search_service import answer, labels, logs
from search_service.application import LARGEST_BODY, create_app
from search_service.cards import facts
from search_service.interface import LANGS, Interface
from search_service.parameters import SINGLE_NAMES, Asked, beyond_window, read

CONNECTIONS = 1_000
"""Connections held at a time: slow ones wait here without keeping others from being answered."""
THREADS = 8
WARMING = Query("how do cities learn", per_page=1)
"""A query that needs all that is made once: it asks, in words that an index need not have."""
INTERRUPTED = 130

Command = TypeVar("Command", bound=Callable[..., Any])

engine_option = click.option(
    "--engine",
    "address",
    envvar="CITIES_SEARCH_ENGINE",
    default=DEFAULT_ENGINE,
    show_default=True,
    metavar="URL",
    help=f"The index to search, {ADDRESSES}.",
)

models_option = click.option(
    "--model",
    "models",
    multiple=True,
    envvar="CITIES_SEARCH_MODEL",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A sentence model that the index was built with (all of them, in the same order); without "
    "one words alone count.",
)


def _query_options(command: Command) -> Command:
    """Give a command an option for each parameter of an address, besides the text."""
    for name in reversed([*FACET_NAMES, *SINGLE_NAMES]):
        if name == "q":
            continue
        # As an address has it, and as a command line usually does.
        written = dict.fromkeys((f"--{name.replace('_', '-')}", f"--{name}"))
        option = click.option(
            *written,
            name,
            multiple=name in FACET_NAMES,
            metavar="VALUE",
            help="May be given several times." if name in FACET_NAMES else None,
        )
        command = option(command)
    return command


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the program with its exit status; what is wrong is one sentence:
    1 no answer can be had, 2 wrong use."""
    try:
        status = commands(arguments, prog_name="cities-search", standalone_mode=False)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    sys.exit(status if isinstance(status, int) else 0)


@click.group()
def commands() -> None:
    """Search the knowledge products of cities that learn from each other."""


@commands.command()
@engine_option
@models_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(address: str, models: tuple[Path, ...], host: str, port: int) -> None:
    """Serve the pages and the API.

    CITIES_SEARCH_BASE_URL is the service's own address, https://HOST, if it has one.
    """
    base_url = _base_url(os.environ.get("CITIES_SEARCH_BASE_URL", ""))
    logs.start()
    engine = _opened(address, models)
    try:
        app = logs.requests(create_app(engine, base_url).wsgi_app, sys.stderr)
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            # The other way of waiting breaks off at 1,024 open files.
            asyncore_use_poll=True,
            max_request_body_size=LARGEST_BODY,
            ident="",
        )
    except EngineError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{host}:{port} cannot be listened on: {error}.") from error
    click.echo(f"Serving on http://{host}:{server.effective_port}")
    Thread(target=_ask_once, args=(engine,), daemon=True).start()
    _collect_rarely()
    try:
        server.run()
    finally:
        engine.close()


def _ask_once(engine: Engine) -> None:
    """Have made what is made at the first query, so that no visitor waits for it."""
    with suppress(EngineError):
        search(engine, WARMING)
        suggestion(engine, WARMING)


def _collect_rarely() -> None:
    """Have Python look for cycles of garbage seldom, and never among what was loaded.

    A page leaves no cycles, but makes enough objects for several looks at all of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@commands.command()
@click.argument("text")
@engine_option
@models_option
@click.option("--json", "in_json", is_flag=True, help="Answer as /api/v1/search does.")
@_query_options
def query(
    text: str,
    address: str,
    models: tuple[Path, ...],
    *,
    in_json: bool,
    **chosen: str | tuple[str, ...] | None,
) -> None:
    """Answer one query, TEXT. Every parameter of an address is an option here."""
    asked = read([("q", text), *_pairs(chosen)])
    _refuse(asked)
    engine = _opened(address, models)
    try:
        started = perf_counter()
        result = search(engine, asked.query)
        took = (perf_counter() - started) * 1000
        vocabulary = engine.vocabulary()
        meant = suggestion(engine, asked.query)
    except EngineError as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.close()
    if in_json:
        ui = Interface(asked.lang or LANGS[0])
        click.echo(answer.as_json(result, vocabulary, took, meant, ui))
    else:
        if meant is not None:
            click.echo(f"Did you mean: {meant}")
        for line in _lines(result, vocabulary):
            click.echo(line)


def _opened(address: str, models: tuple[Path, ...]) -> Engine:
    """Return the engine at an address, its documents in the order of words and of meaning where
    there are folders with models."""
    try:
        engine = open_engine(address)
    except EngineError as error:
        raise click.UsageError(str(error)) from error
    try:
        return Reranked(engine, open_models(models)) if models else engine
    except EngineError as error:
        raise click.ClickException(str(error)) from error


def _base_url(written: str) -> str:
    """Return the service's own address without a slash at its end; a wrong one is refused."""
    if not written:
        return ""
    try:
        parts = urlsplit(written)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    except ValueError:
        known = False
    if not known:
        reason = f"CITIES_SEARCH_BASE_URL is “{written}”: write https://HOST, without a path."
        raise click.UsageError(reason)
    return written.rstrip("/")


def _pairs(chosen: dict[str, str | tuple[str, ...] | None]) -> Iterator[tuple[str, str]]:
    for name, given in chosen.items():
        for value in (given,) if isinstance(given, str) else given or ():
            yield name, value


def _refuse(asked: Asked) -> None:
    """Stop where a value cannot be used: a program that asks wants to know."""
    if asked.problems:
        raise click.UsageError(asked.problems[0].reason)
    if beyond_window(asked.query):
        raise click.UsageError("Only the first 1,000 documents can be paged through.")


def _lines(result: Result, vocabulary: Vocabulary) -> Iterator[str]:
    count = labels.documents(Interface(), result.total)
    yield f"{count} (page {result.query.page} of {max(result.pages, 1)})"
    if result.partial:
        yield "A part of the collection did not answer: there may be more documents."
    if result.cut:
        yield "The text was long: only its beginning was used."
    if result.matched == "any" and result.query.match == "auto":
        yield "No document has all of these words; these have at least one of them."
    first = (result.query.page - 1) * result.query.per_page + 1
    for number, hit in enumerate(result.hits, first):
        yield from _hit_lines(number, hit, vocabulary)


def _hit_lines(number: int, hit: Hit, vocabulary: Vocabulary) -> Iterator[str]:
    document = hit.document
    yield ""
    yield f"{number}. {click.style(printable(document.title), bold=True)} [{document.id}]"
    yield "   " + printable(" · ".join(facts(document, vocabulary, Interface())))
    for passage in hit.passages:
        place = f"p. {passage.page}" + (f" · {passage.heading}" if passage.heading else "")
        yield f"   {printable(place)}: {''.join(_marked(piece) for piece in passage.snippet)}"
    if hit.more_passages:
        yield "   " + Interface().counted(
            "+ {n} more passage", "+ {n} more passages", hit.more_passages
        )


def _marked(piece: Piece) -> str:
    text = printable(" ".join(piece.text.split("\n")))
    return click.style(text, bold=True) if piece.match else text


if __name__ == "__main__":
    main()
