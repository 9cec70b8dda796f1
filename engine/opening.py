"""From the address of an engine to the engine."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import EngineError
from engine.meaning import Meaning, Together
from engine.protocol import Engine

DEFAULT_ENGINE = "whoosh:var/index"
ADDRESSES = "whoosh:PATH or opensearch+https://host:port/name"
_CLUSTER = "opensearch+"


def open_engine(address: str) -> Engine:
    """Return the engine at `whoosh:PATH` or `opensearch+http(s)://host:port/name`.

    Raises EngineError when the address means nothing.
    """
    kind, _, rest = address.partition(":")
    if kind == "whoosh" and rest:
        from engine.embedded.engine import EmbeddedEngine

        return EmbeddedEngine(Path(rest))
    if kind.startswith(_CLUSTER):
        return _on_cluster(address.removeprefix(_CLUSTER))
    raise EngineError(f"“{address}” is not the address of an engine: write {ADDRESSES}.")


def open_models(folders: Sequence[Path]) -> Meaning:
    """Return the sentence model in a folder, or several, at least one, that answer together.

    Raises EngineError where one cannot be had.
    """
    try:
        from engine.semantic import Model
    except ModuleNotFoundError as error:
        if error.name not in ("onnxruntime", "tokenizers"):
            raise
        raise EngineError(
            "A model needs what runs it: pip install 'cities-search[semantic]'."
        ) from error
    models = [Model(folder) for folder in folders]
    return Together(models) if len(models) > 1 else models[0]


def _on_cluster(url: str) -> Engine:
    try:
        from engine.opensearch.cluster import Address
        from engine.opensearch.engine import OpenSearchEngine
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise EngineError(
            "An engine on a cluster needs its client: pip install 'cities-search[opensearch]'."
        ) from error
    return OpenSearchEngine(Address.parse(url))
