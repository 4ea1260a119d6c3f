from __future__ import annotations

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from pagewise.models.e5.onnx_file import MICROSOFT, OnnxGraph


def ran(graph: OnnxGraph, **inputs: list[list[float]]) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph.to_bytes(), providers=["CPUExecutionProvider"])
    fed = {name: np.array(value, np.float32) for name, value in inputs.items()}
    return np.asarray(session.run(None, fed)[0])


def test_onnxruntime_runs_what_was_written() -> None:
    graph = OnnxGraph()
    rows = graph.input("rows", ["count", 2])
    weights = graph.constant(np.array([[1, 2], [3, 4]], np.float32))
    graph.output(graph.node("MatMul", rows, weights), ["count", 2])
    assert ran(graph, rows=[[1, 0], [0, 1]]).tolist() == [[1, 2], [3, 4]]


def test_options_are_whole_numbers_fractions_and_lists() -> None:
    graph = OnnxGraph()
    rows = graph.input("rows", ["count", 300])
    sizes = graph.constant(np.array([100, 200]))
    _, last = graph.nodes("Split", rows, sizes, outputs=2, axis=-1)
    leaky = graph.node("LeakyRelu", last, alpha=0.5)
    graph.output(graph.node("ReduceMean", leaky, axes=[1], keepdims=0), ["count"])
    assert ran(graph, rows=[[-2.0] * 300, [3.0] * 300]).tolist() == [-1, 3]


def test_an_input_may_be_left_out_and_an_operator_onnxruntimes_own() -> None:
    graph = OnnxGraph()
    rows = graph.input("rows", [1, 1, 2])
    one = graph.constant(np.ones(2, np.float32))
    graph.output(
        graph.node("SkipLayerNormalization", rows, rows, one, "", one, domain=MICROSOFT), [1, 1, 2]
    )
    session = onnxruntime.InferenceSession(graph.to_bytes(), providers=["CPUExecutionProvider"])
    [found] = session.run(None, {"rows": np.array([[[1, 3]]], np.float32)})
    assert np.allclose(found, [[[-1, 1]]], atol=1e-3)
