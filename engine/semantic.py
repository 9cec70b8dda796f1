"""Meaning as vectors, by a sentence model in a local folder; nothing is ever fetched.

`engine/layout.py` says how the folder is laid out. A model may have any dimension and any
language. ONNX Runtime (MIT) runs it, tokenizers (Apache 2.0) reads text as it was taught to.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from engine import layout
from engine.errors import EngineError
from engine.language import likely
from engine.layout import MARK, Pooling
from engine.literacy import IDEOGRAPH, Literacy
from engine.queries import uncapitalised

Floats = NDArray[np.float32]

BATCH = 512
"""Tokens that are encoded at once, filling included: more do not stay in the processor's cache."""
QUERIES = 1024
"""Queries of which is kept whether a model knows them, and their vectors."""
STEPS = 127
"""The largest number of a stored vector."""
LEAST = 0.01
"""Of what lies between unrelated texts and the same ones: a model that finds all texts alike
must not divide by nothing."""

UNRELATED = (
    "Lentils cook in about twenty minutes.",
    "The committee meets again in the spring.",
    "Le tribunal a rejeté l’appel lundi.",
    "Les abeilles volent loin de la ruche.",
    "Ella toca el violín en una orquesta.",
    "El hielo se derrite a cero grados.",
    "Летучие мыши находят дорогу по эху.",
    "Мой брат купил старую гитару.",
    "أعيد بناء الميناء بعد العاصفة.",
    "يلعب الأطفال كرة القدم في الشارع.",
    "这座桥是用木头建造的。",
    "药店晚上九点关门。",
)
"""Texts that have nothing to do with each other."""


class Model:
    """A sentence model, open; threads may share it.

    `mark` differs between any two models. Raises EngineError where the folder holds no model.
    """

    def __init__(self, folder: Path) -> None:
        try:
            laid = layout.read(folder)
            self._tokenizer = Tokenizer.from_file(str(laid.tokenizer))
            self._session = _session(laid.graph)
        except OSError as error:
            raise EngineError(f"{folder} holds no model: {error}.") from error
        except Exception as error:  # The libraries raise bare ones of their own.
            raise EngineError(f"The model in {folder} cannot be read: {error}.") from error
        self.mark = laid.mark
        self._layout = laid
        self._filling: int = (self._tokenizer.padding or {}).get("pad_id", 0)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(laid.most_tokens)
        self._inputs = [put.name for put in self._session.get_inputs()]
        names = [put.name for put in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in names else names[0]
        self._literacy = Literacy(self._tokenizer)
        self.query = lru_cache(QUERIES)(self._query)
        """Returns the vector of a query, of length 1."""
        self.knows = lru_cache(QUERIES)(self._knows)
        """Tells whether the model was taught the language of a text."""

    @property
    def models(self) -> "Sequence[Model]":
        """Itself: it is one model."""
        return (self,)

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """Return what is stored of each text: the model's mark, then its vector in 8 bits."""
        return [self.mark + vector.tobytes() for vector in in_bytes(self._answers(texts))]

    def _answers(self, texts: Sequence[str]) -> Floats:
        return self.vectors([self._layout.before_passage + text for text in texts])

    def nearness(self, query: str, stored: Sequence[bytes]) -> list[float | None]:
        """Return how near what is stored of passages is to a query, from 0 for texts that have
        nothing to do with each other to 1 for the same; None for what this model did not make.

        It is their cosine, measured from that of unrelated texts on: some models keep all their
        cosines between .7 and 1, others between 0 and .7, and words must count as much beside
        either.
        """
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
            cosines = _of_length_one(vectors.astype(np.float32)) @ own
            near = (cosines - self._unrelated) / max(1 - self._unrelated, LEAST)
            for place, each in zip(places, near.tolist(), strict=True):
                found[place] = each
        return found

    @cached_property
    def _unrelated(self) -> float:
        """The cosine of texts that have nothing to do with each other."""
        texts = [text for text in UNRELATED if self.knows(text)]
        if len(texts) < 2:
            return 0.0
        queries = np.stack([self.query(text) for text in texts])
        are_two = ~np.eye(len(texts), dtype=bool)
        return float(np.median((queries @ self._answers(texts).T)[are_two]))

    def _knows(self, text: str) -> bool:
        taught = self._layout.languages
        # A name in ideographs outweighs the letters around it; whether it is read, literacy tells.
        is_taught = not taught or likely(IDEOGRAPH.sub(" ", text)) in ("", *taught)
        return is_taught and self._literacy.reads(_clean(text))

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
        # Models know few words in capitals.
        vector: Floats = self.vectors([self._layout.before_query + uncapitalised(text)])[0]
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
        return states if states.ndim == 2 else _pooled(states, mask, self._layout.pooling)


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
