from __future__ import annotations

import gc
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from loaders.errors import LibraryError, UsageError
from loaders.storing.search import vector_index
from loaders.storing.search.vector_index import Vectors
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.chroma_server import Server
from tests.loaders.storing.conftest import IN_A_FILE
from tests.words import MODEL, WordEmbeddings, make_chunks

# Chroma's HTTP client forgets sockets: they are collected here, not in some other test.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.kill()


@pytest.fixture
def server(chroma: Server) -> str:
    return chroma.url


WRITE = """
import sys
from pathlib import Path
from loaders.storing.truth.records import DocumentRecord
from loaders.storing.store import Store
from tests.words import MODEL, WordEmbeddings, make_chunks
home, url, name, database_url = sys.argv[1:]
where = Path(home), WordEmbeddings(), MODEL
with Store(*where, chroma_url=url, database_url=database_url) as store:
    for number in range(4):
        pdf = f"{name}-{number}.pdf"
        store.replace(DocumentRecord(pdf, pdf), make_chunks(pdf, f"{name} {number}", "shared"))
"""


At = Callable[..., Store]
Writer = Callable[[str, str], "subprocess.Popen[bytes]"]


@pytest.fixture
def at(database_url: str) -> At:
    """Opens a library in this folder, with that Chroma server."""

    def opener(home: Path, url: str, model: str = MODEL) -> Store:
        return Store(home, WordEmbeddings(), model, chroma_url=url, database_url=database_url)

    return opener


def written(tmp_path: Path, url: str, name: str, database_url: str, first: str = "") -> list[str]:
    """The command of a writer; with Postgres it is of another machine, with a folder of its own."""
    home = tmp_path / name if database_url else tmp_path
    return [sys.executable, "-c", first + WRITE, str(home), url, name, database_url]


@pytest.fixture
def writer(tmp_path: Path, database_url: str) -> Writer:
    def start(url: str, name: str) -> subprocess.Popen[bytes]:
        command = written(tmp_path, url, name, database_url)
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)

    return start


def errors_of(processes: list[subprocess.Popen[bytes]]) -> list[bytes]:
    return [process.communicate()[1] for process in processes]


def test_two_processes_write_while_a_third_reads(
    server: str, tmp_path: Path, at: At, writer: Writer
) -> None:
    with at(tmp_path, server) as reader:
        writers = [writer(server, name) for name in ("one", "two")]
        while any(process.poll() is None for process in writers):
            hits = reader.matching("shared", 20) + reader.nearest("shared", 20)
            reader.chunks([hit.chunk_id for hit in hits])
            time.sleep(0.05)
        assert [process.returncode for process in writers] == [0, 0], errors_of(writers)
        assert reader.counts() == (16, 16, 16)
        assert len(reader.matching("shared", 20)) == len(reader.documents()) == 8
        assert len(reader.nearest("shared", 20)) == 16
        reader.remove("one-0.pdf")  # a reader may write, after others have
        assert reader.counts() == (14, 14, 14)


def test_a_write_does_not_count_what_is_there(
    server: str, tmp_path: Path, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(tmp_path, server) as store, at(tmp_path, server) as another:
        assert store.counts() == another.counts() == (0, 0, 0)
        monkeypatch.delattr(Vectors, "count")  # to count takes the longer the more there is
        for name, writing in {"a.pdf": store, "b.pdf": another, "c.pdf": store}.items():
            writing.replace(DocumentRecord(name, name), make_chunks(name, name))
        monkeypatch.undo()
        assert store.counts() == another.counts() == (3, 3, 3)


def test_a_question_beside_the_first_write_of_a_library_is_answered(
    server: str, tmp_path: Path
) -> None:
    for number in range(8):  # without patience about every second round fails
        reader = Vectors(tmp_path, f"first-{number}", server)
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write_four_times, tmp_path, f"first-{number}", server)
            while not writing.done():
                reader.nearest(np.ones(8, np.float32), 20)
            writing.result()
        assert len(reader.nearest(np.ones(8, np.float32), 20) or ()) == 4
        reader.close()


def write_four_times(home: Path, collection: str, url: str) -> None:
    vectors = Vectors(home, collection, url)
    for number in range(4):
        vectors.add([str(number)], [np.ones(8, np.float32)], ["text"], [{"source": "a.pdf"}])
    vectors.close()


def test_a_server_killed_and_started_again_has_lost_nothing(
    chroma: Server, tmp_path: Path, at: At
) -> None:
    chunks = make_chunks("a.pdf", "alpha", "beta")
    with at(tmp_path, chroma.url) as store:
        store.replace(DocumentRecord("a.pdf", "a"), chunks)
        chroma.kill()
        with pytest.raises(LibraryError, match="CHROMA_URL"):
            store.replace(DocumentRecord("b.pdf", "b"), make_chunks("b.pdf", "gamma"))
        chroma.start()
        assert store.counts() == (2, 2, 2)
        store.replace(DocumentRecord("b.pdf", "b"), make_chunks("b.pdf", "gamma"))
        assert store.nearest("gamma", 1)[0].score > 0.99
        assert store.counts() == (3, 3, 3)


def test_a_server_killed_beneath_two_writers_has_lost_nothing_when_they_go_on(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, at: At, writer: Writer
) -> None:
    server = Server(tmp_path_factory.mktemp("killed"))
    try:
        with at(tmp_path, server.url) as reader:
            writers = [writer(server.url, name) for name in ("one", "two")]
            while len(reader.documents()) < 2 and any(one.poll() is None for one in writers):
                time.sleep(0.01)
            server.kill()
            for process in writers:
                process.communicate()  # they may have failed, or have been done
            server.start()
            again = [writer(server.url, name) for name in ("one", "two")]
            assert [process.wait() for process in again] == [0, 0], errors_of(again)
            assert reader.counts() == (16, 16, 16)
            assert len(reader.nearest("shared", 20)) == 16
            assert len(reader.matching("shared", 20)) == 8
    finally:
        server.kill()


def test_a_library_embedded_again_is_found_by_who_has_it_open(
    server: str, tmp_path: Path, at: At
) -> None:
    with at(tmp_path, server) as reader:
        reader.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", "alpha", "beta"))
        with at(tmp_path, server) as other:
            other.reindex()
        assert reader.nearest("alpha", 1)[0].score > 0.99
        assert reader.counts() == (2, 2, 2)


@IN_A_FILE
def test_libraries_on_one_server_keep_apart(server: str, tmp_path: Path, at: At) -> None:
    for name in ("one", "two"):
        with at(tmp_path / name, server) as store:
            store.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", f"text {name}"))
            assert store.counts() == (1, 1, 1)
    with at(tmp_path / "one", server) as store:
        [hit] = store.nearest("text one", 5)
        assert store.chunks([hit.chunk_id])[0].page_content == "text one"
        store.remove("a.pdf")
        assert store.counts() == (0, 0, 0)


def test_a_server_that_is_not_there_is_told(tmp_path: Path, at: At) -> None:
    with at(tmp_path, "http://127.0.0.1:9") as store:
        with pytest.raises(LibraryError, match="CHROMA_URL"):
            store.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", "text"))
        assert store.documents() == []


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000",
        "localhost:8000",
        "ftp://127.0.0.1:8000",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
        "http://127.0.0.1:8000/path",
        "http://user:canary@127.0.0.1:8000",
        "http://",
    ],
)
def test_an_address_of_no_server_is_refused_and_not_repeated(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="write it like") as told:
        Vectors(tmp_path, url=url)
    assert "canary" not in str(told.value)


class SomethingElse(BaseHTTPRequestHandler):
    """Says hello to whatever it is asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"hello": "world"}')

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_another_service_on_that_port_is_told(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), SomethingElse) as service:
        serving = threading.Thread(target=service.serve_forever)
        serving.start()
        try:
            with pytest.raises(LibraryError, match="no Chroma server"):
                Vectors(tmp_path, url=f"http://127.0.0.1:{service.server_port}")
        finally:
            service.shutdown()
            serving.join()


def test_a_server_that_hangs_is_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(tmp_path_factory.mktemp("hanging"))
    try:
        opened = Vectors(tmp_path, url=server.url)
        assert opened._client._server._session.timeout.read == vector_index.ANSWER_SECONDS
        opened.close()
        server.process.send_signal(signal.SIGSTOP)
        monkeypatch.setattr(vector_index, "CONNECT_SECONDS", 0.2)
        with pytest.raises(LibraryError, match="slow to answer"):
            Vectors(tmp_path, url=server.url)
    finally:
        server.kill()


def test_a_library_made_anew_is_found_by_who_was_broken_off(
    server: str, tmp_path: Path, at: At
) -> None:
    with at(tmp_path, server) as store:
        store.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", "alpha", "beta"))
        with pytest.raises(LibraryError, match="no such document"):
            store.remove("b.pdf")
        with pytest.raises(ZeroDivisionError), store._turn():
            raise ZeroDivisionError
        with at(tmp_path, server) as other:
            other.reindex()
        assert store.counts() == (2, 2, 2)
        assert store.nearest("alpha", 1)[0].score > 0.99


def test_who_asks_while_the_index_is_made_anew_waits_for_it(
    server: str, tmp_path: Path, at: At
) -> None:
    with (
        at(tmp_path, server) as writer,
        at(tmp_path, server) as reader,
        ThreadPoolExecutor(1) as pool,
    ):
        writer.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", "alpha", "beta"))
        assert len(reader.nearest("alpha", 5)) == 2
        with writer._turn():
            writer._indexes.vectors.clear()
            answer = pool.submit(reader.nearest, "alpha", 5)
            with pytest.raises(TimeoutError):
                answer.result(timeout=0.3)
            writer._indexes.rebuild()
        assert len(answer.result()) == 2


KILLED_BEFORE_THE_INDEXES = """
import os, signal
from loaders.storing.indexes import Indexes
Indexes.follow = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_writer_left_undone_is_done_by_who_has_it_open(
    server: str, tmp_path: Path, at: At, database_url: str
) -> None:
    with at(tmp_path, server) as reader:
        reader.replace(DocumentRecord("one-0.pdf", "old"), make_chunks("one-0.pdf", "old text"))
        code = KILLED_BEFORE_THE_INDEXES
        command = written(tmp_path, server, "one", database_url, code)
        killed = subprocess.run(command, cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
        assert len(reader.matching("shared", 5)) == 1
        assert reader.nearest("one 0", 1)[0].score > 0.99


def test_a_library_on_a_server_and_in_its_folder_by_turns_is_never_stale(
    server: str, tmp_path: Path, at: At
) -> None:
    for number, url in enumerate((server, "", server, "")):
        with at(tmp_path, url) as store:
            text = f"version {number}"
            store.replace(DocumentRecord("a.pdf", text), make_chunks("a.pdf", text))
            [hit] = store.nearest(text, 5)
            assert store.chunks([hit.chunk_id])[0].page_content == text
            assert store.counts() == (1, 1, 1)


def test_one_who_waited_while_another_model_came_is_refused(
    server: str, tmp_path: Path, at: At
) -> None:
    with at(tmp_path, server) as store:
        chunks = make_chunks("a.pdf", "alpha")
        store.replace(DocumentRecord("a.pdf", "a"), chunks)

        def meanwhile(_done: int, _total: int) -> None:
            with at(tmp_path, server, "test:other") as other:
                other.reindex()

        with pytest.raises(LibraryError, match="embedded with test:other"):
            store.replace(DocumentRecord("b.pdf", "b"), make_chunks("b.pdf", "beta"), meanwhile)
    with at(tmp_path, server, "test:other") as other:
        assert other.counts() == (1, 1, 1)
        assert [record.name for record in other.documents()] == ["a.pdf"]
