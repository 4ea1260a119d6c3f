"""What a chunk holds, line by line: packed when it is stored, so that ranking need not read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt
from langchain_core.documents import Document

from loaders.storing.analysis import fold, pieces, terms_of
from loaders.storing.function_words import FUNCTION_WORDS

LEADERS = re.compile(r"(?:\. ?){5,}|\u2026{2,}|_{5,}")
IS_TABLE, IS_CONTENTS = 1, 2
"""Bits of a packed profile's first number."""
FIRST, FOLLOWS = 1, 2
"""Bits of an entry: its piece's first term; of a piece that directly follows another."""
LINE_END = 0
KEY = 0xFFFFFFFC
"""The other bits are the term's: among a thousand questions, one meets a stranger with its key."""

Numbers = npt.NDArray[np.uint32]
Lines = Sequence[Sequence[str]]


def key(term: str) -> int:
    """The number that stands for a term, in every process."""
    return crc32(term.encode("utf-8", "replace")) & KEY | 4


def packed(chunk: Document, lines: Lines) -> bytes:
    """The chunk's headings, then its lines, as keys of terms; function words only keep apart."""
    metadata = chunk.metadata
    head = pieces(f"{metadata.get('section', '')} {metadata.get('caption', '')}")
    flags = IS_TABLE * (metadata.get("kind") == "table")
    flags |= IS_CONTENTS * (len(LEADERS.findall(chunk.page_content)) > 2)
    numbers = [flags]
    for line in (head, *lines):
        follows = False
        for piece in line:
            entries = _entries(piece)
            if entries and follows:
                numbers.append(entries[0] | FOLLOWS)
                numbers += entries[1:]
            else:
                numbers += entries
            follows = bool(entries)
        numbers.append(LINE_END)
    return np.array(numbers, "<u4").tobytes()


@lru_cache(maxsize=100_000)
def _entries(piece: str) -> tuple[int, ...]:
    """The keys of a piece's terms, the first of them marked."""
    if fold(piece) in FUNCTION_WORDS:
        return ()
    keys = [key(term) for term in terms_of(piece)]
    return (keys[0] | FIRST, *keys[1:]) if keys else ()


@dataclass(frozen=True, slots=True)
class Profiles:
    """What some chunks hold, side by side."""

    ids: tuple[str, ...]
    documents: tuple[str, ...]
    numbers: Numbers
    """All packed profiles, one after the other."""
    starts: npt.NDArray[np.int64]
    """Where each chunk's begins."""

    @classmethod
    def of(cls, found: Iterable[tuple[str, str, bytes]]) -> Profiles:
        """From each chunk's id, document, and packed profile."""
        ids, documents, blobs = tuple(zip(*found, strict=True)) or ((), (), ())
        lengths = np.array([len(blob) // 4 for blob in blobs], np.int64)
        return cls(
            ids=tuple(ids),
            documents=tuple(documents),
            numbers=np.frombuffer(b"".join(blobs), "<u4"),
            starts=np.cumsum(lengths) - lengths,
        )

    def __len__(self) -> int:
        return len(self.ids)
