"""Small sentence models whose every vector is known: a word means what it is given."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

MEANINGS: Mapping[str, Sequence[float]] = {
    "rubbish": (1, 0, 0.1),
    "waste": (0.9, 0.1, 0.1),
    "tram": (0, 1, 0.1),
    "bus": (0.1, 0.9, 0.1),
}
"""Two subjects, and a little of what all words share."""


def written(
    folder: Path,
    meanings: Mapping[str, Sequence[float]] = MEANINGS,
    *,
    pooling: str = "",
    prompt: str = "",
    pooled: bool = False,
) -> Path:
    """Write a model into a folder, and return it; words that it does not know mean nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = {"[PAD]": 0, "[UNK]": 1} | {word: at for at, word in enumerate(meanings, 2)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    width = len(next(iter(meanings.values())))
    rows = np.array([[0] * width, [0] * width, *meanings.values()], np.float32)
    onnx.save(_graph(rows, pooled=pooled), str(folder / "model.onnx"))
    if pooling:
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling/config.json").write_text(json.dumps({pooling: True}))
    if prompt:
        config = {"prompts": {"query": prompt}}
        (folder / "config_sentence_transformers.json").write_text(json.dumps(config))
    return folder


def _graph(
    rows: np.ndarray[tuple[int, int], np.dtype[np.float32]], *, pooled: bool
) -> onnx.ModelProto:
    """Return a graph that looks the vector of each token up, and their sum if it is `pooled`."""
    names = ("input_ids", "attention_mask")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "t"]) for n in names]
    nodes = [helper.make_node("Gather", ["rows", "input_ids"], ["states"])]
    constants = [numpy_helper.from_array(rows, "rows")]
    name = "states"
    shape: list[str | int | None] = ["b", "t", rows.shape[1]]
    if pooled:
        constants.append(numpy_helper.from_array(np.array([1]), "axes"))
        nodes.append(
            helper.make_node("ReduceSum", ["states", "axes"], ["sentence_embedding"], keepdims=0)
        )
        name, shape = "sentence_embedding", ["b", rows.shape[1]]
    output = helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, "words", inputs, [output], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
