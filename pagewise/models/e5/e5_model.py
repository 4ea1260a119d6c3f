"""Texts to vectors: cut into tokens and windows, run through the network, averaged."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from onnxruntime.capi import onnxruntime_pybind11_state as onnx_errors  # type: ignore[import-untyped]

from pagewise.models.e5.encoder import INPUT, encoder
from pagewise.models.e5.tokenizer import Tokenizer
from pagewise.models.e5.weights import Floats, Weights, WeightsError

TOKENS_AT_ONCE = 512
"""More do not get quicker: what the layers pass on would no longer fit into a core's cache."""


class Window(NamedTuple):
    """A stretch of a text that the network takes at once; most texts are one."""

    text: int
    tokens: list[int]


class E5Model:
    """The network, ready to run; any number of threads may ask it.

    Raises:
        WeightsError: The weights, or this version of onnxruntime, are not what is known.
        OSError: The weights are missing.
    """

    def __init__(self, weights: Path | None = None) -> None:
        self._weights = Weights(weights)
        self._tokenizer = Tokenizer(self._weights.vocabulary)
        self._session = _session(encoder(self._weights))
        # A run keeps one core busy from end to end; several side by side waste least.
        self._pool = ThreadPoolExecutor(_cores(), thread_name_prefix="e5")
        places = self._weights.floats("emb.pos").reshape(-1, self._weights.shape.width)
        self._places = places + self._weights.floats("emb.type")[: self._weights.shape.width]

    def encode(self, texts: Sequence[str], *, is_query: bool) -> Floats:
        """A vector of length one for each text."""
        prefix = "query: " if is_query else "passage: "
        windows = [
            window
            for place, text in enumerate(texts)
            for window in self._windows(place, self._tokenizer.ids(prefix + text))
        ]
        batches = list(_batches(windows))
        # A query needs no other thread.
        means = map(self._run, batches) if len(batches) < 2 else self._pool.map(self._run, batches)
        found = np.zeros((len(texts), self._weights.shape.width), np.float32)
        for batch, vectors in zip(batches, means, strict=True):
            for window, vector in zip(batch, vectors, strict=True):
                found[window.text] += vector * (len(window.tokens) - 2)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found

    def _windows(self, place: int, ids: list[int]) -> Iterator[Window]:
        begin, end = self._weights.vocabulary.begin, self._weights.vocabulary.end
        size = self._weights.shape.positions - 2
        for start in range(0, len(ids), size):
            yield Window(place, [begin, *ids[start : start + size], end])

    def _run(self, batch: Sequence[Window]) -> Floats:
        tokens = self._weights.words(np.array([window.tokens for window in batch]))
        tokens += self._places[: tokens.shape[1]]
        found: Floats = self._session.run(None, {INPUT: tokens})[0]
        return found


def _batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Windows of one length go together: none is padded, so that none needs a mask."""
    for length, alike in groupby(sorted(windows, key=_length, reverse=True), _length):
        group, size = list(alike), max(1, TOKENS_AT_ONCE // length)
        for start in range(0, len(group), size):
            yield group[start : start + size]


def _length(window: Window) -> int:
    return len(window.tokens)


def _cores() -> int:
    """Those that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # To plan it takes longer than all else, and saves nothing here.
    options.enable_mem_reuse = False
    # The graph is written as it runs best; what the extended rules fuse takes longer.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except (
        onnx_errors.Fail,
        onnx_errors.InvalidArgument,
        onnx_errors.InvalidGraph,
        onnx_errors.NotImplemented,
        onnx_errors.RuntimeException,
    ) as error:
        raise WeightsError(f"onnxruntime {onnxruntime.__version__}: {error}") from error
