"""How a sentence model lies in its folder, as sentence-transformers lay theirs out.

`tokenizer.json`, `model.onnx` (there or in `onnx/`), and where they exist
`sentence_bert_config.json` (most tokens), `1_Pooling/config.json` (how a text's vector comes of
those of its tokens), `config_sentence_transformers.json` (what is written before a query or a
passage) and `README.md`, whose first lines are YAML (which languages it was taught).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

Pooling = Literal["mean", "cls", "max"]

MARK = 8
"""Bytes that tell a model from any other."""
MOST_TOKENS = 256
"""Of a text, where the folder does not say: the rest is left out."""

_LANGUAGES = re.compile(r"^language:(.*(?:\n *-.*)*)", re.MULTILINE)
_CODE = re.compile(r"\b[a-z]{2,3}\b")
_CONFIGS = (
    "sentence_bert_config.json",
    "1_Pooling/config.json",
    "config_sentence_transformers.json",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a model, and what its folder says of how to use them. `languages`, by ISO
    639, are none where it does not say."""

    tokenizer: Path
    graph: Path
    mark: bytes
    most_tokens: int
    pooling: Pooling
    before_query: str
    before_passage: str
    languages: frozenset[str]


def read(folder: Path) -> Layout:
    """Read a folder. Raises OSError where it holds no model, ValueError or AttributeError where
    what it says cannot be read."""
    tokens, graph = folder / "tokenizer.json", _graph(folder)
    configs = [folder / name for name in _CONFIGS]
    mark = _mark([tokens, graph, *configs])
    length, pooling, prompts = map(_config, configs)
    written = prompts.get("prompts", {})
    return Layout(
        tokens,
        graph,
        mark,
        length.get("max_seq_length") or MOST_TOKENS,
        _pooling(pooling),
        written.get("query", ""),
        written.get("document", written.get("passage", "")),
        _languages(folder / "README.md"),
    )


def _graph(folder: Path) -> Path:
    inner = folder / "onnx" / "model.onnx"
    return inner if inner.is_file() else folder / "model.onnx"


def _mark(files: Sequence[Path]) -> bytes:
    every = sha256()
    for file in files:
        is_left_out = file.suffix == ".json" and not file.is_file()
        every.update(sha256(b"" if is_left_out else file.read_bytes()).digest())
    return every.digest()[:MARK]


def _config(file: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return found


def _languages(card: Path) -> frozenset[str]:
    """Return the languages that a model card names between its two lines of dashes."""
    if not card.is_file():
        return frozenset()
    start, _, rest = card.read_text("utf-8", "replace").partition("---\n")
    named = _LANGUAGES.search(rest.partition("\n---")[0]) if not start else None
    return frozenset(_CODE.findall(named[1])) if named else frozenset()


def _pooling(config: Mapping[str, Any]) -> Pooling:
    if config.get("pooling_mode_cls_token"):
        return "cls"
    return "max" if config.get("pooling_mode_max_tokens") else "mean"
