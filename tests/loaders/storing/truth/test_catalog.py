from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.documents import Document

from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.truth.catalog import Catalog, StoredChunk, text_hash
from loaders.storing.truth.records import DocumentProperties, DocumentRecord
from tests.words import make_chunks

REPORT = DocumentRecord("report.pdf", "aaa", source="/a/report.pdf", pages=2, chunks=2)


@pytest.fixture
def database(tmp_path: Path) -> SqliteDatabase:
    return SqliteDatabase(tmp_path / "library.sqlite")


@pytest.fixture
def catalog(database: SqliteDatabase) -> Catalog:
    return Catalog(database)


def put(catalog: Catalog, record: DocumentRecord, *texts: str) -> list[Document]:
    chunks = make_chunks(record.name, *texts)
    rows = [StoredChunk.of(chunk, chunk.page_content) for chunk in chunks]
    catalog.replace(record, rows, [b"\0\0\0\0"] * len(rows))
    return chunks


def shown(chunks: list[StoredChunk]) -> list[str]:
    return [chunk.document().page_content for chunk in chunks]


def test_a_chunk_comes_back_as_it_was(catalog: Catalog) -> None:
    [chunk] = make_chunks(REPORT.name, "x")
    chunk.page_content = "Dues <b>净利润</b> \udc80"
    catalog.replace(REPORT, [StoredChunk.of(chunk, "Dues")], [b""])
    [stored] = catalog.chunks([chunk.metadata["chunk_id"]])
    assert stored.document().metadata == chunk.metadata
    assert stored.document().page_content == "Dues <b>净利润</b> ?"


def test_a_document_takes_the_whole_place_of_what_had_its_name(catalog: Catalog) -> None:
    put(catalog, REPORT, "one", "two", "three")
    put(catalog, REPORT, "four")
    assert shown(catalog.chunks_of("report.pdf")) == ["four"]
    assert catalog.count() == 1
    assert catalog.unsynced() == ["report.pdf"]


def test_chunks_come_in_the_order_asked_for_and_those_that_are_gone_are_left_out(
    catalog: Catalog,
) -> None:
    ids = [one.metadata["chunk_id"] for one in put(catalog, REPORT, "one", "two")]
    assert shown(catalog.chunks([ids[1], "gone", ids[0]])) == ["two", "one"]
    assert catalog.chunks([]) == []


def test_every_chunk_is_met_once_document_by_document(catalog: Catalog) -> None:
    put(catalog, DocumentRecord("b.pdf", "b"), "three", "four", "five")
    put(catalog, DocumentRecord("a.pdf", "a"), "one", "two")
    found = [shown(batch) for batch in catalog.in_batches(2)]
    assert found == [["one", "two"], ["three", "four"], ["five"]]


def test_a_damaged_row_is_left_out_and_told(catalog: Catalog, database: SqliteDatabase) -> None:
    put(catalog, REPORT, "one", "two")
    database.run("UPDATE chunks SET metadata = '{}' WHERE ordinal = 0")
    assert not catalog.is_damaged
    assert shown(catalog.chunks_of("report.pdf")) == ["two"]
    assert catalog.is_damaged
    catalog.drop_damaged()
    assert catalog.count() == 1


def test_a_damaged_record_keeps_its_name(catalog: Catalog, database: SqliteDatabase) -> None:
    put(catalog, REPORT, "one")
    database.run("UPDATE documents SET pages = 99")
    assert catalog.documents() == [DocumentRecord("report.pdf", "")]


def test_documents_are_told_by_name_and_content(catalog: Catalog) -> None:
    told = DocumentRecord("a.pdf", "aaa", properties=DocumentProperties(author="Anna Berg"))
    put(catalog, REPORT, "one")
    put(catalog, told, "two")
    assert [record.name for record in catalog.documents()] == ["a.pdf", "report.pdf"]
    assert {record.name for record in catalog.of_content("aaa")} == {"a.pdf", "report.pdf"}
    assert catalog.document("a.pdf") == told
    assert catalog.document("none.pdf") is None


def test_another_name_answers_until_its_document_changes_or_goes(catalog: Catalog) -> None:
    put(catalog, REPORT, "one")
    catalog.add_name("copy.pdf", "report.pdf", "/b/copy.pdf")
    assert catalog.names() == {"copy.pdf": ("report.pdf", "/b/copy.pdf")}
    assert catalog.source("copy.pdf") == "/b/copy.pdf"
    assert catalog.source("report.pdf") == "/a/report.pdf"
    assert catalog.source("free.pdf") is None
    put(catalog, REPORT, "one again")
    assert catalog.names()
    put(catalog, DocumentRecord("report.pdf", "bbb"), "another")
    assert catalog.names() == {}


def test_pieces_of_a_table_come_in_reading_order(catalog: Catalog) -> None:
    chunks = make_chunks("report.pdf", "one", "two", "three", kind="table")
    for chunk in (chunks[0], chunks[2]):
        chunk.metadata["table_id"] = "t1"
    rows = [StoredChunk.of(chunk, "x") for chunk in chunks]
    catalog.replace(REPORT, rows, [b""] * 3)
    assert shown(catalog.pieces("report.pdf", "t1")) == ["one", "three"]
    assert catalog.pieces("other.pdf", "t1") == []


def test_what_is_removed_leaves_a_mark_for_the_indexes(catalog: Catalog) -> None:
    put(catalog, REPORT, "one")
    catalog.mark_synced("report.pdf")
    catalog.remove("report.pdf")
    assert (catalog.documents(), catalog.count()) == ([], 0)
    assert catalog.unsynced() == ["report.pdf"]
    catalog.mark_all_synced("collection-1")
    assert (catalog.unsynced(), catalog.collection()) == ([], "collection-1")


def test_profiles_that_are_none_are_left_out(catalog: Catalog) -> None:
    ids = [one.metadata["chunk_id"] for one in put(catalog, REPORT, "one", "two")]
    profiles = b"\1\0\0\0\2\0\0\0", b"\1\0"
    catalog.rewrite(zip(catalog.chunks(ids), profiles, strict=True))
    assert catalog.profiles(ids) == [(ids[0], "report.pdf", b"\1\0\0\0\2\0\0\0")]


def test_texts_are_told_apart_by_their_hash() -> None:
    assert len(text_hash("Dues")) == 16
    assert text_hash("Dues") != text_hash("dues")
    assert text_hash("\ud800") == text_hash("?")
