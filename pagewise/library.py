"""The one assembly, and the one door: what every surface and every program calls.

with Library(load_settings()) as library:
    library.index(["report.pdf"])
    print(library.ask("What was revenue in 2023?").answer)

async with Library(load_settings()) as library:
    answers = await asyncio.gather(*(library.aask(question) for question in questions))
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, aclosing
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Self

from typing_extensions import Unpack

from graph.answer import Answer
from graph.limits import checked_history, checked_question
from loaders.chunking.chunks import searched_text
from loaders.errors import LibraryError, UsageError
from loaders.pages.page import Outcome, Reading
from loaders.storing.read_only_store import ReadOnlyStore, open_to_read
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from pagewise.async_bridge import in_thread, to_its_end
from pagewise.call_options import AskOptions, IndexOptions
from pagewise.indexing.arrivals import arriving
from pagewise.indexing.document_names import found_document
from pagewise.indexing.index_report import IndexReport
from pagewise.indexing.index_run import Indexer, OnStep, silent
from pagewise.indexing.source_files import forget_original
from pagewise.models import providers
from pagewise.models.embedding_forms import embedding_id
from pagewise.settings import EMPTY, Settings
from pagewise.thread_turns import Turns

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.runnables import RunnableConfig

    from graph.build import RagGraph
    from graph.retrieval.hybrid_retriever import HybridRetriever
    from graph.state import Json, RagInput
    from loaders.estimate import Estimate

MOST_SAMPLES = 16


class Library:
    """A folder of documents that can be asked.

    One process at a time holds it, or several with a Chroma server (`CHROMA_URL`), of several
    machines with Postgres too (`DATABASE_URL`); within a process any number of threads and tasks.
    What begins with `a` is its namesake for `async` programs: the event loop is never held up.
    """

    def __init__(self, settings: Settings, *, read_only: bool = False, doing: str = "") -> None:
        """Open or make the library at `settings.home`.

        With `read_only` it is only asked, beside whoever holds it, or on a disk that is full or
        cannot be written. `doing` says what it is held for, to other programs that want it.

        Raises:
            LibraryError: Another process holds it, or the folder cannot be used.
        """
        self.settings = settings
        if settings.tracing:
            from pagewise.tracing import start_tracing  # brings LangSmith's client

            start_tracing(settings)
        self.embeddings = providers.load_embeddings(settings)
        self._turn = threading.RLock()
        self._turns = Turns()
        self._opened = ExitStack()
        where = settings.home, self.embeddings, embedding_id(settings.embeddings), searched_text
        chroma, url = settings.chroma_url, settings.database_url
        show = partial(ReadOnlyStore, *where, database_url=url)
        write = partial(Store, *where, chroma_url=chroma, database_url=url, holder=doing)
        self.read_only = read_only and not (chroma and url)  # with both nobody holds anybody up
        self.store = open_to_read(show, write) if self.read_only else write()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self.close)

    def open(self) -> None:
        """Load now what the first question would wait for; bring the indexes up to date."""
        self.store.check()
        with self._turn:
            _ = self.graph, self.threaded_graph

    def close(self) -> None:
        """Give the library back; harmless when it is closed."""
        with self._opened:
            self.store.close()

    # --- documents

    def index(
        self,
        sources: Iterable[str],
        *,
        pages: Sequence[int] | None = None,
        budget_usd: float | None = None,
        again: bool = False,
        batch: bool = False,
        on_step: OnStep = silent,
        ask_meanwhile: bool = False,
    ) -> IndexReport:
        """Read what is new or changed; what cannot be opened is in the report's `failures`.

        Args:
            sources: Files, folders and URLs of public PDFs.
            pages: Only these, counted from 0; what was read before stays.
            budget_usd: Stop before more is spent on reading, whose other pages are `skipped`, or
                on embedding; the report's `unfinished` are not searchable yet.
            again: Ask also for pages that a model has refused three times.
            batch: Gemini reads within a day, at half the price; the same call goes on waiting.
            on_step: Told of each page read and each batch of chunks embedded.
            ask_meanwhile: New documents can be asked, by other threads, as soon as their first
                pages are in (`arriving`); answers say which are. Without paid embeddings only.
        """
        indexer = Indexer(
            self.store,
            self.settings,
            budget_usd,
            again=again,
            batch=batch,
            ask_meanwhile=ask_meanwhile,
        )
        return indexer.index(sources, pages, on_step)

    async def aindex(
        self, sources: Iterable[str], *, on_step: OnStep = silent, **how: Unpack[IndexOptions]
    ) -> IndexReport:
        """`index`; cancelled, it ends after the page under way, and what was read is kept.

        `on_step` is called in the event loop.
        """
        loop, names = asyncio.get_running_loop(), list(sources)

        def work(go_on: Callable[[], None]) -> IndexReport:
            def step(document: str, done: int, total: int, doing: str) -> None:
                go_on()
                loop.call_soon_threadsafe(on_step, document, done, total, doing)

            return self.index(names, on_step=step, **how)

        return await to_its_end(work)

    def estimate(
        self, sources: Iterable[str], *, pages: Sequence[int] | None = None, again: bool = False
    ) -> list[Estimate]:
        """What `index` would take in tokens, money and minutes; spends nothing."""
        return [*Indexer(self.store, self.settings, again=again).estimate(sources, pages)]

    def arriving(self) -> Mapping[str, tuple[int, int]]:
        """Documents that are being read, or were broken off: how many pages are in, of how many."""
        return arriving(self.documents())

    def documents(self) -> list[DocumentRecord]:
        """What the library holds, by name."""
        return self.store.documents()

    async def adocuments(self) -> list[DocumentRecord]:
        return await asyncio.to_thread(self.documents)

    def remove(self, name: str) -> None:
        """Take a document out; what was downloaded for it alone goes with it.

        Raises:
            LibraryError: There is none with this name.
        """
        record = self.store.document(name)
        self.store.remove(name)
        if record:
            forget_original(record, self.documents(), self.settings)

    async def aremove(self, name: str) -> None:
        """`remove`; begun, it is done."""
        await to_its_end(lambda _: self.remove(name))

    def reindex(self, on_step: OnStep = silent) -> None:
        """Embed everything again with the model of the settings, without reading again."""
        self.store.reindex(lambda done, total: on_step("library", done, total, "embedding"))

    def readings(self, name: str) -> list[Reading]:
        """The ledger's pages of a document, in order; those never asked for are `skipped`.

        Raises:
            LibraryError: There is none with this name.
        """
        known = self.require_document(name)
        found = {reading.page: reading for reading in self.store.ledger.pages(known.name)}
        return [
            found.get(page)
            or Reading(page, Outcome.SKIPPED, "", known.reader, detail="not asked for (--pages)")
            for page in range(known.pages)
        ]

    # --- questions

    def ask(
        self,
        question: str,
        *,
        document: str = "",
        thread: str = "",
        history: Sequence[tuple[str, str]] = (),
        samples: int = 1,
    ) -> Answer:
        """Answer from the library, with every number checked against the page it is cited from.

        Args:
            question: In any language; the answer comes in the same one.
            document: Look only in this one; a part of its name is enough if no other has it.
            thread: Go on with this conversation, and keep it.
            history: Earlier questions and answers, for callers that keep them themselves.
            samples: Answers to draw; the majority of those that pass the check is given.

        Raises:
            UsageError: The question is empty, or more is sent than `graph.limits` allows.
            LibraryError: The library is empty, has no such document, or the turn before in the
                same thread is still being answered.
        """
        graph, state, options = self._asked(question, document, thread, history, samples)
        with self._turns.one_at_a_time(thread):
            result: Json = graph.invoke(state, **options)
        return Answer.model_validate(result["answer"])

    async def aask(self, question: str, **how: Unpack[AskOptions]) -> Answer:
        """`ask`; cancelled, it ends at once, and no further step of the graph is begun."""
        from pagewise.answer_stream import summed

        return await summed(self.astream(question, **how))

    def stream(self, question: str, **how: Unpack[AskOptions]) -> Iterator[Json]:
        """`ask` in pieces that add up, key by key, to its answer's `model_dump(mode="json")`.

        What a chat model writes comes at once as `draft`, which is not part of the sum: the
        `answer` that follows it word by word has been checked.
        """
        from pagewise.answer_stream import stream_answer

        thread = how.get("thread", "")
        graph, state, options = self._asked(question, **how)
        return self._turns.one_by_one(thread, stream_answer(graph, state, **options))

    async def astream(self, question: str, **how: Unpack[AskOptions]) -> AsyncGenerator[Json]:
        """`stream`; refused with the first piece if the question cannot be asked."""

        def pieces() -> Iterator[Json]:
            yield from self.stream(question, **how)

        async with aclosing(in_thread(pieces())) as made:
            async for piece in made:
                yield piece

    def _asked(
        self,
        question: str,
        document: str = "",
        thread: str = "",
        history: Sequence[tuple[str, str]] = (),
        samples: int = 1,
    ) -> tuple[RagGraph, RagInput, dict[str, Any]]:
        """Check what was asked; the graph to ask, its input, and how to run it."""
        checked_question(question)
        if not 1 <= samples <= MOST_SAMPLES:
            raise UsageError(f"--samples takes 1 to {MOST_SAMPLES}")
        if not self.store.documents():
            raise LibraryError(
                f"{self.settings.place}: {EMPTY}, or wait for one that is being read"
            )
        document = document and self.require_document(document).name
        with self._turn:  # else the first two questions, at once, would make two
            graph = self.threaded_graph if thread else self.graph
        state: RagInput = {"question": question, "document": document, "samples": samples}
        if history:
            state["history"] = checked_history(history)
        config: RunnableConfig = {"configurable": {"thread_id": thread}} if thread else {}
        # One checkpoint a question, when it is answered: a tenth of the default's cost.
        return graph, state, {"config": config, "durability": "exit" if thread else None}

    def search(self, query: str, *, document: str = "", k: int = 10) -> list[Document]:
        """The chunks that may answer, best first; `metadata["score"]` says how good.

        Raises:
            LibraryError: There is no such document.
        """
        from loaders.storing.truth.filters import Filters

        document = document and self.require_document(document).name
        filters = Filters(documents=(document,) if document else ())
        with self._turn:
            retriever = self.retriever
        return retriever.within(filters).invoke(query, k=k)

    async def asearch(self, query: str, *, document: str = "", k: int = 10) -> list[Document]:
        return await asyncio.to_thread(self.search, query, document=document, k=k)

    @cached_property
    def retriever(self) -> HybridRetriever:
        """The library as a LangChain retriever."""
        from graph.retrieval.hybrid_retriever import HybridRetriever

        return HybridRetriever(store=self.store, reranker=providers.load_reranker(self.settings))

    @cached_property
    def graph(self) -> RagGraph:
        """The compiled LangGraph, without memory."""
        return self._graph()

    @cached_property
    def threaded_graph(self) -> RagGraph:
        """The compiled LangGraph; `configurable.thread_id` names the conversation."""
        from pagewise.checkpointers.open_checkpointer import open_threads

        threads: Any = open_threads(self.settings.home, self.settings.database_url)
        self._opened.callback(threads.conn.close)
        return self._graph(threads)

    def _graph(self, checkpointer: Any = None) -> RagGraph:
        from graph.build import build_graph
        from graph.overview.document_answers import Overview
        from pagewise.indexing.source_files import Originals

        originals = Originals(self.store.document, self.settings)
        return build_graph(
            self.retriever,
            self.store.chunks,
            providers.load_writer(self.settings, self.embeddings, originals.picture),
            checkpointer=checkpointer,
            models=self.settings.models,
            words=self.store.ledger.words,
            unread=self._unread,
            arriving=self.arriving,
            whole_table=self.store.whole_table,
            overview=Overview.of(self.store),
        )

    def _unread(self, name: str) -> dict[int, bool]:
        """The pages of a document that are neither read nor blank; false if left out (--pages)."""
        known, outcomes = self.store.document(name), self.store.ledger.outcomes(name)
        pages = range(self.arriving().get(name, (known.pages if known else 0,))[0])
        return {
            page: page in outcomes
            for page in pages
            if outcomes.get(page) not in {Outcome.OK, Outcome.BLANK}
        }

    def require_document(self, name: str) -> DocumentRecord:
        """By its name, another of its names, or a part that no other document's name has."""
        return found_document(name, self.documents(), self.store.catalog.names())
