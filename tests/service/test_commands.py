"""The command line, and the lines of the log."""

import io
import json
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from werkzeug.test import Client

from engine.embedded.engine import EmbeddedEngine
from search_service import create_app, logs
from search_service.commands import commands, main
from tests.service.collection import VOCABULARY, indexed, products


@pytest.fixture(scope="module")
def address(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("commands") / "index"
    engine = EmbeddedEngine(path)
    with engine.write(VOCABULARY, fresh=True) as batch:
        for document, passages in products(corpus):
            batch.put(document, passages)
    engine.close()
    return f"whoosh:{path}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int | str | None, str]:
    """Return how the program ends, and what it says then."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert not said.out
    return ended.value.code, said.err


def test_a_query_answers_as_the_api_does(address: str, corpus: Path) -> None:
    options = ["--country", "Nepal", "--country", "Kenya", "--per-page", "2", "--from", "2020"]
    told = run("query", "city", "--json", "--engine", address, *options)
    client = create_app(indexed(products(corpus))).test_client()
    parameters = "q=city&country=Nepal&country=Kenya&per_page=2&from=2020"
    answered = client.get(f"/api/v1/search?{parameters}").get_json()
    assert told.exit_code == 0
    assert {**json.loads(told.output), "took_ms": 0} == {**answered, "took_ms": 0}


def test_an_option_is_written_as_a_parameter_too(address: str) -> None:
    one = run("query", "city", "--json", "--engine", address, "--per_page", "1")
    assert len(json.loads(one.output)["hits"]) == 1


def test_a_query_answers_in_words(address: str) -> None:
    told = run("query", "landfill", "--type", "highlights", "--engine", address)
    assert told.output == (
        "1 document (page 1 of 1)\n"
        "\n"
        "1. Landfill closure [d2]\n"
        "   Highlights · 2020 · Nepal, Kenya · Web page · English\n"
        "   p. 1: The city closed its landfill in a year.\n"
    )


@pytest.mark.parametrize(
    ("option", "value"), [("--page", "0"), ("--page", "101"), ("--sort", "best"), ("--to", "soon")]
)
def test_a_wrong_value_is_wrong_use_and_one_sentence(
    address: str, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = _said(capsys, "query", "city", option, value, "--engine", address)
    assert code == 2
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["query"], ["query", "a", "--colour", "red"], ["find"]])
def test_a_wrong_command_line_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = _said(capsys, *arguments)
    assert code == 2
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("engine", "status"), [("whoosh:none", 1), ("elsewhere:x", 2), ("whoosh:", 2)]
)
def test_an_engine_that_is_not_there_is_one_sentence(
    engine: str,
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = _said(capsys, "query", "city", "--engine", engine)
    assert code == status
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "base_url", ["example.org", "ftp://a", "https://a/b", "https://[", "https:"]
)
def test_a_wrong_base_url_is_refused(base_url: str, address: str) -> None:
    runner = CliRunner(env={"CITIES_SEARCH_BASE_URL": base_url})
    told = runner.invoke(commands, ["serve", "--engine", address])
    assert told.exit_code == 2
    assert "write https://HOST" in told.output


SERVE = (sys.executable, "-m", "search_service.commands", "serve")


def test_serving_says_where_and_logs_each_request(address: str) -> None:
    with subprocess.Popen(
        [*SERVE, "--port", "0", "--engine", address],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        assert server.stderr
        said = server.stdout.readline()
        try:
            with urlopen(f"{said.removeprefix('Serving on ').strip()}/healthz") as response:
                assert response.read() == b"The service is alive.\n"
                assert "Server" not in response.headers
            logged = json.loads(server.stderr.readline())
        finally:
            server.terminate()
    assert (logged["path"], logged["status"]) == ("/healthz", 200)


def test_a_port_in_use_is_one_sentence(address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = subprocess.run(
            [*SERVE, "--port", port, "--engine", address],
            capture_output=True,
            text=True,
            check=False,
        )
    assert told.returncode == 1
    assert told.stderr.startswith(f"127.0.0.1:{port} cannot be listened on")
    assert len(told.stderr.splitlines()) == 1


def test_a_log_line_is_one_object_that_no_terminal_obeys(corpus: Path) -> None:
    stream = io.StringIO()
    app = create_app(indexed(products(corpus)))
    client = Client(logs.requests(app.wsgi_app, stream))
    client.get("/search?q=private")
    client.get("/a%1b[31m%0a%7f%e2%80%ae")
    first, second = stream.getvalue().splitlines()
    told = json.loads(first)
    assert list(told) == ["time", "method", "path", "status", "ms"]
    assert (told["method"], told["path"], told["status"]) == ("GET", "/search", 200)
    assert json.loads(second)["path"] == "/a\x1b[31m\n\x7f\u202e"
    assert second.isascii()
    assert second.isprintable()
