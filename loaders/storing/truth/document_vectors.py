"""The vectors of single documents, side by side: of those last asked for, in memory."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from loaders.storing.databases.database import Database, is_whole

Vector = npt.NDArray[np.float32]
MOST_BYTES = 32_000_000
"""Of the vectors in memory; 40 reports of 500 chunks, with 384 numbers to a vector."""


EVERY_DOCUMENT = ""
WANTED_OF_METADATA = ("source", "kind", "page", "pages")
"""What filters look at."""


@dataclass(slots=True)
class DocumentVectors:
    """Of each chunk of a document, in reading order."""

    ids: tuple[str, ...]
    vectors: Vector
    """Of unit length, a row for each chunk."""
    metadata: Mapping[str, Mapping[str, Any]] | None = None
    """By chunk, what filters look at; read when the first one looks."""


class Nearby:
    """What is searched within documents, or in a small library, without asking an index.

    It is read afresh after anything was written to the library, by whichever process.
    """

    def __init__(self, database: Database, model: str, most_bytes: int = MOST_BYTES) -> None:
        self._database, self._model, self._most_bytes = database, model, most_bytes
        self._kept: dict[str, DocumentVectors] = {}
        self._stamp = database.stamp()
        self._turn = threading.Lock()

    def metadata_of(self, document: str) -> Mapping[str, Mapping[str, Any]]:
        """By chunk id, what filters look at."""
        found = self.of(document)
        if found.metadata is None:
            where, values = _place(document)
            rows = self._database.rows(f"SELECT chunk_id, metadata FROM chunks{where}", values)
            told = ((chunk_id, parsed(metadata)) for chunk_id, metadata in rows)
            found.metadata = {
                chunk_id: {key: what[key] for key in WANTED_OF_METADATA if key in what}
                for chunk_id, what in told
                if what
            }
        return found.metadata

    def of(self, document: str) -> DocumentVectors:
        """A document's, or those of `EVERY_DOCUMENT`."""
        with self._turn:
            # First: what is written while a document is read is seen the next time.
            stamp = self._database.stamp()
            if stamp != self._stamp:
                self._kept.clear()
                self._stamp = stamp
            found = self._kept.pop(document, None) or self._read(document)
            self._kept[document] = found  # the last to go
            self._make_room()
            return found

    def _make_room(self) -> None:
        bytes_kept = sum(one.vectors.nbytes for one in self._kept.values())
        while bytes_kept > self._most_bytes:
            bytes_kept -= self._kept.pop(next(iter(self._kept))).vectors.nbytes

    def _read(self, document: str) -> DocumentVectors:
        where, values = _place(document)
        rows = self._database.rows(
            "SELECT chunk_id, vector, vectors.checksum FROM chunks JOIN vectors"
            " ON model = ? AND vectors.text_hash = chunks.text_hash"
            f"{where} ORDER BY document, ordinal",
            (self._model, *values),
        )
        size = max((len(vector) for _, vector, _ in rows), default=0)
        # What is spoiled is as far from every question as can be, until it is embedded again.
        whole = [
            row[1] if len(row[1]) == size and is_whole(row[1:]) else bytes(size) for row in rows
        ]
        return DocumentVectors(tuple(row[0] for row in rows), unit_rows(whole))


def unit_rows(packed: Sequence[bytes]) -> Vector:
    """Stored vectors of one length, a row for each; what is no vector of numbers is zero."""
    numbers = np.frombuffer(b"".join(packed), np.float16)
    vectors = numbers.reshape(max(len(packed), 1), -1)[: len(packed)].astype(np.float32)
    vectors[~np.isfinite(vectors).all(axis=1)] = 0.0
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors


def _place(document: str) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if document == EVERY_DOCUMENT else (" WHERE document = ?", (document,))


def parsed(metadata: str) -> dict[str, Any]:
    """A chunk's; nothing if it is damaged."""
    try:
        told = json.loads(metadata)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
