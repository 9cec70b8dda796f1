"""The log: one JSON object a line on standard error, nothing in it that a terminal would obey.

What people search for stays out of it: of an address only the path is written.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Lines(logging.Formatter):
    """Writes a record of the program's own log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, its traceback inside."""
        told: dict[str, object] = {
            "time": _time(),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return line(told)


def start() -> None:
    """Send the logs of all libraries to standard error, a line of JSON each."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[stream], force=True)


def requests(app: "WSGIApplication", stream: TextIO) -> "WSGIApplication":
    """Return an application that writes a line for every request that the given one answers."""

    def logged(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started = perf_counter()

        def answer(
            status: str, headers: list[tuple[str, str]], *rest: object
        ) -> Callable[[bytes], object]:
            told = {
                "time": _time(),
                "method": environ.get("REQUEST_METHOD", ""),
                "path": environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace"),
                "status": int(status[:3]),
                "ms": round((perf_counter() - started) * 1000, 1),
            }
            stream.write(line(told) + "\n")
            stream.flush()
            return start_response(status, headers, *rest)  # type: ignore[arg-type] # passed on

        return app(environ, answer)

    return logged


def line(told: dict[str, object]) -> str:
    """Return one line of JSON in ASCII without any control character."""
    return json.dumps(told, ensure_ascii=True).replace("\x7f", "\\u007f")


def _time() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
