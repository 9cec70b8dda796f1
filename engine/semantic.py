"""Meaning as vectors, by a sentence model in a local folder; nothing is ever fetched.

The folder is laid out as sentence-transformers lay theirs out: `tokenizer.json`, `model.onnx`
(there or in `onnx/`), and where they exist `sentence_bert_config.json` (most tokens),
`1_Pooling/config.json` (how a text's vector comes of those of its tokens) and
`config_sentence_transformers.json` (what is written before a query or a passage). A model may
have any dimension and any language. ONNX Runtime (MIT) runs it, tokenizers (Apache 2.0) reads
text as it was taught to.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from engine.errors import EngineError

Floats = NDArray[np.float32]
Pooling = Literal["mean", "cls", "max"]

MARK = 8
"""Bytes before a stored vector that tell which model made it."""
MOST_TOKENS = 256
"""Of a text, where the folder does not say: the rest is left out."""
BATCH = 1024
"""Tokens that are encoded at once, filling included: more do not stay in the processor's cache."""
QUERIES = 1024
"""Queries of which is kept whether a model knows them, and their vectors."""
STEPS = 127
"""The largest number of a stored vector."""

KNOWN = 0.6
"""Share of a query's letters that a model reads in words or parts of words, or it does not know the
language. A model of English reads of a Russian, Arabic or Chinese question in XQuAD .07, 0 and .28
in the median, of any in Latin letters .64 and more; one of many languages at least .69 of all."""
_UNHEARD = "𓀀"
"""A letter that no model was taught."""
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")

_CONFIGS = (
    "sentence_bert_config.json",
    "1_Pooling/config.json",
    "config_sentence_transformers.json",
)


class Model:
    """A sentence model, open; threads may share it.

    `mark` differs between any two models. Raises EngineError where the folder holds no model.
    """

    def __init__(self, folder: Path) -> None:
        tokens, graph = folder / "tokenizer.json", _graph(folder)
        configs = [folder / name for name in _CONFIGS]
        try:
            self.mark = _mark([tokens, graph, *configs])
            length, pooling, prompts = map(_config, configs)
            self._tokenizer = Tokenizer.from_file(str(tokens))
            self._session = _session(graph)
        except OSError as error:
            raise EngineError(f"{folder} holds no model: {error}.") from error
        except Exception as error:  # The libraries raise bare ones of their own.
            raise EngineError(f"The model in {folder} cannot be read: {error}.") from error
        self._filling: int = (self._tokenizer.padding or {}).get("pad_id", 0)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(length.get("max_seq_length") or MOST_TOKENS)
        self._unknown = frozenset(self._tokenizer.encode(_UNHEARD, add_special_tokens=False).ids)
        self._pooling = _pooling(pooling)
        written = prompts.get("prompts", {})
        self._before_query: str = written.get("query", "")
        self._before_passage: str = written.get("document", written.get("passage", ""))
        self._inputs = [put.name for put in self._session.get_inputs()]
        names = [put.name for put in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in names else names[0]
        self.query = lru_cache(QUERIES)(self._query)
        """Returns the vector of a query, of length 1."""
        self.knows = lru_cache(QUERIES)(self._knows)
        """Tells whether the model was taught the language of a query: whether it reads it in words
        or parts of words, and not letter by letter. Words that it does not know say neither;
        ideographs are words."""

    @property
    def models(self) -> "Sequence[Model]":
        """Itself: it is one model."""
        return (self,)

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """Return what is stored of each text: the model's mark, then its vector in 8 bits."""
        vectors = self.vectors([self._before_passage + text for text in texts])
        return [self.mark + vector.tobytes() for vector in in_bytes(vectors)]

    def cosines(self, query: str, stored: Sequence[bytes]) -> list[float | None]:
        """Return how near stored vectors are to a query's, from -1 to 1; None for what this
        model did not make."""
        own = self.query(query)
        size = MARK + len(own)
        # What several models stored together begins with the mark of the first, and is longer.
        places = [
            place
            for place, each in enumerate(stored)
            if len(each) == size and each.startswith(self.mark)
        ]
        found: list[float | None] = [None] * len(stored)
        if places:
            content = b"".join(stored[place][MARK:] for place in places)
            vectors = np.frombuffer(content, np.int8).reshape(len(places), -1)
            near = _of_length_one(vectors.astype(np.float32)) @ own
            for place, cosine in zip(places, near.tolist(), strict=True):
                found[place] = cosine
        return found

    def _knows(self, text: str) -> bool:
        text = _clean(text)
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        read = letters = 0
        for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            size = sum(map(str.isalpha, text[start:end]))
            is_known, is_ideograph = piece not in self._unknown, _IDEOGRAPH.search(text, start, end)
            letters += size if is_known or is_ideograph else 0
            read += size if is_known and (size > 1 or is_ideograph) else 0
        return read >= KNOWN * letters

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of some texts, at least one, a row each, of length 1."""
        encodings = self._tokenizer.encode_batch([_clean(text) for text in texts])
        sizes = [len(encoding.ids) for encoding in encodings]
        # What is about as long goes together, so that little of a batch is filling.
        order = sorted(range(len(texts)), key=sizes.__getitem__)
        batches = [[encodings[place] for place in batch] for batch in _batches(order, sizes)]
        if len(batches) == 1:
            vectors = self._run(batches[0])
        else:
            with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
                vectors = np.concatenate(list(pool.map(self._run, batches)))
        found = np.empty_like(vectors)
        found[order] = vectors
        return _of_length_one(found)

    def _query(self, text: str) -> Floats:
        vector: Floats = self.vectors([self._before_query + text])[0]
        return vector

    def _run(self, encodings: Sequence[Any]) -> Floats:
        width = max(1, *(len(encoding.ids) for encoding in encodings))
        ids = np.full((len(encodings), width), self._filling, np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        every = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        fed = {name: every[name] for name in self._inputs}
        [states] = self._session.run([self._output], fed)
        return states if states.ndim == 2 else _pooled(states, mask, self._pooling)


def _clean(text: str) -> str:
    """Return a text without the lone surrogates of damaged files, which tokenizers refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")


def in_bytes(vectors: Floats) -> NDArray[np.int8]:
    """Return vectors in 8 bits, each stretched until its largest number is STEPS: a cosine does
    not ask how long they are."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    # Divided first: the least of all numbers have no reciprocal.
    shares = vectors / np.where(largest > 0, largest, 1)
    return np.rint(shares * STEPS).astype(np.int8)


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


def _session(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread a batch: the batches of a build, and the requests of a server, are its threads.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # Its sum and normalisation in one take a fifth of all the time, apart next to none.
    slow = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(
        str(graph), options, ["CPUExecutionProvider"], disabled_optimizers=slow
    )


def _pooling(config: Mapping[str, Any]) -> Pooling:
    if config.get("pooling_mode_cls_token"):
        return "cls"
    return "max" if config.get("pooling_mode_max_tokens") else "mean"


def _pooled(states: Floats, mask: NDArray[np.int64], pooling: Pooling) -> Floats:
    """Return one vector for each text from those of its tokens (texts, tokens, width)."""
    there = mask.astype(np.float32)
    found: Floats
    if pooling == "cls":
        found = states[:, 0]
    elif pooling == "max":
        found = states.max(axis=1, where=mask[:, :, None] > 0, initial=-np.inf)
    else:
        sums = np.matmul(there[:, None, :], states)[:, 0]
        found = (sums / np.maximum(there.sum(axis=1, keepdims=True), 1)).astype(np.float32)
    return found


def _batches(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield places, shortest first, as many at once as fit with the longest's filling."""
    batch: list[int] = []
    for place in order:
        if batch and (len(batch) + 1) * sizes[place] > BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _of_length_one(vectors: Floats) -> Floats:
    lengths = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    found: Floats = vectors / lengths
    return found
