"""A go-between that loses one answer of a cluster, like a node that dies after the deed."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

JSON = {"Content-Type": "application/json"}


class Forgetful(ThreadingHTTPServer):
    """Passes requests on to the cluster, and drops its answer to the first one of a kind: with
    this method, to a path with this in it."""

    def __init__(self, cluster: str, method: str, path: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.cluster = cluster
        self.method, self.path = method, path
        self.forgot = False

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Passing(BaseHTTPRequestHandler):
    server: Forgetful

    def do_GET(self) -> None:
        self._pass()

    def do_HEAD(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def do_PUT(self) -> None:
        self._pass()

    def do_DELETE(self) -> None:
        self._pass()

    def _pass(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"] or 0))
        address = f"{self.server.cluster}{self.path}"
        request = Request(address, content or None, JSON, method=self.command)
        try:
            with urlopen(request) as response:
                status, answer = response.status, response.read()
        except HTTPError as error:
            with error:
                status, answer = error.code, error.read()
        wanted = self.command == self.server.method and self.server.path in self.path
        if wanted and not self.server.forgot:
            self.server.forgot = True
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
