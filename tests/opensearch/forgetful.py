"""A go-between that loses one answer of a cluster, like a node that dies after the deed."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.opensearch.standin import Answering, StandIn

JSON = {"Content-Type": "application/json"}


class Forgetful(StandIn):
    """Passes requests on to the cluster, and drops its answer to the first one of a kind: with
    this method, to a path with this in it."""

    def __init__(self, cluster: str, method: str, path: str) -> None:
        super().__init__(_Passing)
        self.cluster = cluster
        self.method, self.path = method, path
        self.forgot = False


class _Passing(Answering):
    server: Forgetful

    def reply(self) -> None:
        content = self.asked()
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
        self.answer(status, answer)
