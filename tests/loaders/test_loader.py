"""From a PDF to chunks: nothing lost, nothing paid for twice, whatever goes wrong and wherever."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from loaders.errors import SourceError, UsageError
from loaders.estimate import estimate
from loaders.loader import PageLoader
from loaders.pages.page import Outcome, Reading
from loaders.reading.rate_limiting.scheduler import CallFailed
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.truth.ledger import Ledger
from tests.gemini_emulator import (
    BROKEN_OFF,
    CHAT,
    KEY,
    OVERLOADED,
    GeminiEmulator,
    Reply,
    Request,
    failing,
    over_quota,
)
from tests.loaders.conftest import PAGES, Make


def outcomes(readings: list[Reading]) -> Counter[str]:
    return Counter(reading.outcome.value for reading in readings)


def test_the_embedded_reader_needs_nothing(pdf: Path) -> None:
    chunks = PageLoader(pdf).load()
    assert {chunk.metadata["reader"] for chunk in chunks} == {"local"}
    assert "377" in chunks[-1].page_content
    assert chunks[0].metadata["source"] == "report.pdf"


def test_pages_equal_outcomes(pdf: Path) -> None:
    readings = list(PageLoader(pdf).readings())
    assert [reading.page for reading in readings] == [0, 1, 2, 3]
    assert outcomes(readings) == {"ok": 3, "blank": 1}


def test_some_pages_can_be_asked_for(pdf: Path) -> None:
    assert [reading.page for reading in PageLoader(pdf, pages=[2, 0]).readings()] == [0, 2]
    with pytest.raises(UsageError, match=r"report\.pdf has 4 pages, and no page 6"):
        list(PageLoader(pdf, pages=[5]).readings())


def test_what_is_no_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="missing"):
        PageLoader(tmp_path / "missing.pdf").load()


def test_it_loads_asynchronously(pdf: Path) -> None:
    async def load() -> list[str]:
        return [chunk.page_content async for chunk in PageLoader(pdf).alazy_load()]

    assert asyncio.run(load()) == [chunk.page_content for chunk in PageLoader(pdf).load()]


def test_a_second_run_asks_nothing(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator
) -> None:
    first = list(PageLoader(pdf, make(), ledger=ledger).readings())
    assert len(gemini.generations) == PAGES
    before = len(gemini.generations)
    old: list[bool] = []
    loader = PageLoader(pdf, make(), ledger=ledger, when_read=lambda _, is_old: old.append(is_old))
    again = list(loader.readings())
    assert len(gemini.generations) == before
    assert [reading.markup for reading in again] == [reading.markup for reading in first]
    assert all(old)


def test_several_models_readings_stand_side_by_side(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator
) -> None:
    list(PageLoader(pdf, ledger=ledger).readings())
    list(PageLoader(pdf, make(), ledger=ledger).readings())
    count = len(gemini.generations)
    list(PageLoader(pdf, ledger=ledger).readings())
    list(PageLoader(pdf, make(name="another"), ledger=ledger).readings())
    assert len(gemini.generations) == count + PAGES


FAULTS = [
    pytest.param(OVERLOADED, id="503"),
    pytest.param(BROKEN_OFF, id="broken off"),
    pytest.param(over_quota(53), id="429"),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_anywhere_changes_nothing(
    pdf: Path, make: Make, gemini: GeminiEmulator, fault: Reply
) -> None:
    """Loop the fault over its k-th occurrence until a run finishes untouched."""
    undisturbed = [reading.markup for reading in PageLoader(pdf, make()).readings()]
    usual = gemini.otherwise
    for occurrence in range(1, 20):
        count = 0

        def reply(request: Request, occurrence: int = occurrence) -> Reply:
            nonlocal count
            count += 1
            return fault if count == occurrence else usual(request)

        gemini.otherwise = reply
        readings = list(PageLoader(pdf, make()).readings())
        assert [reading.markup for reading in readings] == undisturbed
        assert outcomes(readings) == {"ok": 3, "blank": 1}
        if count < occurrence:
            return
    raise AssertionError("no run finished untouched")


FINAL = [
    pytest.param(Reply(finish="SAFETY", no_parts=True), "blocked", id="safety"),
    pytest.param(Reply(finish="MAX_TOKENS"), "truncated", id="too long"),
    pytest.param(failing(400), "failed", id="refused"),
    pytest.param(Reply(no_candidates=True), "failed", id="no candidates"),
]


@pytest.mark.parametrize(("fault", "outcome"), FINAL)
def test_a_page_that_is_lost_is_counted_and_the_others_are_read(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator, fault: Reply, outcome: str
) -> None:
    usual, lost = gemini.otherwise, list[str]()

    def reply(request: Request) -> Reply:
        lost.append(request.images[0]) if not lost else None
        is_part = len(request.images[0]) < 0.8 * len(lost[0])
        return fault if request.images[0] == lost[0] or is_part else usual(request)

    gemini.otherwise = reply
    readings = list(PageLoader(pdf, make(), ledger=ledger).readings())
    assert outcomes(readings) == {outcome: 1, "ok": 2, "blank": 1}
    assert (readings[0].markup, bool(readings[0].detail)) == ("", True)
    assert ledger.pages("report.pdf") == []  # the store says what is indexed, not the loader


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        pytest.param(Reply(finish="SAFETY", no_parts=True), "blocked", id="blocked"),
        pytest.param(Reply("<chunk></chunk>"), "failed", id="no word"),
        pytest.param(Reply(no_candidates=True), "failed", id="no candidates"),
    ],
)
def test_a_page_that_is_refused_is_paid_for_three_times_over_all_runs(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator, fault: Reply, outcome: str
) -> None:
    parser = make()
    usual, gemini.otherwise = gemini.otherwise, lambda request: fault

    def run(*, again: bool = False) -> Reading:
        loader = PageLoader(pdf, parser, ledger=ledger, pages=[0], again=again)
        return next(loader.readings())

    for _ in range(5):
        reading = run()
        assert (reading.outcome, reading.page) == (outcome, 0)
    assert len(gemini.generations) == reading.usage.attempts == 3
    assert estimate(pdf, parser, ledger=ledger, pages=[0]).images == 0
    assert estimate(pdf, parser, ledger=ledger, pages=[0], again=True).images == 1
    gemini.otherwise = usual
    assert run(again=True).outcome is Outcome.OK
    assert run(again=True).usage.attempts == 1
    assert len(gemini.generations) == 4


def test_a_service_that_was_not_there_is_asked_on_every_run(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator
) -> None:
    usual, gemini.otherwise = gemini.otherwise, lambda request: OVERLOADED
    for _ in range(2):
        reading = next(PageLoader(pdf, make(), ledger=ledger, pages=[0]).readings())
        assert reading.outcome is Outcome.FAILED
    gemini.otherwise = usual
    reading = next(PageLoader(pdf, make(), ledger=ledger, pages=[0]).readings())
    assert reading.outcome is Outcome.OK


def test_published_text_is_taken_from_the_text_layer(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator
) -> None:
    gemini.otherwise = lambda request: Reply(finish="RECITATION", no_parts=True)
    for _ in range(2):
        reading = next(PageLoader(pdf, make(), ledger=ledger).readings())
        assert (reading.outcome, reading.reader) == (Outcome.OK, "local")
        assert "177" in reading.markup
        assert "recite" in reading.detail
        assert reading.usage.attempts == 2


def test_a_spent_day_skips_the_rest_and_another_run_goes_on(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator
) -> None:
    usual = gemini.otherwise
    spent = over_quota(9000, per_day=True)
    gemini.otherwise = lambda request: usual(request) if len(gemini.generations) < 2 else spent
    readings = list(PageLoader(pdf, make(), ledger=ledger).readings())
    assert outcomes(readings) == {"ok": 1, "skipped": 2, "blank": 1}
    assert "comes back at" in readings[2].detail
    assert len(gemini.generations) == 2
    gemini.otherwise = usual
    assert outcomes(list(PageLoader(pdf, make(), ledger=ledger).readings())) == {
        "ok": 3,
        "blank": 1,
    }
    assert len(gemini.generations) == 4


def test_a_retired_model_stops_the_run_at_once(
    pdf: Path, make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will(failing(404, message="models/x is not found"))
    with pytest.raises(CallFailed, match="not found"):
        list(PageLoader(pdf, make()).readings())
    assert len(gemini.generations) == 1


def test_pages_are_read_at_once_and_come_in_order(
    pdf: Path, make: Make, gemini: GeminiEmulator
) -> None:
    usual = gemini.otherwise

    def reply(request: Request) -> Reply:
        time.sleep(0.3 if len(gemini.generations) == 1 else 0.05)
        return usual(request)

    gemini.otherwise = reply
    readings = list(PageLoader(pdf, make(pages_at_once=4)).readings())
    assert [reading.page for reading in readings] == [0, 1, 2, 3]
    assert gemini.most_at_once > 1


KILLED = """
import sys
from pagewise.models.gemini import plain_chat
from pagewise.settings import Settings
from loaders.loader import PageLoader
from loaders.reading.vision.vision_parser import GeminiVisionParser
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.truth.ledger import Ledger
pdf, home, url, key, model = sys.argv[1:]
chat = plain_chat(Settings(google_api_key=key, google_base_url=url), model, 10.0)
parser = GeminiVisionParser(chat, pages_at_once=1)
for reading in PageLoader(pdf, parser, ledger=Ledger(SqliteDatabase(home))).readings():
    print(reading.page, flush=True)
"""


def test_a_killed_run_goes_on_where_it_was(
    pdf: Path, make: Make, tmp_path: Path, gemini: GeminiEmulator
) -> None:
    home = tmp_path / "killed.sqlite"
    usual = gemini.otherwise

    def reply(request: Request) -> Reply:
        time.sleep(0.2)
        return usual(request)

    gemini.otherwise = reply
    command = [sys.executable, "-c", KILLED, str(pdf), str(home), gemini.url, KEY, CHAT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    asked = len(gemini.generations)
    database = SqliteDatabase(home)
    readings = list(PageLoader(pdf, make(), ledger=Ledger(database)).readings())
    database.close()
    assert outcomes(readings) == {"ok": 3, "blank": 1}
    assert asked <= PAGES
    assert len(gemini.generations) - PAGES <= 1  # the one that was under way
