"""Pages read as a batch: sent together, waited for, and then indexed as if each had been asked for.

Only the first question about a page is asked so. What an answer leaves open (a page in parts, a
second look) is asked at once, as it would be without a batch.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from langchain_core.messages import AIMessage

from loaders.errors import SourceError
from loaders.estimate import likely_tokens_out
from loaders.loader import is_settled, needs_model, page_numbers, unsettled
from loaders.pages.page import Outcome, Page
from loaders.reading.document import open_document
from loaders.reading.rate_limiting.budget import BudgetSpent
from loaders.reading.rate_limiting.error_classifier import Kind
from loaders.reading.rate_limiting.prices import usd_of
from loaders.reading.rate_limiting.scheduler import CallFailed
from loaders.reading.vision.vision_parser import (
    GeminiVisionParser,
    NoReply,
    first_prompt,
    typical_tokens_in,
)
from loaders.storing.store import Store
from loaders.storing.truth.batch_jobs import BatchJob
from pagewise.models.gemini_batches import FILE_BYTES, Found, GeminiBatches, reply_of, request_of

Wanted = Iterable[tuple[Path, Sequence[int] | None]]
"""Files, and which of their pages."""
OnStep = Callable[[str, int, int, str], None]
"""As `pagewise.indexing.index_run` tells it."""

_FIRST_LOOK_S, _LAST_LOOK_S = 0.2, 60.0
_MOST_SENT = 2
_NOT_MADE = {Kind.REFUSED, Kind.CLOSED}
_ENDED = "it ended early; run it again"
_ENDS = {
    "cancelled": "it was cancelled; run it again",
    "failed": "it failed; run it again, or without --batch",
    "expired": "it expired twice; run it again later, or without --batch",
    "unknown": "this key does not know it; use the key that it was sent with, or pay anew: --again",
}


class BatchReading:
    """One run: what it needs of jobs that are under way, and of new ones."""

    def __init__(
        self,
        store: Store,
        reader: GeminiVisionParser,
        service: GeminiBatches,
        *,
        again: bool,
    ) -> None:
        """Money is the reader's budget."""
        self._jobs, self._ledger = store.batches, store.ledger
        self._reader, self._budget, self._service = reader, reader.budget, service
        self._again = again
        self._places: dict[str, tuple[Path, int]] = {}
        self._reasons: dict[str, str] = {}
        self._taken: set[str] = set()
        self._new: set[str] = set()
        self._lost: set[str] = set()

    @contextmanager
    def answers(self, wanted: Wanted, on_step: OnStep) -> Iterator[None]:
        """While it lasts the reader has the answers; jobs whose answers were used are forgotten.

        Raises:
            BudgetSpent: What would have to be sent costs more; nothing was sent.
        """
        jobs = self._gathered(wanted, on_step)
        try:
            with closing(self._service):
                for job in jobs:
                    self._send(job)
                for job in jobs:
                    self._wait_for(job, on_step)
        except KeyboardInterrupt as interrupt:
            names = ", ".join(job.name or "the batch" for job in jobs)
            told = f"{names}: goes on without us; the same command takes its answers"
            raise KeyboardInterrupt(told) from interrupt
        self._reader.replies = self._reply
        yield
        for job in jobs:
            self._put_away(job)

    def _gathered(self, wanted: Wanted, on_step: OnStep) -> list[BatchJob]:
        """Jobs that have these pages already, and new ones for all others."""
        self._jobs.clear()
        kept = [job for job in self._jobs.under_way() if job.model == self._reader.name]
        owners = {key: job for job in kept for key in self._left_of(job)}
        needed: set[str] = set()
        new: list[BatchJob] = []
        size = FILE_BYTES
        for page, key in self._pages(wanted, on_step):
            if key not in owners:
                if size >= FILE_BYTES:
                    new.append(BatchJob(uuid4().hex, self._reader.name))
                size = self._add(new[-1], page, key)
                owners[key] = new[-1]
            needed.add(owners[key].label)
        for job in kept:
            if job.label in needed:
                self._budget.commit(job.usd)
            elif self._are_settled(self._left_of(job)):  # by a run that was killed just then
                self._jobs.drop(job)
        self._reserve(new)
        self._new = {job.label for job in new}
        return [job for job in (*kept, *new) if job.label in needed]

    def _left_of(self, job: BatchJob) -> set[str]:
        return {*self._jobs.keys(job)}.difference(job.taken)

    def _are_settled(self, keys: Iterable[str]) -> bool:
        return all((old := self._ledger.reading(key)) and is_settled(old) for key in keys)

    def _pages(self, wanted: Wanted, on_step: OnStep) -> Iterator[tuple[Page, str]]:
        """What a model has to be asked about, by fingerprint."""
        for path, pages in wanted:
            try:
                with open_document(path) as document:
                    numbers = page_numbers(path.name, document.page_count, pages)
                    for page, key in unsettled(
                        document, numbers, self._reader, self._ledger, again=self._again
                    ):
                        on_step(path.name, page.number + 1, document.page_count, "preparing")
                        if needs_model(page) and self._reader.asks_for(page):
                            yield page, key
            except SourceError:
                continue  # whoever indexes it will meet it again, and tell

    def _add(self, job: BatchJob, page: Page, key: str) -> int:
        model = self._reader.name
        job.pages += 1
        job.usd += usd_of(model, typical_tokens_in(), likely_tokens_out(page), "batch")
        return self._jobs.add(job, key, request_of(page.image, first_prompt(), model))

    def _reserve(self, new: Sequence[BatchJob]) -> None:
        usd, pages = sum(job.usd for job in new), sum(job.pages for job in new)
        try:
            if new:
                self._budget.reserve(usd)
        except BudgetSpent as error:
            for job in new:
                self._jobs.drop(job)
            told = f"a batch of {pages} pages would cost about {usd:.4f} USD; nothing was sent"
            raise BudgetSpent(f"{told}: {error}") from error

    def _send(self, job: BatchJob) -> None:
        if not job.name:
            self._jobs.keep(job)
            try:
                job.name = self._service.send(job, self._jobs.requests(job))
            except CallFailed as error:
                if job.label in self._new and error.failure.kind in _NOT_MADE:
                    self._jobs.drop(job)
                raise
            self._jobs.keep(job)

    def _wait_for(self, job: BatchJob, on_step: OnStep) -> None:
        """Until its answers are here, or there will be none."""
        found = self._ended(job, on_step)
        if self._is_worth_sending_again(job, found):
            job.sent, job.name = job.sent + 1, ""
            self._send(job)
            found = self._ended(job, on_step)
        if found.state == "unknown":
            self._lost.add(job.label)
        path = self._jobs.answers(job)
        self._service.fetch(found, self._jobs.keys(job), path)
        self._budget.settle(job.usd, self._noted(path))
        why = f"the batch job {job.name} has no answer for it: {_ENDS.get(found.state, _ENDED)}"
        self._reasons |= dict.fromkeys(self._jobs.keys(job), why)

    def _is_worth_sending_again(self, job: BatchJob, found: Found) -> bool:
        """One that expired once, or one that is given up for lost by whoever pays."""
        if found.state == "unknown":
            return self._again
        return found.state == "expired" and job.sent < _MOST_SENT

    def _ended(self, job: BatchJob, on_step: OnStep) -> Found:
        started, pause = time.monotonic(), _FIRST_LOOK_S
        while not (found := self._service.look(job)).is_over:
            look_at = time.monotonic() + pause
            while (left := look_at - time.monotonic()) > 0:
                minutes = (time.monotonic() - started) / 60
                doing = f"waiting for · {found.state} · {minutes:.0f} min"
                on_step(job.name, 0, job.pages, doing)
                time.sleep(min(left, 1.0))
            pause = min(pause * 1.5, _LAST_LOOK_S)
        return found

    def _noted(self, path: Path) -> float:
        """Remember where each answer stands; what they cost together."""
        usd, place = 0.0, 0
        with path.open("rb") as lines:
            for line in lines:
                told: dict[str, Any] = json.loads(line)
                self._places[told["key"]] = path, place
                place += len(line)
                used = reply_of(told.get("response") or {}).usage_metadata
                if used:
                    tokens = used["input_tokens"], used["output_tokens"]
                    usd += usd_of(self._reader.name, *tokens, "batch")
        return usd

    def _reply(self, key: str) -> AIMessage:
        if key not in self._places:
            why = self._reasons.get(key, "it was not sent with the batch; run it again")
            raise NoReply(why, Outcome.SKIPPED)
        path, place = self._places[key]
        with path.open("rb") as lines:
            lines.seek(place)
            told = json.loads(lines.readline())
        self._taken.add(key)
        if not told.get("response"):
            why = (told.get("error") or {}).get("message", "no cause given")
            raise NoReply(f"the batch failed for it ({why}); run it again", Outcome.FAILED)
        return reply_of(told["response"])

    def _put_away(self, job: BatchJob) -> None:
        """Forget a job, unless it has answers to pages of documents that are not of this run."""
        if job.label in self._lost:
            return
        job.taken = sorted(self._taken.intersection(self._jobs.keys(job)).union(job.taken))
        if self._are_settled(self._left_of(job).intersection(self._places)):
            self._jobs.drop(job)
        else:
            self._jobs.keep(job)
