"""The door to the OCR models: where lines of text stand in a picture, and what they say.

The models (PP-OCRv6 small: Chinese, English and the Latin scripts) come inside the wheel of
`rapidocr`. They are run directly: its own pipeline knows no character places and pads short cells.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from loaders.pages.runs import runs

Pixels = NDArray[np.uint8]
"""A picture in grey: rows from the top, 255 is white."""

FINDS_LINES = "PP-OCRv6_det_small.onnx"
READS_LINES = "PP-OCRv6_rec_small.onnx"
LINE_HEIGHT = 48
"""Pixels of a line as the reading model was trained on it."""
SHORTEST, LONGEST = 96, 3200
"""Width of a line in pixels at that height: a narrow one is padded, a long one squeezed."""
BATCH_WIDTH = 3200
"""Pixels of lines side by side that are read at once: what memory a batch takes."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A character that was read: its middle along the line, in pixels, and how sure that is."""

    char: str
    x: float
    confidence: float


class Models:
    """Both models, loaded when they are first wanted."""

    def __init__(self, threads: int = 2) -> None:
        self.threads = threads
        spec = importlib.util.find_spec("rapidocr")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("the OCR models are missing: pip install rapidocr==3.10.0")
        self.folder = Path(spec.origin).parent / "models"

    def session(self, name: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        # A waiting thread that spins takes the cores from the other pages' processes.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(
            str(self.folder / name), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def finder(self) -> onnxruntime.InferenceSession:
        return self.session(FINDS_LINES)

    @cached_property
    def reader(self) -> onnxruntime.InferenceSession:
        return self.session(READS_LINES)

    @cached_property
    def alphabet(self) -> list[str]:
        """Place 0 is no character at all, the last one is a space."""
        known = self.reader.get_modelmeta().custom_metadata_map["character"]
        return ["", *known.splitlines(), " "]

    def text_map(self, picture: Pixels, part: float) -> NDArray[np.float32]:
        """How likely each pixel is the core of a line of text, at a `part` of the resolution."""
        height, width = (round(side * part) for side in picture.shape)
        size = max(32, round(width / 32) * 32), max(32, round(height / 32) * 32)
        scaled = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        plane = scaled.astype(np.float32) / 127.5 - 1
        data = np.broadcast_to(plane, (1, 3, *plane.shape))
        (found,) = self.finder.run(None, {"x": np.ascontiguousarray(data)})
        return np.asarray(cv2.resize(found[0, 0], (width, height)), dtype=np.float32)

    def texts(self, lines: Sequence[Pixels]) -> list[list[Sign]]:
        """What each line says; lines of like width are read together."""
        found: list[list[Sign]] = [[] for _ in lines]
        for batch in batches([line.shape[1] / line.shape[0] for line in lines]):
            widths = [line_width(lines[index]) for index in batch]
            data = np.zeros((len(batch), 3, LINE_HEIGHT, max(*widths, SHORTEST)), np.float32)
            for place, (index, width) in enumerate(zip(batch, widths, strict=True)):
                scaled = cv2.resize(lines[index], (width, LINE_HEIGHT))
                data[place, :, :, :width] = scaled.astype(np.float32) / 127.5 - 1
            (scores,) = self.reader.run(None, {"x": data})
            for place, (index, width) in enumerate(zip(batch, widths, strict=True)):
                step = data.shape[3] / scores.shape[1] * lines[index].shape[1] / width
                found[index] = list(self.signs(scores[place], step))
        return found

    def signs(self, scores: NDArray[np.float32], step: float) -> Iterator[Sign]:
        """The characters of a line: of steps that say the same, one counts."""
        best = scores.argmax(axis=1)
        start = 0
        for end in range(1, len(best) + 1):
            if end < len(best) and best[end] == best[start]:
                continue
            if best[start]:
                sure = float(scores[start:end, best[start]].max())
                yield Sign(self.alphabet[best[start]], (start + end) / 2 * step, sure)
            start = end


def line_width(line: Pixels) -> int:
    """Pixels that a line takes at the height of the model."""
    height, width = (int(side) for side in line.shape)
    return max(8, min(LONGEST, round(width * LINE_HEIGHT / height)))


def batches(ratios: Sequence[float]) -> list[list[int]]:
    """Indices of lines to read at once: narrow ones first, so that little of a batch is padding."""
    return runs(
        sorted(range(len(ratios)), key=lambda index: ratios[index]),
        lambda batch, index: (
            max(SHORTEST, ratios[index] * LINE_HEIGHT) * (len(batch) + 1) > BATCH_WIDTH
        ),
    )


def as_pixels(samples: bytes, width: int, height: int, stride: int) -> Pixels:
    """The samples of a grey picture as an array."""
    flat = np.frombuffer(samples, dtype=np.uint8)
    return flat.reshape(height, stride)[:, :width]
