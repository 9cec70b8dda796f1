"""BERT, the network that both models are, as a graph.

It is as its paper draws it (arXiv:1810.04805), for single texts. Weights have the names that BERT's
own have.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from bench.models.drawing import Drawing

Weights = Mapping[str, NDArray[np.float32]]
Config = Mapping[str, Any]
"""Layers, heads, width and epsilon, by the names that they have in a BERT's `config.json`."""


class Bert(Drawing):
    """The parts of BERT, with some weights."""

    def __init__(self, weights: Weights, config: Config) -> None:
        super().__init__()
        self._weights = weights
        self._layers: int = config["num_hidden_layers"]
        self._heads: int = config["num_attention_heads"]
        self._width: int = config["hidden_size"]
        self._epsilon: float = config["layer_norm_eps"]

    def graph(self) -> onnx.ModelProto:
        """Return the model from the ids of tokens to their last hidden states."""
        mask = self._hidden_mask("attention_mask")
        states = self._embedded("input_ids")
        for layer in range(self._layers):
            states = self._layer(states, mask, f"encoder.layer.{layer}")
        self.node("Identity", states, named="last_hidden_state")
        shape = ("texts", "tokens", self._width)
        return self.model(("input_ids", "attention_mask"), "last_hidden_state", shape)

    def words(self, ids: str) -> str:
        """What stands for each token."""
        return self.node("Gather", self._weight("embeddings.word_embeddings"), ids)

    def _embedded(self, ids: str) -> str:
        """The sum of what stands for a token, for its place and for the first text of a pair, which
        a single text is."""
        length = self.node("Shape", ids, start=1, end=2)
        zero, end = self.constant("first", np.array([0])), self.constant("axis", np.array([0]))
        kinds = self._weights["embeddings.token_type_embeddings.weight"]
        places = self._weights["embeddings.position_embeddings.weight"] + kinds[0]
        there = self.node("Slice", self.constant("places", places), zero, length, end)
        return self._normal(self.node("Add", self.words(ids), there), "embeddings.LayerNorm")

    def _hidden_mask(self, mask: str) -> str:
        """What is added to attention: nothing for tokens, the least number for filling."""
        axes = self.constant("mask.axes", np.array([1, 2]))
        one = self.constant("one", np.array(1, np.float32))
        least = self.constant("least", np.array(np.finfo(np.float32).min))
        flags = self.node("Cast", self.node("Unsqueeze", mask, axes), to=TensorProto.FLOAT)
        away = self.node("Sub", one, flags)
        return self.node("Mul", away, least)

    def _layer(self, states: str, mask: str, name: str) -> str:
        """Attention, then two dense layers, each added to what it came from."""
        of = f"{name}.attention"
        query, key, value = (
            self._parted(part, turned)
            for part, turned in zip(
                self._attending(states, f"{of}.self"),
                ((0, 2, 1, 3), (0, 2, 3, 1), (0, 2, 1, 3)),
                strict=True,
            )
        )
        scale = self.constant("scale", np.array((self._width // self._heads) ** 0.5, np.float32))
        scores = self.node("Div", self.node("MatMul", query, key), scale)
        shares = self.node("Softmax", self.node("Add", scores, mask), axis=-1)
        mixed = self.node("Transpose", self.node("MatMul", shares, value), perm=(0, 2, 1, 3))
        whole = self.constant("whole", np.array([0, 0, self._width]))
        mixed = self._dense(self.node("Reshape", mixed, whole), f"{of}.output.dense")
        attended = self._normal(self.node("Add", mixed, states), f"{of}.output.LayerNorm")
        inner = self.node("Gelu", self._dense(attended, f"{name}.intermediate.dense"))
        outer = self._dense(inner, f"{name}.output.dense")
        return self._normal(self.node("Add", outer, attended), f"{name}.output.LayerNorm")

    def _attending(self, states: str, name: str) -> Sequence[str]:
        """Query, key and value: one product of matrices is faster than three."""
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self._weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        product = self.node("MatMul", states, self.constant(f"{name}.turned", matrix))
        every = self.node("Add", product, self.constant(f"{name}.bias", bias))
        return self.split(every, [f"{part}.states" for part in parts], axis=-1)

    def _parted(self, states: str, turned: tuple[int, ...]) -> str:
        """States parted between the heads."""
        parts = np.array([0, 0, self._heads, self._width // self._heads])
        parted = self.node("Reshape", states, self.constant("parts", parts))
        return self.node("Transpose", parted, perm=turned)

    def _dense(self, states: str, name: str) -> str:
        matrix = self.constant(f"{name}.turned", self._weights[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", states, matrix), self._weight(name, "bias"))

    def _normal(self, states: str, name: str) -> str:
        scale, bias = self._weight(name), self._weight(name, "bias")
        return self.node("LayerNormalization", states, scale, bias, epsilon=self._epsilon)

    def _weight(self, name: str, kind: str = "weight") -> str:
        return self.constant(f"{name}.{kind}", self._weights[f"{name}.{kind}"])


def save(
    model: onnx.ModelProto, target: Path, shortened: Sequence[str], whole: Collection[str] = ()
) -> None:
    """Write a graph as `model.onnx` into a folder; the weights of some kinds of nodes in 8 bits,
    but for the dense layers whose names are given."""
    kept = {f"{name}.turned" for name in whole}
    with TemporaryDirectory(dir=target) as place:
        exact, small = Path(place) / "exact.onnx", Path(place) / "small.onnx"
        onnx.save(model, str(exact))
        if shortened:
            quantize_dynamic(
                exact,
                small,
                op_types_to_quantize=list(shortened),
                nodes_to_exclude=[n.name for n in model.graph.node if kept & set(n.input)],
                per_channel=True,
                weight_type=QuantType.QInt8,
            )
        (small if shortened else exact).replace(target / "model.onnx")
