"""Hosts that stand in for a cluster, or stand before one, and answer as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar


class StandIn(ThreadingHTTPServer):
    """A host on a free port."""

    def __init__(self, answering: type["Answering"]) -> None:
        super().__init__(("127.0.0.1", 0), answering)

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    """Answers one request, of whatever method, and says nothing about it."""

    def reply(self) -> None:
        """Answer the request."""
        raise NotImplementedError

    def do_GET(self) -> None:
        self.reply()

    def do_HEAD(self) -> None:
        self.reply()

    def do_POST(self) -> None:
        self.reply()

    def do_PUT(self) -> None:
        self.reply()

    def do_DELETE(self) -> None:
        self.reply()

    def asked(self) -> bytes:
        """Return the content of the request."""
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def answer(self, status: int, content: bytes, kind: str = "application/json") -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Host = TypeVar("Host", bound=StandIn)


@contextmanager
def serving(host: Host) -> Iterator[Host]:
    """Have a host answer while the block runs."""
    with host:
        thread = threading.Thread(target=host.serve_forever, args=(0.01,))
        thread.start()
        yield host
        host.shutdown()
        thread.join()
