"""From a file to its chunks: open, read, audit, keep in the ledger, chunk; page after page.

for chunk in PageLoader("report.pdf").lazy_load(): ...
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from loaders.chunking.chunks import make_chunks
from loaders.errors import FileChangedError, UsageError, without_page
from loaders.pages.page import MOST_ASKED, Outcome, Page, Reading
from loaders.reading.auditing.audit import doubts_in
from loaders.reading.document import OpenDocument, checked_sha256, open_document
from loaders.reading.reader import EmbeddedReader, PageReader
from loaders.storing.truth.ledger import Ledger
from loaders.storing.truth.records import DocumentProperties, DocumentRecord
from loaders.text_files import is_plain, read_plain

REFUSED = {Outcome.FAILED, Outcome.BLOCKED, Outcome.RECITATION}
"""Outcomes that another run may better, and may go on paying for without end."""
PAGES_A_PROCESS = 4
"""A reading process that has fewer to read takes longer to start than to read them."""
_FINISHED_AHEAD = 200
"""Readings that may wait for an earlier page which is still being asked for."""


class PageLoader(BaseLoader):
    """One Document for each chunk of a PDF, an image, an office file or a text file.

    Their metadata is told in `loaders.chunking.chunks`.
    """

    def __init__(
        self,
        path: str | Path,
        reader: PageReader | None = None,
        *,
        name: str = "",
        source: str = "",
        pages: Sequence[int] | None = None,
        ledger: Ledger | None = None,
        again: bool = False,
        fingerprints: Mapping[int, str] | None = None,
        when_opened: Callable[[DocumentRecord], None] | None = None,
        when_read: Callable[[Reading, bool], None] | None = None,
    ) -> None:
        """Without a `reader` the embedded one reads; `pages` count from 0, all if None.

        `again` asks also for pages that earlier runs have asked for in vain often enough.
        `fingerprints` are of pages that have just been read: the ledger has them as they are.
        `when_opened` may end it by what it raises, before a page is read.
        `when_read` is told of every reading, in page order, and whether the ledger had it.
        """
        self.path, self.reader = Path(path), reader or EmbeddedReader()
        self.name, self.source = name or self.path.name, source
        self.numbers, self.ledger, self.again = pages, ledger, again
        self.fingerprints = fingerprints or {}
        self.when_opened = when_opened or (lambda record: None)
        self.when_read = when_read or (lambda reading, is_old: None)
        self.record: DocumentRecord | None = None
        """What is known of the document as soon as the first reading is asked for."""
        self.warning = ""
        """Of the document as a whole: what was repaired in it, or not read of it."""
        self.document: OpenDocument | None = None
        """The open file, as long as its pages are asked for; a text file has none."""

    def lazy_load(self) -> Iterator[Document]:
        audits: dict[int, Reading] = {}
        for chunk in make_chunks(self.name, self._noted(audits)):
            pages = chunk.metadata.get("pages") or [chunk.metadata["page"]]
            found = [audits[page].audit for page in pages if page in audits]
            doubts = [doubt for audit in found for doubt in doubts_in(chunk.page_content, audit)]
            if doubts:
                chunk.metadata["doubts"] = list(dict.fromkeys(doubts))
            chunk.metadata |= self._labels(pages)
            yield chunk

    def _labels(self, pages: Sequence[int]) -> dict[str, Any]:
        """What is printed as the numbers of a chunk's pages, if the file says it."""
        labels = self.record.properties.labels if self.record else ()
        if not labels:
            return {}
        found: dict[str, Any] = {"page_label": labels[pages[0]]}
        if len(pages) > 1:
            found["page_labels"] = {str(page): labels[page] for page in pages}
        return found

    def readings(self) -> Iterator[Reading]:
        """Yield every page's reading, in page order; each is in the ledger before it is yielded.

        Pages equal outcomes: a page that cannot be read is a reading too.
        """
        if is_plain(self.path):
            yield from self._plain_readings()
            return
        with open_document(self.path) as document:
            properties = DocumentProperties(**document.properties)
            known = self._record(document.sha256, document.page_count, properties)
            self.record = replace(known, title=document.title)
            self.warning, self.document = document.repaired, document
            self.when_opened(self.record)
            numbers = page_numbers(self.name, document.page_count, self.numbers)
            told = 0
            for reading, is_old in self._read_all(document, numbers, self.record):
                self.when_read(reading, is_old)
                told += 1
                yield reading
            if told != len(numbers):
                raise AssertionError(f"{self.name}: {len(numbers)} pages, {told} outcomes")
            self._look_again(self.record.sha256)

    def _look_again(self, sha256: str) -> None:
        """The hash tells what times do not, as where a disk counts whole seconds.

        Raises:
            FileChangedError: The file is another now; nothing is kept of what was read.
        """
        if checked_sha256(self.path) != sha256:
            if self.ledger:
                self.ledger.forget(sha256)
            raise FileChangedError(str(self.path))

    def _plain_readings(self) -> Iterator[Reading]:
        """A text file's pages; there is nothing to read from an image, and nothing to pay for."""
        found, sha256 = read_plain(self.path)
        are_named = any(reading.audit and reading.audit.label for reading in found)
        labels = tuple(reading.label for reading in found) if are_named else ()
        properties = DocumentProperties(labels=labels)
        self.record = self._record(sha256, len(found), properties)
        notes = (note for reading in found if reading.audit for note in reading.audit.notes)
        self.warning = "; ".join(dict.fromkeys(notes))
        for number in page_numbers(self.name, len(found), self.numbers):
            self._keep(self.record, found[number], f"{found[number].reader} {sha256} {number}")
            self.when_read(found[number], False)
            yield found[number]

    def _record(self, sha256: str, pages: int, properties: DocumentProperties) -> DocumentRecord:
        return DocumentRecord(
            name=self.name,
            sha256=sha256,
            source=self.source or str(self.path.resolve()),
            pages=pages,
            bytes=self.path.stat().st_size,
            reader=self.reader.name,
            properties=properties,
        )

    def _noted(self, audits: dict[int, Reading]) -> Iterator[Reading]:
        """Remember the last pages' audits for the chunks that are still to come from them."""
        for reading in self.readings():
            audits[reading.page] = reading
            audits.pop(reading.page - 8, None)
            yield reading

    def _read_all(
        self, document: OpenDocument, numbers: Sequence[int], record: DocumentRecord
    ) -> Iterator[tuple[Reading, bool]]:
        """Read ahead, as many pages at once as the reader takes, and yield in page order."""
        stop = threading.Event()
        at_once = pages_at_once(self.reader, len(numbers))
        pool = ThreadPoolExecutor(at_once, "reading")
        waiting: deque[_Waiting] = deque()
        try:
            for number in numbers:
                waiting.append(self._started(document, number, record, pool, stop))
                for done in _finished(waiting, at_once, _FINISHED_AHEAD):
                    yield self._settled(document, record, done)
            for done in _finished(waiting, 1, 1):
                yield self._settled(document, record, done)
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)

    def _started(
        self,
        document: OpenDocument,
        number: int,
        record: DocumentRecord,
        pool: ThreadPoolExecutor,
        stop: threading.Event,
    ) -> _Waiting:
        """Take the page's reading from the ledger, or set it going."""
        known = self.fingerprints.get(number, "")
        if self.ledger and known and (old := self.ledger.reading(known, number)):
            return _had(old, known)
        page = page_to_read(document, number, self.reader)
        fingerprint = self.reader.fingerprint(document.sha256, page)
        old = self.ledger.reading(fingerprint, number) if self.ledger else None
        if old and is_settled(old, again=self.again):
            self._keep(record, old, fingerprint)
            return _had(old, fingerprint)
        page.asked = _asked_for(old) if old and not self.again else 0
        future = pool.submit(self._read, document, page, record, fingerprint, stop)
        return _Waiting(future, fingerprint, is_old=False)

    def _read(
        self,
        document: OpenDocument,
        page: Page,
        record: DocumentRecord,
        fingerprint: str,
        stop: threading.Event,
    ) -> Reading:
        if not self.reader.image_width:
            page = next(document.pages([page.number]))
        if needs_model(page):
            reading = self.reader.read(page, stop)
            reading.usage.attempts += page.asked
            if is_settled(reading) and reading.outcome in REFUSED:
                reading.detail = (
                    f"{reading.detail}; asked {MOST_ASKED} times: only --again asks more"
                )
        else:
            reading = Reading(page.number, page.outcome, "", self.reader.name, detail=page.detail)
        self._keep(record, reading, fingerprint)
        return reading

    def _settled(
        self, document: OpenDocument, record: DocumentRecord, waiting: _Waiting
    ) -> tuple[Reading, bool]:
        """Fall back to the text layer where a service will not recite published text."""
        reading = waiting.future.result()
        if reading.outcome is Outcome.RECITATION and not waiting.is_old:
            page = next(document.pages([reading.page]))
            if page.outcome is Outcome.OK:
                detail = f"{self.reader.name}: {reading.detail}; taken from the text layer"
                usage, local = reading.usage, EmbeddedReader().read(page)
                reading = replace(local, detail=detail, usage=usage)
                self._keep(record, reading, waiting.fingerprint)
        return reading, waiting.is_old

    def _keep(self, record: DocumentRecord, reading: Reading, fingerprint: str) -> None:
        if self.ledger:
            self.ledger.record(record, reading, fingerprint)


def needs_model(page: Page) -> bool:
    """Whether there is something to be read on a page, and an image of it."""
    return page.outcome is Outcome.OK or (page.outcome is Outcome.SKIPPED and bool(page.image))


def is_settled(old: Reading, *, again: bool = False) -> bool:
    """Whether what the ledger has of a page stands, and nothing is asked for it."""
    if old.outcome in {Outcome.OK, Outcome.BLANK}:
        return True
    if again or old.outcome is Outcome.SKIPPED:
        return False
    return old.outcome not in REFUSED or _asked_for(old) >= MOST_ASKED


def _asked_for(old: Reading) -> int:
    """How often a model was asked in vain; a call that was never answered cost nothing."""
    return old.usage.attempts if old.outcome in REFUSED and old.usage.tokens_in else 0


def unsettled(
    document: OpenDocument,
    numbers: Sequence[int],
    reader: PageReader,
    ledger: Ledger | None,
    *,
    again: bool = False,
) -> Iterator[tuple[Page, str]]:
    """The pages that are not in the ledger for good, with their fingerprints."""
    for number in numbers:
        page = page_to_read(document, number, reader)
        fingerprint = reader.fingerprint(document.sha256, page)
        old = ledger.reading(fingerprint, number) if ledger else None
        if not old or not is_settled(old, again=again):
            yield page, fingerprint


def page_numbers(name: str, count: int, wanted: Sequence[int] | None) -> list[int]:
    """Return the wanted pages, all of them if None; UsageError for one that is not there."""
    numbers = list(range(count)) if wanted is None else sorted(set(wanted))
    beyond = [number + 1 for number in numbers if not 0 <= number < count]
    if beyond:
        raise UsageError(f"{name} {without_page(count, beyond[0])}")
    return numbers


def pages_at_once(reader: PageReader, pages: int) -> int:
    """Return how many pages may be under way; to start a process for a few pages costs more."""
    if reader.image_width:
        return reader.pages_at_once
    return max(1, min(reader.pages_at_once, pages // PAGES_A_PROCESS))


def page_to_read(document: OpenDocument, number: int, reader: PageReader) -> Page:
    """Return what the fingerprint is made of: the page's image, if the reader reads images."""
    if not reader.image_width:
        return Page(number)
    page = next(document.pages([number], layout=False, image_width=reader.image_width))
    if page.detail:  # the text layer is not to be believed: nothing to audit against
        page.words = []
    page.drawn = lambda width: document.image(number, width=width)
    return page


class _Waiting(NamedTuple):
    """A page that is being read, or has been."""

    future: Future[Reading]
    fingerprint: str
    is_old: bool


def _had(old: Reading, fingerprint: str) -> _Waiting:
    done: Future[Reading] = Future()
    done.set_result(old)
    return _Waiting(done, fingerprint, is_old=True)


def _finished(waiting: deque[_Waiting], at_once: int, at_most: int) -> Iterator[_Waiting]:
    """Yield from the front what is done, and wait while too much is under way."""
    while waiting:
        while waiting and waiting[0].future.done():
            yield waiting.popleft()
        under_way = [each.future for each in waiting if not each.future.done()]
        if len(under_way) < at_once and len(waiting) < at_most:
            return
        wait(under_way, return_when=FIRST_COMPLETED)
