"""Workers in processes: nothing is lost with one, nothing is read twice, nobody is forgotten."""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
from pathlib import Path
from random import Random

import psycopg
import pymupdf
import pytest
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.jobs import Job

from loaders.storing.databases.postgres import conninfo_of
from pagewise.library import Library
from pagewise.queueing.batches import Batches
from pagewise.queueing.job_queue import Attempt
from pagewise.queueing.runs import BULK, UPLOAD
from pagewise.queueing.worker import Worker
from tests.gemini_emulator import GeminiEmulator, Reply, Request, over_quota
from tests.queue_world import World, kill, seen

pytestmark = [  # Chroma's client leaves its connections to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
FIRST = 24
"""Calls after which some are answered, and others under way."""


def drawing(path: Path, pages: int) -> Path:
    """Pages without words, each another: what is read of them comes from the model alone."""
    document, chance = pymupdf.open(), Random(str(path))
    for _ in range(pages):
        page = document.new_page(width=300, height=400)
        for _ in range(30):
            x, y = chance.uniform(10, 250), chance.uniform(10, 350)
            page.draw_rect(pymupdf.Rect(x, y, x + 40, y + 8), fill=(0, 0, chance.random()))
    document.save(path)
    return path


def slowly(request: Request) -> Reply:
    """A page of its own for each picture."""
    shown = request.images[0][-40:-8]
    return Reply(f"<chunk>The drawing bears the mark {shown}.</chunk>", delay_s=0.3)


def heard(gemini: GeminiEmulator) -> list[Request]:
    """The calls that came whole: the kill may cut one short."""
    return [request for request in gemini.generations if request.body]


def rows(world: World, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(conninfo_of(world.database_url)) as connection:
        return connection.execute(statement.encode()).fetchall()


def test_the_job_of_a_killed_worker_is_finished_by_another(
    paid: World, gemini: GeminiEmulator
) -> None:
    gemini.otherwise = slowly
    pages = 35
    report = drawing(paid.folder / "plans.pdf", pages)
    first = paid.worker("first")
    asked = paid.run("client", "index", str(report), "--json")
    seen(lambda: len(gemini.generations) >= FIRST)
    kill(first)
    seen(lambda: gemini._under_way == 0)
    sent, [(kept,)] = len(heard(gemini)), rows(paid, "SELECT count(*) FROM readings")
    paid.worker("second")
    out, _ = asked.communicate(timeout=120)
    told = json.loads(out[out.index("{\n") :])
    assert told["outcomes"] == {"ok": pages}
    images = [request.images[0] for request in heard(gemini)]
    assert len(set(images)) == pages
    assert kept
    assert len(images) == sent + pages - int(str(kept))  # what is in the ledger is not asked again
    assert rows(paid, "SELECT * FROM procrastinate_jobs") == []
    assert asked.returncode == 0
    with Library(paid.settings("reader")) as library:
        assert len(library.store.chunks_of("plans.pdf")) == len(library.search("mark", k=100))


def test_a_day_that_is_spent_is_waited_for(paid: World, gemini: GeminiEmulator) -> None:
    gemini.otherwise = lambda request: over_quota(7200, per_day=True)
    report = drawing(paid.folder / "plans.pdf", 3)
    with Library(paid.settings("here")) as library:
        batches, worker = Batches(library), Worker(library)
        batches.start([str(report)], BULK)
        [(run,)] = rows(paid, "SELECT id FROM runs")
        [(job,)] = rows(paid, "DELETE FROM procrastinate_jobs RETURNING task_name")
        worker.tasks()[str(job)](attempt(), run=run)
        batches.close()
        worker.close()
    state = "SELECT task_name, scheduled_at > now() + interval '1 hour' FROM procrastinate_jobs"
    assert rows(paid, state) == [("begin", True)]
    assert rows(paid, "SELECT doing FROM runs") == [("the day's quota is spent",)]


def test_what_somebody_stops_is_read_no_further(
    paid: World, gemini: GeminiEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagewise.queueing.worker.TELL_S", 0.0)
    report = drawing(paid.folder / "plans.pdf", 3)
    with Library(paid.settings("here")) as library:
        batches, worker = Batches(library), Worker(library)
        batch = batches.start([str(report)], BULK)
        [run] = batches.runs.batch(batch)[2]

        def stopping(request: Request) -> Reply:
            batches.stop(batch, "stopped")
            return slowly(request)

        gemini.otherwise = stopping
        worker.begin(attempt(), run=run.id)
        told = batches.report(batch)
        assert told.failures == ["stopped"]
        [spent] = told.documents  # what was paid for is told, though nothing is in
        assert spent.name == "plans.pdf"
        assert spent.read == 1
        assert spent.tokens_in > 0
        assert library.documents() == []
        batches.close()
        worker.close()


def test_an_upload_is_asked_anywhere_while_a_worker_reads_it(local: World, tmp_path: Path) -> None:
    manual = tmp_path / "manual.txt"
    page = "The rated flow of pump P-{0} is 4{0} litres. " + "It stands by the harbour. " * 90
    manual.write_text("\f".join(page.format(number) for number in range(1, 46)), encoding="utf-8")
    told: list[str] = []

    with (
        Library(local.settings("worker")) as library,
        Library(local.settings("server")) as there,
    ):

        class Watched(Attempt):
            def go_on(self) -> None:
                if there.arriving() and not told:
                    told.append(there.ask("What is the rated flow of pump P-3?").answer)

        batches, worker = Batches(library), Worker(library)
        batch = batches.start([str(manual)], UPLOAD)
        [run] = batches.runs.batch(batch)[2]
        worker.begin(Watched(attempt()._context), run=run.id)
        assert batches.report(batch).is_complete
        batches.close()
        worker.close()
        assert not there.arriving()
    [answer] = told
    assert "43 litres" in answer
    assert "of 45 of manual.txt are in so far" in answer


def attempt() -> Attempt:
    job = Job(id=1, lock=None, queueing_lock=None, task_name="begin", queue="default")
    app = App(connector=PsycopgConnector())
    return Attempt(JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None))
