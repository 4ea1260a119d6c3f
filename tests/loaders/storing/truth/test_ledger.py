from __future__ import annotations

import pytest

from loaders.pages.page import Audit, Outcome, Reading, Usage
from loaders.pages.word import Word
from loaders.storing.databases.database import Database
from loaders.storing.truth.catalog import Catalog
from loaders.storing.truth.ledger import Ledger
from loaders.storing.truth.records import DocumentRecord
from tests.loaders.storing.conftest import OpenDatabase

REPORT = DocumentRecord("report.pdf", "aaa")
FULL = Reading(
    page=2,
    outcome=Outcome.TRUNCATED,
    markup="<chunk>\n净利润 > 5 \ud800\n</chunk>",
    reader="google_genai:some-model",
    detail="the model stopped",
    words=[Word("净利润", (1.0, 2.0, 3.5, 4.0))],
    audit=Audit(0.5, ["7"], ["8", "9"]),
    usage=Usage(1000, 200, 0.001, 2),
)


@pytest.fixture
def database(open_database: OpenDatabase) -> Database:
    return open_database()


def test_a_reading_comes_back_as_it_was(database: Database) -> None:
    ledger = Ledger(database)
    ledger.record(REPORT, FULL, "key")
    assert ledger.reading("key", page=2) == FULL
    assert ledger.reading("another") is None


def test_a_reading_is_safe_as_soon_as_it_is_recorded(
    database: Database, open_database: OpenDatabase
) -> None:
    Ledger(database).record(REPORT, FULL, "key")
    assert Ledger(open_database()).reading("key", page=2) == FULL


def test_equal_pages_share_one_reading(database: Database) -> None:
    ledger, blank = Ledger(database), Reading(0, Outcome.BLANK, "", "local")
    ledger.record(REPORT, blank, "blank")
    again = ledger.reading("blank", page=5)
    assert again is not None
    ledger.record(REPORT, again, "blank")
    Catalog(database).replace(REPORT, [], [])
    assert [reading.page for reading in ledger.pages("report.pdf")] == [0, 5]
    assert ledger.outcomes("report.pdf") == {0: Outcome.BLANK, 5: Outcome.BLANK}


def test_pages_of_a_changed_file_wait_for_its_document(database: Database) -> None:
    ledger, catalog = Ledger(database), Catalog(database)
    ledger.record(REPORT, Reading(0, Outcome.OK, "old", "local"), "old")
    catalog.replace(REPORT, [], [])
    changed = DocumentRecord("report.pdf", "bbb")
    ledger.record(changed, Reading(0, Outcome.OK, "new", "local"), "new")
    assert [reading.markup for reading in ledger.pages("report.pdf")] == ["old"]
    catalog.replace(changed, [], [])
    assert [reading.markup for reading in ledger.pages("report.pdf")] == ["new"]


def test_a_reading_that_another_file_shares_is_kept(database: Database) -> None:
    ledger = Ledger(database)
    for document in (REPORT, DocumentRecord("copy.pdf", "bbb")):
        ledger.record(document, Reading(0, Outcome.OK, "text", "local"), "key")
    ledger.forget("aaa")
    assert ledger.reading("key") is not None
    ledger.forget("bbb")
    assert ledger.reading("key") is None
