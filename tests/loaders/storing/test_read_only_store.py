"""Who only reads: beside a writer, on a full disk, after a kill; always one moment."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.storing.read_only_store import ReadOnlyStore, open_to_read
from loaders.storing.store import Store
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import DocumentRecord
from tests.loaders.storing.conftest import IN_A_FILE, OpenDatabase, OpenStore
from tests.words import MODEL, WordEmbeddings, make_chunks

ROOT = Path(__file__).parents[3]
REPORT = DocumentRecord("report.pdf", "aaa", source="/in/report.pdf", pages=3)
TEXTS = ("revenue grew strongly", "staff numbers fell", "outlook for next year")


Reading = Callable[..., AbstractContextManager[ReadOnlyStore]]


@pytest.fixture
def reading(home: Path, database_url: str) -> Reading:
    """Opens the library of this test to be read."""

    def opener(model: str = MODEL) -> AbstractContextManager[ReadOnlyStore]:
        def to_write() -> Store:
            return Store(home, WordEmbeddings(), model, database_url=database_url)

        where = home, WordEmbeddings(), model
        show = partial(ReadOnlyStore, *where, database_url=database_url)
        return closing(open_to_read(show, to_write))

    return opener


def seen(store: Store) -> tuple[object, ...]:
    """All that a question looks at."""
    near = [(hit.chunk_id, round(hit.score, 3)) for hit in store.nearest("staff numbers", 9)]
    words = [hit.chunk_id for hit in store.matching("staff numbers outlook", 9)]
    ids = sorted(chunk_id for chunk_id, _ in near)
    return store.documents(), near, words, store.chunks(ids), len(store.profiles(ids))


def test_who_reads_beside_a_writer_sees_what_the_writer_sees(
    open_store: OpenStore, reading: Reading
) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
    with reading() as reader:
        assert seen(reader) == seen(store)
        only = Filters(documents=("report.pdf",), first_page=1)
        assert len(reader.nearest("staff", 9, only)) == len(reader.matching("staff", 9, only)) + 1


def test_one_moment_is_shown_whatever_is_written_meanwhile(
    open_store: OpenStore, reading: Reading
) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
    with reading() as reader:
        before = seen(reader)
        store.replace(DocumentRecord("report.pdf", "b"), make_chunks("report.pdf", "all new"))
        assert seen(reader) == before
    with reading() as reader:
        assert seen(reader) == seen(store) != before


def test_readers_beside_a_busy_writer_see_whole_documents(
    open_store: OpenStore, reading: Reading
) -> None:
    store = open_store()
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            texts = [f"common version{number} part {part}" for part in range(number % 4 + 1)]
            store.replace(DocumentRecord("a.pdf", str(number)), make_chunks("a.pdf", *texts))

    store.replace(DocumentRecord("a.pdf", "0"), make_chunks("a.pdf", "common version0"))
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(12):
            with reading() as reader:
                ids = {hit.chunk_id for hit in reader.matching("common", 9)}
                assert ids == {hit.chunk_id for hit in reader.nearest("common", 9)}
                texts = [chunk.page_content for chunk in reader.chunks_of("a.pdf")]
                assert len(ids) == len(texts) == int(reader.documents()[0].sha256) % 4 + 1
                assert len({text.split()[1] for text in texts}) == 1
    finally:
        stop.set()
        writer.join()


def test_who_reads_changes_nothing_and_holds_nobody_up(
    open_store: OpenStore, reading: Reading
) -> None:
    with open_store() as store:
        store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
    with reading() as reader, open_store() as store:
        changes: list[Callable[[], object]] = [
            lambda: reader.remove("report.pdf"),
            reader.reindex,
            reader.check,
        ]
        for change in changes:
            with pytest.raises(LibraryError, match="opened to be read"):
                change()
        store.remove("report.pdf")
        assert len(reader.documents()) == 1


def test_a_library_that_is_not_there_is_empty_and_is_not_made(home: Path, reading: Reading) -> None:
    with reading() as reader:
        assert reader.documents() == []
        assert reader.matching("anything", 3) == reader.nearest("anything", 3) == []
    assert not (home / "library.sqlite").exists()


def test_what_a_killed_writer_left_is_finished_first(
    open_store: OpenStore, open_database: OpenDatabase, reading: Reading
) -> None:
    with open_store() as store:
        store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
        before = seen(store)
    database = open_database()
    database.run("INSERT INTO unsynced VALUES ('report.pdf')")
    database.set_meta("analyzer", "of another version")
    with reading() as reader:
        assert seen(reader) == before
        assert reader.catalog.unsynced() == []


def test_words_that_are_not_in_step_are_indexed_in_memory(
    open_store: OpenStore, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.storing.read_only_store.PATIENCE", 0.0)
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
    before = seen(store)
    store._database.run("INSERT INTO unsynced VALUES ('report.pdf')")
    with reading() as reader:  # the writer holds the lock, and is slow
        assert seen(reader) == before


def test_a_library_that_is_being_embedded_says_so(open_store: OpenStore, reading: Reading) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
    store._database.run("DELETE FROM vectors")
    with reading() as reader, pytest.raises(LibraryError, match="not all vectors"):
        reader.nearest("staff", 3)
    with reading(model="test:other") as reader, pytest.raises(LibraryError, match="reindex"):
        reader.nearest("staff", 3)


ASK = """
import resource, sys
from pathlib import Path
from loaders.storing.read_only_store import ReadOnlyStore, open_to_read
from loaders.storing.truth.records import shown_text
from loaders.storing.store import Store
from tests.words import MODEL, WordEmbeddings

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
home = Path(sys.argv[1])
write = lambda: Store(home, WordEmbeddings(), MODEL)
store = open_to_read(lambda: ReadOnlyStore(home, WordEmbeddings(), MODEL), write)
print(len(store.documents()), len(store.nearest("staff", 9)), len(store.matching("staff", 9)))
"""


@IN_A_FILE
@pytest.mark.parametrize("is_held", [True, False], ids=["beside a writer", "alone"])
def test_a_full_disk_can_be_read(open_store: OpenStore, home: Path, *, is_held: bool) -> None:
    """No file of the process may grow: a limit on their size stands for the disk."""
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", *TEXTS))
    if not is_held:
        store.close()
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(home)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert done.stdout.split() == ["1", "3", "1"], done.stderr
