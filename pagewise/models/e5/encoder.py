"""The network as an ONNX graph: twelve layers of attention, its matrix products in int8.

A row of each product's input is scaled by its own largest value, so that a text's vector does not
depend on its neighbours.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pagewise.models.e5.onnx_file import MICROSOFT, OnnxGraph
from pagewise.models.e5.weights import Floats, Weights

INPUT = "tokens"
LARGEST_PAIR, LARGEST_INPUT, ZERO = 127, 127, 128
LEAST_OF_GELU = 0.17
"""It gives nothing below -0.17, so that the largest value of a row is its magnitude."""


def encoder(weights: Weights) -> bytes:
    """A model from the tokens' vectors (text, token, width) to the mean of each text."""
    return _Encoder(weights).model()


def small_weights(matrix: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Each row in whole steps of its own size.

    Processors without VNNI add two products in 16 bits: 255 (the largest input) times two
    neighbours must fit there, or the sum would be cut off in silence.
    """
    sizes = np.abs(matrix)
    steps = (sizes[:, 0::2] + sizes[:, 1::2]).max(axis=1) / LARGEST_PAIR
    return np.rint(matrix / steps[:, None]).astype(np.int8), steps


class _Encoder:
    def __init__(self, weights: Weights) -> None:
        self.weights, self.shape = weights, weights.shape
        self.graph = OnnxGraph()
        constant = self.graph.constant
        self.rows = constant(np.array([-1, self.shape.width]))
        self.row = constant(np.array([-1]))
        self.one = constant(np.float32(1))
        self.step = constant(np.float32(1 / LARGEST_INPUT))
        self.tiny = constant(np.float32(1e-9))
        self.least_of_gelu = constant(np.float32(LEAST_OF_GELU))
        self.zero = constant(np.uint8(ZERO))
        self.thirds = constant(np.array([self.shape.width] * 3))

    def model(self) -> bytes:
        graph, width = self.graph, self.shape.width
        tokens = graph.input(INPUT, ["texts", "tokens", width])
        self.texts = graph.node("Shape", tokens)
        # Texts are one list of tokens, but for the attention.
        hidden = self.normalized(graph.node("Reshape", tokens, self.rows), "emb.ln")
        self.zeros = graph.node("Expand", self.zero, self.token_count(hidden))
        for layer in range(self.shape.layers):
            hidden = self.layer(hidden, f"l{layer}")
        texts = graph.node("Reshape", hidden, self.texts)
        graph.output(graph.node("ReduceMean", texts, axes=[1], keepdims=0), ["texts", width])
        return graph.to_bytes()

    def token_count(self, hidden: str) -> str:
        first, second = (self.graph.constant(np.array([place])) for place in (0, 1))
        return self.graph.node("Slice", self.graph.node("Shape", hidden), first, second)

    def layer(self, hidden: str, name: str) -> str:
        attended = self.attention(hidden, name)
        hidden = self.residual(hidden, self.product(attended, f"{name}.ao"), f"{name}.a")
        inner = self.product(hidden, f"{name}.fi")
        bias = self.floats(f"{name}.fi.b")
        inner = self.graph.node("BiasGelu", inner, bias, domain=MICROSOFT)
        outer = self.scaled_product(
            inner,
            self.graph.node("Max", self.largest(inner), self.least_of_gelu),
            self.weights.matrix(f"{name}.fo.w", self.shape.inner),
        )
        return self.residual(hidden, outer, f"{name}.o")

    def attention(self, hidden: str, name: str) -> str:
        graph = self.graph
        product = self.product(hidden, *(f"{name}.{part}" for part in "qkv"))
        parts = graph.nodes("Split", product, self.thirds, outputs=3, axis=-1)
        texts = [graph.node("Reshape", part, self.texts) for part in parts]
        bias = np.concatenate([self.weights.floats(f"{name}.{part}.b") for part in "qkv"])
        found = graph.node(
            "MultiHeadAttention",
            *texts,
            graph.constant(bias),
            domain=MICROSOFT,
            num_heads=self.shape.heads,
        )
        return graph.node("Reshape", found, self.rows)

    def residual(self, hidden: str, change: str, name: str) -> str:
        """Steps of their own: what onnxruntime fuses them into takes eight times as long."""
        bias = {"a": "ao.b", "o": "fo.b"}[name[-1]]
        change = self.graph.node("Add", change, self.floats(f"{name[:-1]}{bias}"))
        return self.normalized(self.graph.node("Add", hidden, change), f"{name}ln")

    def normalized(self, hidden: str, name: str) -> str:
        scale, shift = self.floats(f"{name}.w"), self.floats(f"{name}.b")
        return self.graph.node(
            "LayerNormalization", hidden, scale, shift, axis=-1, epsilon=self.shape.epsilon
        )

    def product(self, hidden: str, *names: str) -> str:
        """With the matrices of these names, side by side."""
        matrices = [self.weights.matrix(f"{name}.w", self.shape.width) for name in names]
        largest = self.largest(self.graph.node("Abs", hidden))
        magnitude = self.graph.node("Max", largest, self.tiny)
        return self.scaled_product(hidden, magnitude, np.concatenate(matrices))

    def largest(self, hidden: str) -> str:
        return self.graph.node("ReduceMax", hidden, axes=[-1], keepdims=1)

    def scaled_product(self, hidden: str, magnitude: str, matrix: Floats) -> str:
        graph = self.graph
        scale = graph.node("Mul", magnitude, self.step)
        flat = graph.node("Reshape", scale, self.row)
        small = graph.node("QuantizeLinear", hidden, flat, self.zeros, axis=0)
        integers, steps = small_weights(matrix)
        product = graph.node(
            "MatMulIntegerToFloat",
            small,
            graph.constant(np.ascontiguousarray(integers.T)),
            self.one,
            graph.constant(steps),
            self.zero,
            domain=MICROSOFT,
        )
        return graph.node("Mul", product, scale)

    def floats(self, name: str) -> str:
        return self.graph.constant(self.weights.floats(name))
