from __future__ import annotations

import json
import random
import shutil
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from chromadb import PersistentClient
from chromadb.utils.embedding_functions import HuggingFaceEmbeddingServer
from langchain_chroma import Chroma

from loaders.errors import LibraryError, NameTakenError
from loaders.pages.page import Outcome, Reading
from loaders.storing.search.lexical_index import Entry, Lexical
from loaders.storing.search.vector_index import Vectors
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import DocumentProperties, DocumentRecord
from tests.loaders.storing.conftest import IN_A_FILE, OpenDatabase, OpenStore
from tests.words import WordEmbeddings, make_chunks

REPORT = DocumentRecord("report.pdf", "aaa", source="/tmp/report.pdf", pages=3, title="A report")
NOTES = DocumentRecord("notes.pdf", "bbb")
REPORT_TEXTS = ("revenue grew strongly", "staff numbers fell", "outlook for next year")


def test_a_stored_document_is_found_by_both_arms(open_store: OpenStore) -> None:
    store = open_store()
    chunks = make_chunks("report.pdf", *REPORT_TEXTS)
    store.replace(REPORT, chunks)
    first = chunks[0].metadata["chunk_id"]
    assert store.nearest("revenue grew", 1)[0].chunk_id == first
    assert [hit.chunk_id for hit in store.matching("revenue", 3)] == [first]
    assert store.chunks([first])[0] == chunks[0]
    assert store.counts() == (3, 3, 3)


def test_a_reopened_library_is_as_it_was(open_store: OpenStore, embeddings: WordEmbeddings) -> None:
    with open_store() as store:
        store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
        before = store.documents(), store.nearest("staff", 3), store.matching("staff", 3)
    embeddings.texts.clear()
    store = open_store()
    assert (store.documents(), store.nearest("staff", 3), store.matching("staff", 3)) == before
    assert embeddings.texts == []


def test_the_parts_of_a_long_document_are_not_held_at_once(open_store: OpenStore) -> None:
    def most_held(pages: int) -> int:
        words = [f"word{number}" for number in range(900)]
        texts = [" ".join(random.Random(page).sample(words, 130)) for page in range(pages)]
        chunks = make_chunks("long.pdf", *texts)
        tracemalloc.start()
        store.replace(DocumentRecord("long.pdf", str(pages)), chunks)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    with open_store() as store:
        store.counts()
        most_held(10)
        few, many = most_held(250), most_held(750)
    assert (many - few) / 500 < 13_000  # bytes a chunk; its lines alone take ten thousand


def test_a_replaced_document_leaves_nothing_behind(open_store: OpenStore) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
    store.replace(NOTES, make_chunks("notes.pdf", "minutes of a meeting"))
    changed = make_chunks("report.pdf", REPORT_TEXTS[0], "profit fell")
    store.replace(DocumentRecord("report.pdf", "ccc"), changed)
    assert store.matching("staff", 5) == []
    assert store.chunks_of("report.pdf") == changed
    assert store.matching("minutes", 5)
    assert store.counts() == (3, 3, 3)


def test_an_edited_document_embeds_only_what_is_new(
    open_store: OpenStore, embeddings: WordEmbeddings
) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
    embeddings.texts.clear()
    store.replace(REPORT, make_chunks("report.pdf", REPORT_TEXTS[0], "profit fell"))
    assert embeddings.texts == ["profit fell"]


def test_a_chunk_with_new_metadata_is_written_again(open_store: OpenStore) -> None:
    store = open_store()
    [chunk] = make_chunks("notes.pdf", "text that stays")
    store.replace(NOTES, [chunk])
    chunk.metadata["kind"] = "table"
    store.replace(NOTES, [chunk])
    tables = Filters(kinds=("table",))
    assert len(store.nearest("text", 5, tables)) == len(store.matching("text", 5, tables)) == 1


def test_equal_texts_in_two_documents_are_two_chunks(open_store: OpenStore) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", "the same text"))
    store.replace(NOTES, make_chunks("notes.pdf", "the same text"))
    store.remove("report.pdf")
    assert store.counts() == (1, 1, 1)
    assert store.nearest("the same text", 5)


def test_a_document_without_chunks_is_listed(open_store: OpenStore) -> None:
    store = open_store()
    store.replace(REPORT, [])
    assert [document.name for document in store.documents()] == ["report.pdf"]
    assert store.nearest("anything", 5) == []
    assert store.matching("anything", 5) == []


def test_a_removed_document_is_gone_with_its_pages(open_store: OpenStore) -> None:
    store = open_store()
    store.ledger.record(REPORT, Reading(0, Outcome.OK, "text", "local"), "key")
    store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
    store.remove("report.pdf")
    assert store.documents() == []
    assert store.counts() == (0, 0, 0)
    assert store.ledger.reading("key") is None


def test_removing_an_unknown_document_names_those_that_there_are(open_store: OpenStore) -> None:
    store = open_store()
    store.replace(NOTES, [])
    with pytest.raises(LibraryError, match=r"report\.pdf.*it has: notes\.pdf"):
        store.remove("report.pdf")


def test_another_embedding_model_is_refused_by_name(open_store: OpenStore) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", "text"))
    store = open_store(model="test:other")
    assert [document.name for document in store.documents()] == ["notes.pdf"]
    with pytest.raises(LibraryError, match=r"embedded with test:words.*reindex"):
        store.nearest("text", 5)
    with pytest.raises(LibraryError, match=r"embedded with test:words.*reindex"):
        store.replace(NOTES, make_chunks("notes.pdf", "other text"))
    assert len(store.matching("text", 5)) == 1


def test_vectors_of_another_length_are_refused(open_store: OpenStore) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", "text"))
    store = open_store(with_embeddings=WordEmbeddings(dimension=16))
    with pytest.raises(LibraryError, match="reindex"):
        store.replace(REPORT, make_chunks("report.pdf", "more"))
    with pytest.raises(LibraryError, match="reindex"):
        store.nearest("text", 5)


def test_reindex_takes_another_model(open_store: OpenStore) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", "text", "and more"))
    other = WordEmbeddings(dimension=16)
    with open_store(model="test:other", with_embeddings=other) as store:
        store.reindex()
        assert store.nearest("and more", 1)[0].score > 0.99
        assert sorted(other.texts) == ["and more", "text"]
    with open_store() as store, pytest.raises(LibraryError, match="embedded with test:other"):
        store.nearest("text", 1)


def test_a_library_made_anew_takes_no_more_of_the_disk(open_store: OpenStore, home: Path) -> None:
    folders = []
    for _ in range(3):
        with open_store() as store:
            store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
            store.reindex()
            assert store.nearest("staff numbers fell", 1)[0].score > 0.99
        folders.append(sum(path.is_dir() for path in (home / "chroma").iterdir()))
    assert folders == [1, 1, 1]
    assert open_store().nearest("staff numbers fell", 1)[0].score > 0.99


class Unplugged(WordEmbeddings):
    """Breaks off, as a killed process does."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise KeyboardInterrupt


def test_a_reindex_broken_off_is_not_repaired_with_the_vectors_of_before(
    open_store: OpenStore,
) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", "text", "and more"))
    with (
        open_store(model="test:other", with_embeddings=Unplugged()) as store,
        pytest.raises(KeyboardInterrupt),
    ):
        store.reindex()
    with open_store() as store, pytest.raises(LibraryError, match="embedded with test:other"):
        store.matching("text", 1)
    with open_store(model="test:other") as store:
        with pytest.raises(LibraryError, match="run `reindex`"):
            store.nearest("text", 1)
        store.reindex()
        assert store.nearest("and more", 1)[0].score > 0.99


def test_a_name_that_another_file_has_got_is_refused(open_store: OpenStore) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
    elsewhere = DocumentRecord("report.pdf", "ccc", source="/elsewhere/report.pdf")
    with pytest.raises(NameTakenError, match=r"the name of /tmp/report\.pdf"):
        store.replace(elsewhere, make_chunks("report.pdf", "another text"))
    assert len(store.chunks_of("report.pdf")) == 3


def test_threads_may_write_at_once(open_store: OpenStore) -> None:
    store = open_store()
    names = [f"{number}.pdf" for number in range(8)]

    def write(name: str) -> None:
        store.replace(DocumentRecord(name, name), make_chunks(name, f"text of {name}", "shared"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, names))
    assert store.counts() == (16, 16, 16)
    assert len(store.matching("shared", 20)) == 8


def test_a_library_closed_by_another_thread_can_be_opened(open_store: OpenStore) -> None:
    store = open_store()
    closing = threading.Thread(target=store.close)
    closing.start()
    closing.join()
    assert open_store().documents() == []


@pytest.mark.parametrize("lost", [("chroma",), ("words",), ("chroma", "words")], ids="+".join)
def test_a_lost_index_is_built_again_without_the_model(
    open_store: OpenStore, home: Path, embeddings: WordEmbeddings, lost: tuple[str, ...]
) -> None:
    with open_store() as store:
        store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
        before = store.nearest("staff", 3), store.matching("staff", 3)
    for folder in lost:
        shutil.rmtree(home / folder)
    embeddings.texts.clear()
    store = open_store()
    assert (store.nearest("staff", 3), store.matching("staff", 3)) == before
    assert store.counts() == (3, 3, 3)
    assert embeddings.texts == []


def test_a_damaged_word_index_is_built_again(open_store: OpenStore, home: Path) -> None:
    with open_store() as store:
        store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
    (home / "words" / "meta.json").write_text("{", encoding="utf-8")
    assert len(open_store().matching("staff", 3)) == 1


def test_a_collection_that_lost_chunks_is_built_again(open_store: OpenStore, home: Path) -> None:
    with open_store() as store:
        chunks = make_chunks("report.pdf", *REPORT_TEXTS)
        store.replace(REPORT, chunks)
    collection = Vectors(home / "chroma")
    collection.delete([chunks[1].metadata["chunk_id"]])
    collection.close()
    assert open_store().counts() == (3, 3, 3)


@IN_A_FILE
def test_a_library_of_the_version_before_is_brought_up_to_date(
    open_store: OpenStore, open_database: OpenDatabase
) -> None:
    with open_store() as store:
        chunks = make_chunks("report.pdf", *REPORT_TEXTS)
        chunks[0].metadata["table_id"] = "t1"
        store.replace(REPORT, chunks)
        ids = [str(chunk.metadata["chunk_id"]) for chunk in chunks]
        before = store.profiles(ids)
    database = open_database()
    database.run("DROP INDEX chunks_of_a_table")
    database.run("DROP TABLE names")
    database.run("ALTER TABLE chunks DROP COLUMN profile")
    for column in ("properties", "chunks", "checksum"):
        database.run(f"ALTER TABLE documents DROP COLUMN {column}")
    for table in ("readings", "chunks", "vectors"):
        database.run(f"ALTER TABLE {table} DROP COLUMN checksum")
    database.set_meta("profiles", "")
    database.run("PRAGMA user_version = 1")
    database.close()
    store = open_store()
    assert store.documents()[0].properties == DocumentProperties()
    after = store.profiles(ids)
    assert (after.ids, after.numbers.tolist()) == (before.ids, before.numbers.tolist())
    assert store.whole_table(chunks[0]) == [chunks[0]]
    assert store.damage(store.documents()[0]) == ""


@IN_A_FILE
def test_the_words_are_written_again_for_another_analyzer(
    open_store: OpenStore, home: Path, open_database: OpenDatabase
) -> None:
    with open_store() as store:
        chunks = make_chunks("report.pdf", *REPORT_TEXTS)
        store.replace(REPORT, chunks)
    first = chunks[0].metadata["chunk_id"]
    words = Lexical(home / "words")
    words.change(gone=[first], new=[Entry(first, "report.pdf", "text", [0], [["other"]])])
    with open_store() as store:
        assert store.matching("revenue", 3) == []
    database = open_database()
    database.set_meta("analyzer", "1")
    database.close()
    assert [hit.chunk_id for hit in open_store().matching("revenue", 3)] == [first]


@IN_A_FILE
def test_a_library_of_a_later_version_is_refused(
    open_store: OpenStore, open_database: OpenDatabase
) -> None:
    open_store().close()
    database = open_database()
    database.run("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(LibraryError, match="another version"):
        open_store()


@IN_A_FILE
def test_a_damaged_database_is_told(open_store: OpenStore, home: Path) -> None:
    home.mkdir()
    (home / "library.sqlite").write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(LibraryError, match="not a library"):
        open_store()


def test_any_langchain_program_can_open_the_collection(
    open_store: OpenStore, home: Path, embeddings: WordEmbeddings
) -> None:
    chunks = make_chunks("report.pdf", *REPORT_TEXTS)
    chunks[1].metadata |= {"pages": [1, 2], "box": [72.0, 90.5, 523.5, 120.25]}
    with open_store() as store:
        store.replace(REPORT, chunks)
    theirs = Chroma("pagewise", embeddings, persist_directory=str(home / "chroma"))
    [found] = theirs.similarity_search("staff numbers", k=1)
    assert found.page_content == "staff numbers fell"
    assert found.metadata["source"] == "report.pdf"
    assert (found.metadata["page"], found.metadata["last_page"]) == (1, 2)
    assert json.loads(found.metadata["box"]) == [72.0, 90.5, 523.5, 120.25]


class Listener(BaseHTTPRequestHandler):
    """Answers as an embedding server, and remembers that it was asked."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"[[0.1, 0.2]]")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("is_filled", [True, False], ids=["filled", "empty"])
def test_a_folder_of_somebody_elses_asks_nobody_and_measures_as_ours(
    open_store: OpenStore, home: Path, *, is_filled: bool
) -> None:
    with HTTPServer(("127.0.0.1", 0), Listener) as service:
        serving = threading.Thread(target=service.serve_forever)
        serving.start()
        try:
            url = f"http://127.0.0.1:{service.server_port}/embed"
            theirs: Any = PersistentClient(str(home / "chroma"))
            collection = theirs.create_collection(
                "pagewise",
                embedding_function=HuggingFaceEmbeddingServer(url=url),
                configuration={"hnsw": {"space": "l2"}},
            )
            if is_filled:
                collection.add(ids=["x"], documents=["text"])
            theirs.close()
            assert Listener.asked == ["/embed"] * is_filled
            Listener.asked.clear()
            with open_store() as store:
                store.replace(REPORT, make_chunks("report.pdf", *REPORT_TEXTS))
                assert store.nearest("revenue grew strongly", 1)[0].score > 0.99
                assert all(hit.score >= 0 for hit in store.nearest("revenue grew strongly", 9))
                assert store.counts() == (3, 3, 3)
            ours: Any = PersistentClient(str(home / "chroma"))
            assert url not in json.dumps(ours.get_collection("pagewise").configuration_json)
            ours.close()
            assert Listener.asked == []
        finally:
            service.shutdown()
            serving.join()


@pytest.mark.parametrize(
    ("filters", "pages"),
    [
        (Filters(), [("a.pdf", 0), ("a.pdf", 1), ("a.pdf", 2), ("b.pdf", 0)]),
        (Filters(documents=("a.pdf",)), [("a.pdf", 0), ("a.pdf", 1), ("a.pdf", 2)]),
        (Filters(documents=("b.pdf", "a.pdf"), last_page=0), [("a.pdf", 0), ("b.pdf", 0)]),
        (Filters(first_page=1), [("a.pdf", 1), ("a.pdf", 2)]),
        (Filters(first_page=1, last_page=1), [("a.pdf", 1)]),
        (Filters(kinds=("table",)), [("b.pdf", 0)]),
        (Filters(kinds=("table", "text"), first_page=2), [("a.pdf", 2)]),
        (Filters(documents=("c.pdf",)), []),
    ],
    ids=["none", "document", "two documents", "from", "range", "kind", "kinds", "unknown"],
)
def test_both_arms_look_only_where_the_filters_say(
    open_store: OpenStore, filters: Filters, pages: list[tuple[str, int]]
) -> None:
    store = open_store()
    texts = ("word one", "word two", "word three")
    store.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", *texts))
    store.replace(DocumentRecord("b.pdf", "b"), make_chunks("b.pdf", "word four", kind="table"))
    for search in (store.nearest, store.matching):
        found = store.chunks([hit.chunk_id for hit in search("word", 10, filters)])
        assert sorted((c.metadata["source"], c.metadata["page"]) for c in found) == pages
        assert all(filters.matches_metadata(chunk.metadata) for chunk in found)


def test_a_look_at_one_document_finds_what_the_index_finds(open_store: OpenStore) -> None:
    store = open_store()
    words = ["net", "sales", "cost", "profit", "staff", "tax"]
    for name in ("a.pdf", "b.pdf"):
        texts = [f"{one} {other} {name}" for one in words for other in words]
        store.replace(DocumentRecord(name, name), make_chunks(name, *texts))
    everything = store.nearest("net profit a.pdf", 72)
    mine = {chunk.metadata["chunk_id"] for chunk in store.chunks_of("a.pdf")}
    of_a = [hit for hit in everything if hit.chunk_id in mine]
    looked_at = store.nearest("net profit a.pdf", 10, Filters(documents=("a.pdf",)))
    assert [hit.score for hit in looked_at] == pytest.approx(
        [hit.score for hit in of_a[:10]], abs=1e-3
    )
    assert {hit.chunk_id for hit in looked_at} <= mine
    assert store.nearest("net profit", 0, Filters(documents=("a.pdf",))) == []


def test_a_chunk_over_a_page_break_is_found_on_both_pages(open_store: OpenStore) -> None:
    store = open_store()
    [chunk] = make_chunks("notes.pdf", "a long table")
    chunk.metadata |= {"page": 3, "pages": [3, 4]}
    store.replace(NOTES, [chunk])
    for page, count in ((2, 0), (3, 1), (4, 1), (5, 0)):
        only = Filters(first_page=page, last_page=page)
        assert len(store.nearest("table", 5, only)) == count
        assert len(store.matching("table", 5, only)) == count
        assert only.matches_metadata(chunk.metadata) == bool(count)


def test_a_whole_table_is_its_pieces_in_order(open_store: OpenStore) -> None:
    store = open_store()
    chunks = make_chunks("notes.pdf", "rows 1-2", "between", "rows 3-4")
    for piece in (chunks[0], chunks[2]):
        piece.metadata["table_id"] = "t1"
    store.replace(NOTES, chunks)
    assert [c.page_content for c in store.whole_table(chunks[2])] == ["rows 1-2", "rows 3-4"]
    assert store.whole_table(chunks[1]) == [chunks[1]]


def test_a_table_of_another_document_is_another_table(open_store: OpenStore) -> None:
    store = open_store()
    [one], [other] = make_chunks("report.pdf", "rows"), make_chunks("notes.pdf", "rows")
    one.metadata["table_id"] = other.metadata["table_id"] = "t1"
    store.replace(REPORT, [one])
    store.replace(NOTES, [other])
    assert store.whole_table(one) == [one]


def test_a_small_library_is_asked_without_opening_chroma(open_store: OpenStore, home: Path) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", "alpha one", "beta two"))
    shutil.rmtree(home / "chroma")
    with open_store() as store:
        [hit] = store.nearest("alpha", 1)
        assert [hit.chunk_id] == [one.chunk_id for one in store.matching("alpha", 5)]
        assert store.nearest("alpha", 5, Filters(kinds=("table",))) == []
    assert not (home / "chroma").exists()


def test_a_killed_run_is_followed_up_before_anything_is_asked(
    open_store: OpenStore, open_database: OpenDatabase
) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", "alpha one"))
    database = open_database()
    database.run("INSERT INTO unsynced VALUES ('notes.pdf')")
    database.close()
    with open_store() as store:
        assert len(store.matching("alpha", 5)) == 1
    database = open_database()
    assert database.rows("SELECT * FROM unsynced") == []
    database.close()
