"""The steps of the graph, and the routes between them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from graph.answer import Answer, Kind, Retrieved
from graph.draft import Draft, Sampling, Writer
from graph.evidence.sources import Evidence, Source
from graph.generation import messages
from graph.query.document_mentions import wholly_named
from graph.query.question import (
    is_about_library,
    is_follow_up,
    is_greeting,
    language_of,
    wants_figures,
)
from graph.retrieval.table_queries import table_queries
from graph.state import RagState, RagUpdate
from graph.verification.answer_language import language_faults
from graph.verification.grounding import PageWords, Places
from graph.verification.notices import UnreadPages, from_pictures, remarks, unread
from graph.verification.self_consistency import majority
from graph.verification.verify import Verdict, verify
from loaders.storing.filters import Filters

MOST_TURNS = 8
"""Turns of a conversation that are kept."""
MOST_ATTEMPTS = 2

MOST_CHUNKS = 16
MOST_TABLES = 12
MOST_PIECES = 24
"""Chunks that are added so that tables that were cut are whole; a longer table stays cut."""

FetchChunks = Callable[[Sequence[str]], list[Document]]
WholeTable = Callable[[Document], Sequence[Document]]
"""All pieces of the table that a chunk is a piece of, in order."""


@runtime_checkable
class FilterableRetriever(Protocol):
    """A retriever that can be told where to look."""

    def within(self, filters: Filters) -> BaseRetriever:
        """The same search, looking only there."""


@dataclass
class SourceCache:
    """Sources of the last questions, so that one turn parses its tables once."""

    fetch: FetchChunks
    whole_table: WholeTable
    size: int = 4
    _kept: OrderedDict[tuple[str, ...], list[Source]] = field(default_factory=OrderedDict)

    def sources(self, retrieved: Sequence[Mapping[str, Any]]) -> list[Source]:
        """The chunks of these ids as numbered sources, in this order."""
        ids = tuple(chunk["chunk_id"] for chunk in retrieved)
        if ids not in self._kept:
            chunks = {str(chunk.metadata["chunk_id"]): chunk for chunk in self.fetch(ids)}
            found = [item for item in retrieved if item["chunk_id"] in chunks]
            self._kept[ids] = [
                Source(number, chunks[item["chunk_id"]], item["score"])
                for number, item in enumerate(found, start=1)
            ]
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return self._kept[ids]

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


@dataclass(frozen=True)
class Nodes:
    """The steps of the graph, in the order in which a question meets them."""

    retriever: BaseRetriever
    source_cache: SourceCache
    writer: Writer
    documents: Callable[[], Sequence[str]]
    """The names of the library's documents."""
    models: Mapping[str, str]
    words: PageWords
    """A page's words with their boxes: where quotes stand."""
    unread: UnreadPages

    def rewrite(self, state: RagState) -> RagUpdate:
        """Make the question stand alone; start the turn with nothing left of the one before."""
        question = " ".join(state["question"].split())
        history = state.get("history") or []
        update: RagUpdate = {
            "started": time.perf_counter(),
            "seconds": {},
            "standalone": question,
            "language": language_of(question),
            "history": history[-MOST_TURNS:],
            "document": state.get("document") or "",
            "retrieved": [],
            "draft": {},
            "failed": [],
            "attempts": 0,
            "samples": state.get("samples") or 1,
            "agreement": {},
            "answer": {},
        }
        if is_greeting(question) or is_about_library(question):
            return {**update, "answer": self._small_talk(question, update["language"])}
        if is_follow_up(question, history):
            update["standalone"] = self.writer.rewrite(question, history)
        return update

    def _small_talk(self, question: str, language: str) -> dict[str, Any]:
        names = [] if is_greeting(question) else list(self.documents())
        text = messages.about_library(names, language) if names else messages.greeting(language)
        return Answer(
            question=question, answer=text, language=language, models=dict(self.models)
        ).model_dump(mode="json")

    def retrieve(self, state: RagState) -> RagUpdate:
        """Find the chunks nearest to the question."""
        started = time.perf_counter()
        found = self._search(state["standalone"], self._places(state))
        return {"retrieved": found, "seconds": {"retrieve": time.perf_counter() - started}}

    def requery_tables(self, state: RagState) -> RagUpdate:
        """Add the nearest tables, whole, after what was found: markers keep their numbers."""
        started = time.perf_counter()
        known = {chunk["chunk_id"]: chunk for chunk in state["retrieved"]}
        new: dict[str, dict[str, Any]] = {}
        places = self._places(state)
        for query in table_queries(state["standalone"]):
            for chunk in self._search(query, places, kind="table"):
                if chunk["chunk_id"] not in known:
                    new.setdefault(chunk["chunk_id"], chunk)
        found = [*state["retrieved"], *new.values()]
        tables = [chunk for chunk in found if chunk["kind"] == "table"]
        found += map(_reference, self.source_cache.missing_pieces(tables))
        spent = state["seconds"]["retrieve"] + time.perf_counter() - started
        return {"retrieved": found, "seconds": {"retrieve": spent}}

    def _places(self, state: RagState) -> tuple[str, ...]:
        """The documents to look in; none for all.

        A model tells from the sources whose figure is whose; code would take any of that label.
        """
        if state["document"]:
            return (state["document"],)
        if isinstance(self.writer, Sampling):
            return ()
        return wholly_named(state["standalone"], self.documents())

    def _search(self, query: str, places: tuple[str, ...], kind: str = "") -> list[dict[str, Any]]:
        """Search there and for a kind; what a foreign retriever finds beside it is left."""
        filters = Filters(places, kinds=(kind,) if kind else ())
        retriever = self.retriever
        if filters and isinstance(retriever, FilterableRetriever):
            retriever = retriever.within(filters)
        chunks = retriever.invoke(query, k=MOST_TABLES if kind else MOST_CHUNKS)
        return [_reference(chunk) for chunk in chunks if filters.matches_metadata(chunk.metadata)]

    def synthesize(self, state: RagState) -> RagUpdate:
        """Write an answer from the sources; after a failed check, told what failed."""
        evidence, count = self._evidence(state), state["samples"]
        update: RagUpdate = {"attempts": state["attempts"] + 1}
        if count > 1 and not state["attempts"] and isinstance(self.writer, Sampling):
            drafts = self.writer.samples(evidence, count)
            draft, agreement = majority(drafts, evidence)
            update["agreement"] = {**agreement.to_json(), "drawn": count}
        else:
            draft = self.writer.write(evidence)
        return {**update, "draft": draft.model_dump(mode="json")}

    def verify(self, state: RagState) -> RagUpdate:
        """Hold the draft against its sources; send it back once if it does not stand."""
        draft = Draft.model_validate(state["draft"])
        places = Places(self.words)
        verdict = verify(draft, self._evidence(state), places.placed, places.numbers)
        faults = list(verdict.failed)
        if isinstance(self.writer, Sampling):  # code that quotes says it as the document does
            faults += language_faults(verdict.text, state["language"])
        if faults and state["attempts"] < MOST_ATTEMPTS:
            return {"failed": faults}
        answer = self._answer(state, draft, verdict)
        turn = [state["standalone"], verdict.text]
        return {
            "retrieved": [],  # the answer has them: a checkpoint need not hold them twice
            "draft": {},
            "failed": [],
            "answer": answer.model_dump(mode="json"),
            "history": [*state["history"], turn][-MOST_TURNS:],
        }

    def _evidence(self, state: RagState) -> Evidence:
        before = state["draft"]
        return Evidence(
            state["standalone"],
            state["language"],
            self.source_cache.sources(state["retrieved"]),
            tuple(state["failed"]),
            computed=Draft.model_validate(before).computed if before else (),
            last_turn=tuple((state["history"] or [[]])[-1]),
        )

    def _remarks(self, state: RagState, draft: Draft, verdict: Verdict) -> list[str]:
        """What a reader should know beside the answer, said after it was checked."""
        evidence, language = self._evidence(state), state["language"]
        names = [citation.document for citation in verdict.citations]
        if draft.abstained:
            found = [source.document for source in evidence.sources]
            names = [state["document"]] if state["document"] else [*names, *found]
        cited = [source for number in verdict.cited if (source := evidence.source(number))]
        doubts = remarks(verdict.text, verdict.citations, verdict.computed, cited, language)
        seen = [source for source in cited if source.number in draft.seen]
        unseen = [source for source in cited if source.number in draft.unseen]
        pictured = from_pictures(verdict.unverified_numbers, seen, unseen, language)
        told = [] if draft.abstained else [*doubts, *pictured]
        return [*told, *unread(names, self.unread, language)]

    def _answer(self, state: RagState, draft: Draft, verdict: Verdict) -> Answer:
        sources = self.source_cache.sources(state["retrieved"])
        return Answer(
            question=state["question"],
            answer="\n".join([verdict.text, *self._remarks(state, draft, verdict)]),
            abstained=draft.abstained,
            verified=verdict.verified,
            unverified_numbers=verdict.unverified_numbers,
            kind=_kind(draft, verdict),
            checks=verdict.checks,
            citations=verdict.citations,
            computed=verdict.computed,
            retrieved=[source.retrieved() for source in sources],
            language=state["language"],
            models={**self.models, "chat": self.writer.name},
            seconds={
                "retrieve": round(state["seconds"].get("retrieve", 0.0), 4),
                "total": round(time.perf_counter() - state["started"], 4),
            },
            samples=state["agreement"],
        )


def _kind(draft: Draft, verdict: Verdict) -> Kind:
    """A refusal is what it shows."""
    if draft.abstained:
        return "passages" if verdict.citations else "none"
    return draft.kind


def _reference(chunk: Document) -> dict[str, Any]:
    """Keep of a chunk what the state may hold."""
    meta = chunk.metadata
    return Retrieved(
        document=str(meta.get("source", "")),
        page=int(meta.get("page", 0)) + 1,
        kind=str(meta.get("kind", "text")),
        chunk_id=str(meta["chunk_id"]),
        score=float(meta.get("score", 0.0)),
    ).model_dump(mode="json")


def route_to_search(state: RagState) -> Literal["retrieve", "__end__"]:
    """End at once when there is nothing to look for."""
    return "__end__" if state["answer"] else "retrieve"


def route_to_tables(state: RagState) -> Literal["requery_tables", "synthesize"]:
    """Search the tables when figures are wanted."""
    return "requery_tables" if wants_figures(state["standalone"]) else "synthesize"


def route_to_end(state: RagState) -> Literal["synthesize", "__end__"]:
    """Write once more when the check failed; end otherwise."""
    return "synthesize" if state["failed"] else "__end__"
