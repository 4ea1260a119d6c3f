"""What became of each page, kept by what was read, so that nothing is paid for twice."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from loaders.pages.page import Audit, Outcome, Reading, Usage
from loaders.pages.word import Word
from loaders.storing.databases.database import Database, checksum, is_whole
from loaders.storing.truth.records import DocumentRecord

COLUMNS = (
    "fingerprint, outcome, reader, markup, words, audit, detail, tokens_in, tokens_out, usd,"
    " attempts, checksum"
)
DAMAGED = "its reading is damaged in the library; index the document again"
PAGES_OF_A_DOCUMENT = (
    "FROM pages JOIN readings USING (fingerprint)"
    " WHERE sha256 = (SELECT sha256 FROM documents WHERE name = ?) ORDER BY page"
)


class Ledger:
    """The rows of the library that tell of pages.

    A reading's key is the fingerprint of what was read and how (page image or text, prompt,
    model). Pages belong to a file's content (`sha256`), not to its name: while a changed file is
    read, the pages of the one that is indexed stay as they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def reading(self, fingerprint: str, page: int = 0) -> Reading | None:
        """The reading with this key, as that of `page`: two equal pages share one reading."""
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM readings WHERE fingerprint = ?", (fingerprint,)
        )
        return _reading(page, rows[0]) if rows and is_whole(rows[0]) else None

    def record(self, document: DocumentRecord, reading: Reading, fingerprint: str) -> None:
        """Keep a reading, safe on disk when this returns: a killed run goes on after it."""
        with self._database.transaction():
            self._database.put("pages", [(document.sha256, reading.page, fingerprint)])
            self._database.put("readings", [_row(reading, fingerprint)])

    def pages(self, document: str) -> list[Reading]:
        """The readings of an indexed document, in page order; a damaged one has failed."""
        return [
            _reading(page, row)
            if is_whole(row)
            else Reading(page, Outcome.FAILED, "", str(row[2]), detail=DAMAGED)
            for page, *row in self._pages_of(document, COLUMNS)
        ]

    def damaged(self, document: str) -> list[int]:
        """The pages of an indexed document whose readings cannot be read back."""
        rows = self._pages_of(document, COLUMNS)
        return [page for page, *row in rows if not is_whole(row)]

    def _pages_of(self, document: str, columns: str) -> list[tuple[Any, ...]]:
        statement = f"SELECT page, {columns} {PAGES_OF_A_DOCUMENT}"
        return self._database.rows(statement, (document,))

    def words(self, document: str, page: int) -> list[Word]:
        """The words of one page of an indexed document, with their places."""
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM pages JOIN readings USING (fingerprint)"
            " WHERE sha256 = (SELECT sha256 FROM documents WHERE name = ?) AND page = ?",
            (document, page),
        )
        return _words(rows[0][4]) if rows and is_whole(rows[0]) else []

    def outcomes(self, document: str) -> dict[int, Outcome]:
        """What became of each page of an indexed document, by page number from 0."""
        known, rows = set(Outcome), self._pages_of(document, "outcome")
        return {page: Outcome(one) if one in known else Outcome.FAILED for page, one in rows}

    def doubted(self, document: str) -> list[int]:
        """The pages of an indexed document whose numbers are in doubt, from 0."""
        rows = self._pages_of(document, "audit")
        return [page for page, audit in rows if audit and Audit(**json.loads(audit)).is_doubted]

    def fingerprints(self, sha256: str) -> dict[int, str]:
        """The keys of what is known of a file's pages, by page number from 0."""
        rows = self._database.rows(
            "SELECT page, fingerprint FROM pages WHERE sha256 = ?", (sha256,)
        )
        return {int(page): str(fingerprint) for page, fingerprint in rows}

    def forget(self, sha256: str) -> None:
        """Drop the pages of a file's content, and the readings that no other page shares."""
        with self._database.transaction():
            self._database.shut_out("pages")  # else a reading goes that one of them just shares
            keys = self._database.rows(
                "SELECT DISTINCT fingerprint FROM pages WHERE sha256 = ?", (sha256,)
            )
            self._database.run("DELETE FROM pages WHERE sha256 = ?", (sha256,))
            self._database.run_many(
                "DELETE FROM readings WHERE fingerprint = ? AND NOT EXISTS"
                " (SELECT 1 FROM pages WHERE pages.fingerprint = readings.fingerprint)",
                keys,
            )


def _row(reading: Reading, fingerprint: str) -> tuple[Any, ...]:
    """The values of `COLUMNS`."""
    usage = reading.usage
    told = (
        fingerprint,
        reading.outcome.value,
        reading.reader,
        _packed(reading.markup),
        # A tenth of a point is less than anybody sees.
        _packed(json.dumps([[w.text, *(round(edge, 1) for edge in w.box)] for w in reading.words])),
        None if reading.audit is None else json.dumps(asdict(reading.audit)),
        reading.detail,
        usage.tokens_in,
        usage.tokens_out,
        float(usage.usd),
        usage.attempts,
    )
    return *told, checksum(*told)


def _reading(page: int, row: Sequence[Any]) -> Reading:
    _, outcome, reader, markup, words, audit, detail, tokens_in, tokens_out, usd, attempts, _ = row
    return Reading(
        page=page,
        outcome=Outcome(outcome),
        markup=_unpacked(markup),
        reader=reader,
        detail=detail,
        words=_words(words),
        audit=None if audit is None else Audit(**json.loads(audit)),
        usage=Usage(tokens_in, tokens_out, usd, attempts),
    )


def _words(packed: bytes) -> list[Word]:
    return [Word(text, (x0, y0, x1, y1)) for text, x0, y0, x1, y1 in json.loads(_unpacked(packed))]


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
