"""Draws the graph of a model, node by node."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
"""The first with Gelu."""
IR_VERSION = 9
"""The one that came with this set of operators."""


class Drawing:
    """The nodes and constants of a graph in the making; every method returns the name of what it
    computes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, named: str = "", **attributes: Any) -> str:
        """Add a node with one output."""
        name = named or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def split(self, value: str, parts: Sequence[str], axis: int) -> Sequence[str]:
        """Add a node that parts a value evenly; returns the names of the parts."""
        node = helper.make_node("Split", [value], list(parts), axis=axis, num_outputs=len(parts))
        self.nodes.append(node)
        return parts

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Add a constant, once."""
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def model(
        self, inputs: Sequence[str], output: str, shape: Sequence[int | str]
    ) -> onnx.ModelProto:
        """Return the model that computes an output of a shape from ids and marks of tokens."""
        ids = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in inputs
        ]
        out = helper.make_tensor_value_info(output, TensorProto.FLOAT, list(shape))
        constants = list(self._constants.values())
        graph = helper.make_graph(self.nodes, "encoder", ids, [out], constants)
        opset = helper.make_opsetid("", OPSET)
        made = helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION)
        onnx.checker.check_model(made)
        return made
