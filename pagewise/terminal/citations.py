"""What stands behind an answer: the passages it cites, and which of its numbers are in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from langchain_core.documents import Document

from graph.answer import Answer, Citation
from graph.evidence.sources import Source, squeezed
from graph.verification.notices import split_notices
from loaders.storing.store import Store
from loaders.text.quantities import numbers_in
from loaders.text.tokenizer import fold


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk under the marker that cites it; None if it has left the library since."""

    marker: int
    citations: Sequence[Citation]
    chunk: Document | None


def passages_of(store: Store, answer: Answer) -> list[Passage]:
    """The cited chunks, by marker."""
    near = [found.chunk_id for found in answer.retrieved]
    by_marker = sorted(answer.citations, key=lambda citation: citation.marker)
    return [
        Passage(marker, cited, _chunk(store, cited, near))
        for marker, group in groupby(by_marker, key=lambda citation: citation.marker)
        if (cited := list(group))
    ]


def _chunk(store: Store, cited: Sequence[Citation], near: Sequence[str]) -> Document | None:
    """The chunk at the cited place that holds the most of what is quoted."""
    name, pages = cited[0].document, {citation.page - 1 for citation in cited}
    boxes = {citation.box for citation in cited}
    candidates = [
        chunk
        for chunk in (*store.chunks(near), *store.chunks_of(name))
        if chunk.metadata["source"] == name
        if pages.intersection(chunk.metadata.get("pages") or [chunk.metadata["page"]])
    ]

    def held(chunk: Document) -> tuple[int, int, bool]:
        source = Source(1, chunk)
        quotes = [fold(citation.quote) for citation in cited]
        literal = sum(squeezed(quote) in source.squeezed for quote in quotes)
        words = set(re.findall(r"\w+", " ".join(quotes)))
        alike = len(words.intersection(re.findall(r"\w+", fold(source.everything))))
        return literal, alike, tuple(chunk.metadata.get("box") or ()) in boxes

    return max(candidates, key=held, default=None)


def doubtful_numbers(passages: Sequence[Passage], answer: Answer) -> set[str]:
    """The numbers of the answer that the audit of their page doubts; the answer says why."""
    return {number for passage in passages for number in _doubtful(passage, answer)}


def _doubtful(passage: Passage, answer: Answer) -> Iterator[str]:
    if passage.chunk is None:
        return
    metadata = passage.chunk.metadata
    cells = {(c.cell.row[-1:], c.cell.value) for c in passage.citations if c.cell}
    used = {mention.text for mention in numbers_in(split_notices(answer.answer)[0])}
    for doubt in (*metadata.get("doubts", ()), *metadata.get("novel_numbers", ())):
        row, _, number = doubt.rpartition(" › ")
        if number in used and (not row or not cells or ((row,), number) in cells):
            yield number
