"""From the address of an engine to the engine."""

from pathlib import Path

from engine.errors import EngineError
from engine.protocol import Engine

DEFAULT_ENGINE = "whoosh:var/index"


def open_engine(address: str) -> Engine:
    """Return the engine at `whoosh:PATH`. Raises EngineError when the address means nothing."""
    kind, _, rest = address.partition(":")
    if kind == "whoosh" and rest:
        from engine.embedded.engine import EmbeddedEngine

        return EmbeddedEngine(Path(rest))
    raise EngineError(f"“{address}” is not the address of an engine: write whoosh:PATH.")
