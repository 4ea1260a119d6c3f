"""Chunks as numbered sources, kept for as long as a question needs them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from langchain_core.documents import Document

from graph.evidence.sources import Source, document_of, documents_of_commas

MOST_PIECES = 24
"""Chunks that are added so that tables that were cut are whole; a longer table stays cut."""
MOST_WORKED_OUT = 256
"""Chunks whose tables stay parsed: of the last dozen questions."""

FetchChunks = Callable[[Sequence[str]], list[Document]]
WholeTable = Callable[[Document], Sequence[Document]]
"""All pieces of the table that a chunk is a piece of, in order."""


@dataclass
class SourceCache:
    """Sources of the last questions, so that one turn parses its tables once."""

    fetch: FetchChunks
    whole_table: WholeTable
    size: int = 4
    _kept: OrderedDict[tuple[tuple[str, float], ...], list[Source]] = field(
        default_factory=OrderedDict
    )
    _worked_out: OrderedDict[str, Source] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock)
    """Many questions are asked at once; a cache that one shrinks is not the other's any more."""

    def sources(self, retrieved: Sequence[Mapping[str, Any]]) -> list[Source]:
        """The chunks of these ids as numbered sources, in this order, with this turn's scores."""
        asked = tuple((chunk["chunk_id"], chunk["score"]) for chunk in retrieved)
        with self._turn:
            kept = self._kept.get(asked)
        if kept is None:
            kept = self._built(asked)
            with self._turn:
                self._kept[asked] = kept
                while len(self._kept) > self.size:
                    self._kept.popitem(last=False)
        return kept

    def _built(self, asked: Sequence[tuple[str, float]]) -> list[Source]:
        fetched = self.fetch([chunk_id for chunk_id, _ in asked])
        chunks = {str(chunk.metadata["chunk_id"]): chunk for chunk in fetched}
        found = [(chunks[chunk_id], score) for chunk_id, score in asked if chunk_id in chunks]
        of_commas = documents_of_commas(chunk for chunk, _ in found)
        return [
            self._source(Source(number, chunk, score, is_of_commas=document_of(chunk) in of_commas))
            for number, (chunk, score) in enumerate(found, start=1)
        ]

    def _source(self, new: Source) -> Source:
        """With what earlier questions have worked out of the same chunk, its tables above all."""
        with self._turn:
            known = self._worked_out.pop(new.chunk_id, None)
            found = known.again(new.number, new.score) if known and known.is_like(new) else new
            self._worked_out[new.chunk_id] = found
            while len(self._worked_out) > MOST_WORKED_OUT:
                self._worked_out.popitem(last=False)
        return found

    def missing_pieces(self, retrieved: Sequence[Mapping[str, Any]]) -> list[Document]:
        """What these chunks' tables were cut into beside them, table by table."""
        known = {chunk["chunk_id"] for chunk in retrieved}
        found: list[Document] = []
        seen: set[str] = set()
        for chunk in self.fetch([item["chunk_id"] for item in retrieved]):
            table_id = str(chunk.metadata.get("table_id", ""))
            if int(chunk.metadata.get("pieces", 1)) < 2 or table_id in seen:
                continue
            seen.add(table_id)
            pieces = self.whole_table(chunk)
            new = [piece for piece in pieces if piece.metadata["chunk_id"] not in known]
            if len(found) + len(new) <= MOST_PIECES:
                found += new
        return found
