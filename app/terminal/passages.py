"""What stands behind an answer: the passages it cites, and what to doubt about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from graph.asking.words import fold
from graph.checking.evidence import Source
from loaders.chunking.values import numbers_in
from loaders.reading.page import Outcome

if TYPE_CHECKING:
    from langchain_core.documents import Document

    from graph.answer import Answer, Citation
    from loaders.storing.store import Store

_FINE = {Outcome.OK, Outcome.BLANK}
_MOST_PAGES = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk under the marker that cites it; None if it has left the library since."""

    marker: int
    citations: Sequence[Citation]
    chunk: Document | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of the answer that its page does not plainly bear out, or else a remark."""

    number: str
    why: str


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
    name, pages = cited[0].document, {citation.page for citation in cited}
    boxes = {citation.box for citation in cited}
    candidates = [
        chunk
        for chunk in (*store.chunks(near), *store.chunks_of(name))
        if chunk.metadata["source"] == name and pages & {*_pages(chunk)}
    ]

    def held(chunk: Document) -> tuple[int, bool]:
        text = Source(1, chunk).squeezed
        quotes = sum(re.sub(r"\s+", "", fold(citation.quote)) in text for citation in cited)
        return quotes, tuple(chunk.metadata.get("box") or ()) in boxes

    return max(candidates, key=held, default=None)


def _pages(chunk: Document) -> list[int]:
    """The pages that a chunk runs over, counted from 0."""
    return list(chunk.metadata.get("pages") or [chunk.metadata["page"]])


def doubts_about(store: Store, answer: Answer, passages: Sequence[Passage]) -> list[Doubt]:
    """What a reader should know before trusting the answer, each thing once."""
    found = [doubt for passage in passages for doubt in doubts_in(passage, answer)]
    names = dict.fromkeys(citation.document for citation in answer.citations)
    return list(dict.fromkeys([*found, *(gap for name in names for gap in _gaps(store, name))]))


def doubts_in(passage: Passage, answer: Answer) -> Iterator[Doubt]:
    """Used numbers that the audit of their page doubts, and used totals that do not add up."""
    if passage.chunk is None:
        return
    metadata = passage.chunk.metadata
    place = f"{metadata['source']}, p. {metadata['page'] + 1}"
    cells = {(c.cell.row[-1:], c.cell.value) for c in passage.citations if c.cell}
    used = {mention.text for mention in numbers_in(answer.answer)}
    used |= {mention.text for _, value in cells for mention in numbers_in(value)}
    for doubt in (*metadata.get("doubts", ()), *metadata.get("novel_numbers", ())):
        row, _, number = doubt.rpartition(" › ")
        if number in used and (not row or not cells or ((row,), number) in cells):
            yield Doubt(number, f"read with doubt: compare {place}")
    for remark in metadata.get("footing", ()):
        path, _, sums = remark.rpartition(": ")
        if numbers_in(sums) and numbers_in(sums)[0].text in used:
            yield Doubt("", f"{place}: {path}: {sums}")


def _gaps(store: Store, name: str) -> Iterator[Doubt]:
    """Pages of a cited document that were not read."""
    record = store.document(name)
    if record is None:
        return
    outcomes = store.ledger.outcomes(name)
    missing = {
        page: outcomes.get(page, Outcome.SKIPPED)
        for page in range(record.pages)
        if outcomes.get(page, Outcome.SKIPPED) not in _FINE
    }
    if missing:
        told = [f"p. {page + 1} {outcome}" for page, outcome in missing.items()][:_MOST_PAGES]
        rest = f" and {len(missing) - len(told)} more" if len(missing) > len(told) else ""
        yield Doubt("", f"{name} was not read completely: {', '.join(told)}{rest}")
