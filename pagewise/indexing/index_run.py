"""Files into the store: what is new or changed is read, what is unchanged costs nothing."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.chunking.text_pieces import token_count
from loaders.errors import FileChangedError, NameTakenError, SourceError
from loaders.loader import PageLoader
from loaders.pages.page import Outcome, Reading
from loaders.reading.document import checked_sha256
from loaders.reading.rate_limiting.budget import BudgetSpent
from loaders.reading.rate_limiting.prices import usd_of
from loaders.sources import Source, document_name, find_sources
from loaders.storing.store import Store
from loaders.storing.truth.embedding_cache import BATCH, Charge
from loaders.storing.truth.records import DocumentRecord
from loaders.text_files import is_plain
from loaders.web_address import is_web_address
from pagewise.indexing.arrivals import IN_PART, passed_on
from pagewise.indexing.embedding_ahead import AT_ONCE, embedded_ahead
from pagewise.indexing.index_report import COMPLETE, DocumentReport, IndexReport, counted
from pagewise.indexing.source_files import file_store, kept_file
from pagewise.models import providers
from pagewise.settings import LOCAL, Settings

if TYPE_CHECKING:
    from langchain_core.documents import Document

    from loaders.estimate import Estimate
    from loaders.reading.reader import PageReader

OnStep = Callable[[str, int, int, str], None]
"""Told of document, how much is done, of how much, and what is being done with which result:
`reading · 7 ok · 1 blank · $0.0140`, `resuming · …` over what was read before, `embedding`. After
each of several files the document is "": how many files are done."""


def silent(document: str, done: int, total: int, doing: str) -> None:
    """Nobody watches."""


class Indexer:
    """One run over some sources, with one reader and one budget for all of them."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        budget_usd: float | None = None,
        *,
        again: bool = False,
        batch: bool = False,
        ask_meanwhile: bool = False,
    ) -> None:
        """With `ask_meanwhile` new documents can be asked while their later pages are read.

        Raises:
            UsageError: The reader takes no batches.
        """
        self.store, self.settings, self.again = store, settings, again
        self._can_ask = ask_meanwhile
        self.budget = providers.budget_for(settings, budget_usd)
        self.reader: PageReader = providers.load_reader(settings, budget=self.budget)
        self.batches = (
            providers.load_batches(settings, store, self.reader, again=again) if batch else None
        )
        self.report = IndexReport()
        self.under_way = DocumentReport(name="")
        """The document that is being read, as far as it is."""
        self._bill = threading.Lock()
        """Pages and embeddings, each in a thread of its own, add to what a document costs."""
        self.fingerprints: Mapping[int, str] = {}
        self.when_opened: Callable[[DocumentRecord], None] | None = None
        """Both as the loader takes them."""
        self.files = file_store(settings)

    def index(
        self, names: Iterable[str], pages: Sequence[int] | None, on_step: OnStep
    ) -> IndexReport:
        """Index each; a document that cannot be opened does not stop the others."""
        self.store.require_model()
        self.store.require_server()
        started = time.perf_counter()
        sources = self.sources([*names])
        with self._answered(sources, pages, on_step):
            for number, source in enumerate(sources):
                self.take(source, pages, on_step)
                if len(sources) > 1:
                    on_step("", number + 1, len(sources), "indexing")
        self.report.seconds = time.perf_counter() - started
        return self.report

    def _answered(
        self, sources: Sequence[Source], pages: Sequence[int] | None, on_step: OnStep
    ) -> AbstractContextManager[None]:
        """Have a batch read first what there is to read, if that is wanted."""
        if self.batches:
            return self.batches.answers(self._wanted(sources, pages), on_step)
        if waiting := sum(job.pages for job in self.store.batches.under_way()):
            self.report.warnings.append(
                f"{counted(waiting, 'page')} are being read as a batch, which only `index --batch` "
                "waits for: a page that this run has read as well is paid for twice"
            )
        return nullcontext()

    def _wanted(
        self, sources: Sequence[Source], pages: Sequence[int] | None
    ) -> Iterator[tuple[Path, Sequence[int] | None]]:
        for source in sources:
            if not is_plain(source.path) and not self.unchanged(source, pages):
                known = self.store.document(self._name(source))
                yield source.path, self._with_earlier(source.path, known, pages)

    def sources(self, names: Sequence[str]) -> list[Source]:
        """The files behind names; what leads nowhere is in the report."""
        return self._sources(names, on_error=self._failed)

    def take(self, source: Source, pages: Sequence[int] | None, on_step: OnStep) -> None:
        """Index one; what cannot be opened is in the report."""
        try:
            self.report.documents.append(self._index_twice(source, pages, on_step))
        except SourceError as error:
            self._failed(error)

    def estimate(
        self,
        names: Iterable[str],
        pages: Sequence[int] | None,
        on_error: Callable[[SourceError], None] | None = None,
    ) -> Iterator[Estimate]:
        """What `index` would take; spends nothing and stores nothing."""
        from loaders.estimate import estimate

        for source in self._sources(names, on_error=on_error):
            try:
                yield estimate(
                    source.path,
                    self.reader,
                    name=self._name(source),
                    pages=pages,
                    ledger=self.store.ledger,
                    again=self.again,
                )
            except SourceError as error:
                if on_error is None:
                    raise
                on_error(error)

    def _sources(
        self, names: Iterable[str], on_error: Callable[[SourceError], None] | None
    ) -> list[Source]:
        downloads = None if self.settings.offline else self.settings.home / "downloads"
        asked = [*names]
        kept = {name: source for name in asked if (source := self._kept(name))}
        left = [name for name in asked if name not in kept]
        skipped: list[SourceError] = []
        found = find_sources(left, downloads, on_error=on_error, on_skip=skipped.append)
        self.report.skipped += map(str, skipped)
        return [*kept.values(), *found]

    def _kept(self, name: str) -> Source | None:
        """A document's file, where its own path is not on this machine."""
        if not self.files or is_web_address(name) or Path(name).exists():
            return None
        known = [one for one in self.store.documents() if name in {one.name, one.source}]
        return next((Source(kept_file(one, self.files), one.source) for one in known), None)

    def _failed(self, error: SourceError) -> None:
        self.report.failures.append(str(error))

    def _name(self, source: Source) -> str:
        return document_name(source, self.store.catalog.source)

    def _twin(self, source: Source) -> DocumentRecord | None:
        """The document that was read from a file of another name and the same content."""
        if not source.path.is_file():
            return None
        alike = self.store.catalog.of_content(checked_sha256(source.path))
        return next((one for one in alike if self._is_unchanged(source.path, one)), None)

    def _named_as_well(self, name: str, source: Source, twin: DocumentRecord) -> DocumentReport:
        """One content is one document, whatever its names."""
        if self.store.catalog.names().get(name, ("",))[0] != twin.name:
            self.store.catalog.add_name(name, twin.name, source.origin)
            told = f"the same content as {twin.name}, which now answers to both names"
            self.report.skipped.append(f"{name}: {told}")
        return DocumentReport(name=name, is_unchanged=True)

    def _index_twice(
        self, source: Source, pages: Sequence[int] | None, on_step: OnStep
    ) -> DocumentReport:
        """Once more where name or file have changed meanwhile; what was read is not read again."""
        try:
            return self._index(source, pages, on_step)
        except (NameTakenError, FileChangedError):
            return self._index(source, pages, on_step)

    def unchanged(self, source: Source, pages: Sequence[int] | None) -> DocumentReport | None:
        """What is to be told of a document that is in as it is; nothing if it is to be read."""
        known = self.store.document(self._name(source))
        if known and pages is None and self._is_unchanged(source.path, known):
            return self._unchanged(known)
        return None

    def _index(
        self, source: Source, pages: Sequence[int] | None, on_step: OnStep
    ) -> DocumentReport:
        if unchanged := self.unchanged(source, pages):
            return unchanged
        name = self._name(source)
        known = self.store.document(name)
        twin = None if known or pages else self._twin(source)
        if twin and (self.files or _has_content(twin)):
            return self._named_as_well(name, source, twin)
        self.store.catalog.forget_name(name)  # of a document whose contents differ now
        done = self.under_way = DocumentReport(name=name)
        loader = self.loader(source, name, self._with_earlier(source.path, known, pages))
        loader.when_read = self._telling(loader, done, on_step)
        charge = partial(self._paying, done=done)
        chunks = list(self._arriving(loader, known, pages, charge))
        record = self._kept_for_all(loader)
        done.pages = record.pages
        done.outcomes += Counter({Outcome.SKIPPED: done.pages - done.outcomes.total()})
        self._store(record, chunks, done, on_step, charge)
        if twin and not Path(twin.source).exists() and done.chunks:  # the file was renamed
            self.store.remove(twin.name)
        if loader.warning:
            self.report.warnings.append(f"{name}: {loader.warning}")
        return done

    def loader(self, source: Source, name: str, pages: Sequence[int] | None) -> PageLoader:
        """What reads its pages into the ledger, as this run does."""
        return PageLoader(
            source.path,
            self.reader,
            name=name,
            source=source.origin,
            pages=pages,
            ledger=self.store.ledger,
            again=self.again,
            fingerprints=self.fingerprints,
            when_opened=self.when_opened,
        )

    def _telling(
        self, loader: PageLoader, done: DocumentReport, on_step: OnStep
    ) -> Callable[[Reading, bool], None]:
        """Counts each page as it is read, and shows how far it is."""

        def when_read(reading: Reading, is_old: bool) -> None:
            with self._bill:
                done.add(reading, is_old=is_old)
            total = loader.record.pages if loader.record else 0
            wanted = total if loader.numbers is None else len({*loader.numbers})
            doing = "resuming" if is_old else "reading"  # no pace follows from what was read before
            on_step(done.name, done.outcomes.total(), wanted, f"{doing} · {done.figures()}")

        return when_read

    def _store(
        self,
        record: DocumentRecord,
        chunks: Sequence[Document],
        done: DocumentReport,
        on_step: OnStep,
        charge: Charge,
    ) -> None:
        """Make it searchable; where the budget ends first, the next run goes on from there."""
        name = record.name
        on_step(name, 0, len(chunks), "embedding")  # else a bar stands at the last page meanwhile
        try:
            self.store.replace(
                record,
                chunks,
                lambda ready, total: on_step(name, ready, total, "embedding"),
                charge,
            )
            done.chunks = len(chunks)
        except BudgetSpent as error:
            self.report.unfinished.append(f"{name}: not searchable yet: {error}")

    def _kept_for_all(self, loader: PageLoader) -> DocumentRecord:
        """What is known of a document that has been read; its file is kept, where files are."""
        if loader.record is None:
            raise AssertionError("a loader that has yielded its chunks knows its document")
        if self.files:
            self.files.put(loader.path, loader.record.sha256)
        return loader.record

    def _arriving(
        self,
        loader: PageLoader,
        known: DocumentRecord | None,
        pages: Sequence[int] | None,
        charge: Charge,
    ) -> Iterator[Document]:
        """Embedded while others are read; a service that counts requests is sent few of them."""
        at_once = AT_ONCE if self.settings.embeddings == LOCAL else BATCH
        turn = threading.Lock()  # what one thread has asked for, another does not pay for again

        def embed(some: Sequence[Document]) -> None:
            with turn:
                self.store.embed(some, charge)

        chunks = embedded_ahead(loader.lazy_load(), embed, at_once)
        if not self._can_ask or pages is not None or not self._is_on_its_way(known):
            return chunks
        return passed_on(self.store, loader, chunks, embed)

    def _is_on_its_way(self, known: DocumentRecord | None) -> bool:
        """Whether it is new, or was stopped: one that changed is asked as it was until then."""
        if known is None or IN_PART.search(known.reader):
            return True
        return len(self.store.ledger.outcomes(known.name)) < known.pages

    @contextmanager
    def _paying(self, texts: Sequence[str], done: DocumentReport) -> Iterator[None]:
        """Embeddings cost what their texts do by estimate: the service does not tell tokens."""
        usd = usd_of(self.settings.embeddings, sum(map(token_count, texts)), 0)
        with self.budget.paying(usd):
            yield
        with self._bill:
            done.usd += usd

    def _is_unchanged(self, path: Path, known: DocumentRecord) -> bool:
        outcomes = self.store.ledger.outcomes(known.name)
        return (
            known.reader == self.reader.name
            and len(outcomes) == known.pages
            and set(outcomes.values()) <= COMPLETE
            and checked_sha256(path) == known.sha256
            and not self.store.damage(known)
        )

    def _with_earlier(
        self, path: Path, known: DocumentRecord | None, pages: Sequence[int] | None
    ) -> Sequence[int] | None:
        """The pages asked for, and those of the same file that an earlier run has read."""
        if pages is None or known is None or checked_sha256(path) != known.sha256:
            return pages
        return sorted({*pages, *self.store.ledger.outcomes(known.name)})

    def _unchanged(self, known: DocumentRecord) -> DocumentReport:
        report = DocumentReport(name=known.name, pages=known.pages, is_unchanged=True)
        report.doubted_pages = [page + 1 for page in self.store.ledger.doubted(known.name)]
        report.outcomes.update(self.store.ledger.outcomes(known.name).values())
        report.chunks = len(self.store.chunks_of(known.name))
        return report


def _has_content(document: DocumentRecord) -> bool:
    """Whether its file is still there and the same; an address is not asked for that."""
    path = Path(document.source)
    if is_web_address(document.source):
        return True
    return path.is_file() and checked_sha256(path) == document.sha256
