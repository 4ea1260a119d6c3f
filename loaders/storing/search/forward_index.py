"""What a chunk holds, line by line: packed when it is stored, so that ranking need not read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import pack
from zlib import crc32

import numpy as np
import numpy.typing as npt
from langchain_core.documents import Document

from loaders.text.analyzer import piece_lines, pieces, terms_of
from loaders.text.function_words import FUNCTION_WORDS
from loaders.text.tokenizer import fold

LEADERS = re.compile(r"(?:\. ?){5,}|\u2026{2,}|_{5,}")
FORMAT = "4"
"""To be changed with anything that changes what is packed: libraries then pack again."""
IS_TABLE, IS_CONTENTS, PAGE_SHIFT = 1, 2, 2
"""Bits of a packed profile's first number; the others are the page."""
FIRST, FOLLOWS = 1, 2
"""Bits of an entry: its piece's first term; of a piece that directly follows another."""
LINE_END, GAP = 0, FIRST
LINE_END_BYTES, GAP_BYTES = pack("<I", LINE_END), pack("<I", GAP)
KEY = 0xFFFFFFFC
"""The other bits are the term's: among a thousand questions, one meets a stranger with its key."""
AT_ONCE = 250
"""Chunks whose pieces are held in memory; 20 KB each."""

Numbers = npt.NDArray[np.uint32]
Lines = Sequence[Sequence[str]]


def key(term: str) -> int:
    """The number that stands for a term, in every process."""
    return crc32(term.encode()) & KEY | 4


def lines_of(chunk: Document, searched: str) -> Lines:
    """The pieces of each line of a chunk's searched text."""
    return piece_lines(searched, is_table=chunk.metadata.get("kind") == "table")


def packed(chunks: Sequence[Document], lines: Sequence[Lines]) -> list[bytes]:
    """For each chunk its headings, then its lines, as keys of terms.

    Function words only keep their neighbours apart.
    """
    spelt = [
        _spelt(_line(f"{told.get('section', '')} {told.get('caption', '')}"), below)
        for told, below in zip((chunk.metadata for chunk in chunks), lines, strict=True)
    ]
    if not spelt:
        return []
    numbers = np.frombuffer(b"".join(spelt), "<u4").copy()
    follows = numbers[:-1] > GAP
    numbers[1:] |= np.where(follows, (numbers[1:] & FIRST) * FOLLOWS, 0).astype(np.uint32)
    kept = numbers != GAP
    ends = np.cumsum(kept)[np.cumsum([len(one) // 4 for one in spelt], dtype=np.int64) - 1]
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    numbers = numbers[kept]
    numbers[starts] = [_flags(chunk) for chunk in chunks]
    data = numbers.tobytes()
    return [data[4 * start : 4 * end] for start, end in zip(starts, ends, strict=True)]


def packed_anew(
    chunks: Sequence[Document], searched_text: Callable[[Document], str]
) -> list[bytes]:
    """Their profiles, by the texts that they are searched by."""
    return packed(chunks, [lines_of(chunk, searched_text(chunk)) for chunk in chunks])


def packed_in_parts(
    chunks: Sequence[Document], texts: Sequence[str], kept: dict[str, Lines]
) -> Iterator[bytes]:
    """The profiles of chunks by their searched texts; the pieces of a long document never at once.

    `kept` gets the lines of the first chunks, which are all of most documents, to be used again.
    """
    for start in range(0, len(chunks), AT_ONCE):
        part = chunks[start : start + AT_ONCE]
        lines = list(map(lines_of, part, texts[start : start + AT_ONCE]))
        yield from packed(part, lines)
        if not start:
            kept.update(zip((chunk.metadata["chunk_id"] for chunk in part), lines, strict=True))


@lru_cache(maxsize=1000)
def _line(text: str) -> bytes:
    return b"".join(map(_entries, pieces(text)))


def _spelt(head: bytes, lines: Lines) -> bytes:
    """The place of the flags, then each line with its end."""
    below = (b"".join(map(_entries, line)) for line in lines)
    return LINE_END_BYTES.join((b"", head, *below, b""))


def _flags(chunk: Document) -> int:
    page = int(chunk.metadata.get("page", 0)) << PAGE_SHIFT
    is_table = IS_TABLE * (chunk.metadata.get("kind") == "table")
    return page | is_table | IS_CONTENTS * _has_leaders(chunk.page_content)


@lru_cache(maxsize=30_000)
def _entries(piece: str) -> bytes:
    terms = terms_of(piece)
    if not terms or fold(piece) in FUNCTION_WORDS:
        return GAP_BYTES
    first = pack("<I", key(terms[0]) | FIRST)
    return first if len(terms) == 1 else first + pack(f"<{len(terms) - 1}I", *map(key, terms[1:]))


def _has_leaders(text: str) -> bool:
    """Whether dots lead from several headings to their pages."""
    if not any(sign in text for sign in (". .", "....", "\u2026", "____")):
        return False
    return len(LEADERS.findall(text)) > 2


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

    def pages(self) -> list[tuple[str, int]]:
        """The document and the first page of each."""
        pages = (self.numbers[self.starts] >> PAGE_SHIFT).tolist()
        return list(zip(self.documents, pages, strict=True))

    def __len__(self) -> int:
        return len(self.ids)
