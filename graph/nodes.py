"""The steps of the graph, and the routes between them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Protocol, runtime_checkable

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from graph.answer import Answer, Kind, Models, Retrieved, Seconds
from graph.draft import Draft, Sampling, Writer
from graph.evidence.source_cache import SourceCache
from graph.evidence.sources import Evidence
from graph.limits import LONGEST_QUESTION, LONGEST_TURN, MOST_TURNS
from graph.overview.document_answers import Overview, Told
from graph.overview.document_answers import say as say_of_library
from graph.overview.representative import representative
from graph.query.analysis import analyse
from graph.query.document_mentions import wholly_named
from graph.query.document_questions import (
    ONLY_DOCUMENTS_HAVE,
    DocumentQuestion,
    document_question,
    is_pointing,
)
from graph.query.follow_up import resolve
from graph.query.grammar import grammar_of
from graph.query.leads import without_lead
from graph.query.question import wants_figures
from graph.query.question_language import question_language
from graph.query.small_talk import is_greeting
from graph.retrieval.table_queries import table_queries
from graph.state import RagState, RagUpdate
from graph.turn import asked, replied
from graph.verification.answer_language import language_faults
from graph.verification.citation_boxes import PageWords, Places
from graph.verification.notices import (
    Arriving,
    UnreadPages,
    from_pictures,
    remarks,
    still_arriving,
    unread,
    without_room,
)
from graph.verification.self_consistency import majority
from graph.verification.verify import Verdict, verify
from loaders.storing.truth.filters import Filters
from loaders.text.language_detection import DEFAULT, language_of

MOST_ATTEMPTS = 2

MOST_CHUNKS = 16
MOST_TABLES = 12


@runtime_checkable
class FilterableRetriever(Protocol):
    """A retriever that can be told where to look."""

    def within(self, filters: Filters) -> BaseRetriever:
        """The same search, looking only there."""


@runtime_checkable
class Summarizing(Protocol):
    """A writer that can write what a document is about."""

    def summarize(self, evidence: Evidence) -> Draft:
        """Sum the sources up, each statement cited."""


@dataclass(frozen=True)
class Nodes:
    """The steps of the graph, in the order in which a question meets them."""

    retriever: BaseRetriever
    source_cache: SourceCache
    writer: Writer
    models: Mapping[str, str]
    words: PageWords
    """A page's words with their boxes: where quotes stand."""
    unread: UnreadPages
    arriving: Arriving
    overview: Overview
    """What the library knows of its documents as a whole."""

    def rewrite(self, state: RagState) -> RagUpdate:
        """Make the question stand alone; start the turn with nothing left of the one before."""
        turn = asked(state)
        question, history = turn.question, turn.history
        language = language_of(question, language_of(history[-1][0]) if history else DEFAULT)
        update: RagUpdate = {
            "started": time.perf_counter(),
            "seconds": {},
            "asked": question,
            "standalone": question,
            "language": language,
            "whole": {},
            "history": history,
            "document": state.get("document") or "",
            "retrieved": [],
            "draft": {},
            "failed": [],
            "attempts": 0,
            "samples": state.get("samples") or 1,
            "agreement": {},
            "answer": {},
        }
        begun: RagState = {**state, **update}
        if is_greeting(question):
            return {**update, **self._told(begun, Told(say_of_library(language, "hello"), "none"))}
        if whole := self._about_whole(begun, question):
            return {**update, "whole": asdict(whole)}
        if history:
            return {**update, **self._stood_alone(begun)}
        return update

    def _about_whole(self, state: RagState, question: str) -> DocumentQuestion | None:
        """Whether documents as a whole are asked about; `it` may be the one just talked about."""
        chosen, names = state["document"], self.overview.names()
        recent = [chosen] if chosen else state.get("cited") or []
        history = state["history"]
        bare, _ = without_lead(question, grammar_of(question, state["language"]))
        found = document_question(bare, state["language"], names, recent)
        goes_on = bool(history) and is_pointing(bare, state["language"])
        is_told = found and found.kind in ONLY_DOCUMENTS_HAVE
        if goes_on and not is_told and not document_question(history[-1][0], "", names):
            return None  # `it` is what was asked about before
        return replace(found, documents=(chosen,)) if found and chosen else found

    def _stood_alone(self, state: RagState) -> RagUpdate:
        """A chat model always decides what a turn goes on from; code asks back where it cannot."""
        question, history = state["asked"], state["history"]
        if isinstance(self.writer, Sampling):
            written = self.writer.rewrite(question, history)[:LONGEST_QUESTION]
            whole = self._about_whole({**state, "history": []}, written)
            return {"standalone": written, "whole": asdict(whole) if whole else {}}
        found = resolve(question, history)
        if found.ask_back or len(found.question) > LONGEST_QUESTION:
            told = Told(found.ask_back, "none", abstained=True)
            return self._told(state, told, is_kept=False)
        return {"standalone": found.question}

    def describe(self, state: RagState) -> RagUpdate:
        """Answer about a document as a whole; what the library does not know goes on to search."""
        whole = DocumentQuestion(
            **{**state["whole"], "documents": tuple(state["whole"]["documents"])}
        )
        is_one_summary = whole.kind == "summary" and len(whole.documents) == 1
        if is_one_summary and isinstance(self.writer, Summarizing):
            return self._summarized(state, whole.documents[0], self.writer)
        told = self.overview.answer(whole)
        if told is None:
            return {"whole": {}}
        told = replace(told, text="\n".join([told.text, *self._missing(state)]))
        update = self._told(state, told)
        return {**update, "cited": list(whole.documents)} if len(whole.documents) == 1 else update

    def _summarized(self, state: RagState, document: str, writer: Summarizing) -> RagUpdate:
        """A model's summary of the document's sections, which is then checked like any draft."""
        found = [_reference(chunk) for chunk in representative(self.overview.chunks_of(document))]
        sources = self.source_cache.sources(found)
        draft = writer.summarize(Evidence(state["standalone"], state["language"], sources))
        return {"retrieved": found, "draft": draft.model_dump(mode="json"), "attempts": 1}

    def _told(self, state: RagState, told: Told, *, is_kept: bool = True) -> RagUpdate:
        """The turn's answer, told by code; it is kept unless it only asked back."""
        answer = Answer(
            question=state["asked"],
            answer=told.text,
            abstained=told.abstained,
            kind=told.kind,
            citations=told.citations,
            computed=told.computed,
            language=state["language"],
            models=Models(**{**self.models, "chat": "local"}),
            seconds=Seconds(total=round(time.perf_counter() - state["started"], 4)),
        )
        kept: RagUpdate = {}
        if is_kept and told.kind != "none":
            turn = [state["standalone"], told.text[:LONGEST_TURN]]
            kept = {"history": [*state["history"], turn][-MOST_TURNS:], "cited": _cited(answer)}
        return {"answer": answer.model_dump(mode="json"), **kept, **replied(state, answer.answer)}

    def retrieve(self, state: RagState) -> RagUpdate:
        started = time.perf_counter()
        found = self._search(state["standalone"], self._places(state))
        texts = (chunk.page_content for chunk in found)
        return {
            "retrieved": [*map(_reference, found)],
            "language": question_language(state["standalone"], state["language"], texts),
            "seconds": {"retrieve": time.perf_counter() - started},
        }

    def requery_tables(self, state: RagState) -> RagUpdate:
        """Add the nearest tables, whole, after what was found: markers keep their numbers."""
        started = time.perf_counter()
        known = {chunk["chunk_id"]: chunk for chunk in state["retrieved"]}
        new: dict[str, dict[str, Any]] = {}
        places = self._places(state)
        for query in table_queries(analyse(state["standalone"], state["language"])):
            for chunk in map(_reference, self._search(query, places, kind="table")):
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
        return wholly_named(state["standalone"], self.overview.names())

    def _search(self, query: str, places: tuple[str, ...], kind: str = "") -> list[Document]:
        """Search there and for a kind; what a foreign retriever finds beside it is left."""
        filters = Filters(places, kinds=(kind,) if kind else ())
        retriever = self.retriever
        if filters and isinstance(retriever, FilterableRetriever):
            retriever = retriever.within(filters)
        chunks = retriever.invoke(query, k=MOST_TABLES if kind else MOST_CHUNKS)
        return [chunk for chunk in chunks if filters.matches_metadata(chunk.metadata)]

    def synthesize(self, state: RagState) -> RagUpdate:
        """Write an answer from the sources; after a failed check, told what failed."""
        evidence, count = self._evidence(state), state["samples"]
        update: RagUpdate = {"attempts": state["attempts"] + 1}
        if count > 1 and not state["attempts"] and isinstance(self.writer, Sampling):
            drafts = self.writer.samples(evidence, count)
            draft, agreement = majority(drafts, evidence)
            update["agreement"] = {"drawn": count, **agreement}
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
            faults += language_faults(verdict.text, state["language"], state["standalone"])
        if faults and state["attempts"] < MOST_ATTEMPTS:
            return {"failed": faults}
        answer = self._answer(state, draft, verdict)
        turn = [state["standalone"], verdict.text[:LONGEST_TURN]]
        return {
            "retrieved": [],  # the answer has them: a checkpoint need not hold them twice
            "draft": {},
            "failed": [],
            "answer": answer.model_dump(mode="json"),
            "history": [*state["history"], turn][-MOST_TURNS:],
            "cited": _cited(answer),
            **replied(state, answer.answer),
        }

    def _evidence(self, state: RagState) -> Evidence:
        before = Draft.model_validate(state["draft"]) if state["draft"] else None
        return Evidence(
            state["standalone"],
            state["language"],
            self.source_cache.sources(state["retrieved"]),
            tuple(state["failed"]),
            computed=before.computed if before else (),
            drafted=before.text if before else "",
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
        told += without_room([s for n in draft.left_out if (s := evidence.source(n))], language)
        return [*told, *unread(names, self.unread, language), *self._missing(state)]

    def _missing(self, state: RagState) -> list[str]:
        """What is still being read of the documents that were asked."""
        coming, chosen = self.arriving(), state["document"]
        asked = {name: coming[name] for name in coming if chosen in {"", name}}
        return still_arriving(asked, state["language"])

    def _answer(self, state: RagState, draft: Draft, verdict: Verdict) -> Answer:
        sources = self.source_cache.sources(state["retrieved"])
        shown: Kind = "passages" if verdict.citations else "none"
        return Answer(
            question=state["asked"],
            answer="\n".join([verdict.text, *self._remarks(state, draft, verdict)]),
            abstained=draft.abstained,
            verified=verdict.verified,
            unverified_numbers=verdict.unverified_numbers,
            kind=shown if draft.abstained else draft.kind,
            checks=verdict.checks,
            unchecked=verdict.unchecked,
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


def _cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.document for citation in answer.citations))


def route_to_search(state: RagState) -> Literal["retrieve", "describe", "__end__"]:
    """End at once when there is nothing to look for."""
    if state["answer"]:
        return "__end__"
    return "describe" if state.get("whole") else "retrieve"


def route_to_check(state: RagState) -> Literal["retrieve", "verify", "__end__"]:
    """Check a summary, end with an answer; what could not be told is looked for."""
    if state["answer"]:
        return "__end__"
    return "verify" if state["draft"] else "retrieve"


def route_to_tables(state: RagState) -> Literal["requery_tables", "synthesize"]:
    """Search the tables when figures are wanted."""
    return "requery_tables" if wants_figures(state["standalone"]) else "synthesize"


def route_to_end(state: RagState) -> Literal["synthesize", "__end__"]:
    """Write once more when the check failed; end otherwise."""
    return "synthesize" if state["failed"] else "__end__"
