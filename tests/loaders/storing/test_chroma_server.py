from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from loaders.errors import LibraryError
from loaders.storing.records import DocumentRecord
from loaders.storing.store import Store
from loaders.storing.vectors import Vectors
from tests.words import MODEL, WordEmbeddings, make_chunks

# Chroma's HTTP client forgets sockets: they are collected here, not in some other test.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ROOT = Path(__file__).parents[3]
START = "from chromadb.cli.cli import app; app()"


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


class Server:
    """A real Chroma server on loopback, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        options = ["--path", str(self.folder), "--port", str(self.port), "--host", "127.0.0.1"]
        nowhere = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "run", *options], stdout=nowhere, stderr=nowhere
        )
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


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
from loaders.storing.records import DocumentRecord
from loaders.storing.store import Store
from tests.words import MODEL, WordEmbeddings, make_chunks
home, url, name = sys.argv[1:]
with Store(Path(home), WordEmbeddings(), MODEL, chroma_url=url) as store:
    for number in range(4):
        pdf = f"{name}-{number}.pdf"
        store.replace(DocumentRecord(pdf, pdf), make_chunks(pdf, f"{name} {number}", "shared"))
"""


def writer(home: Path, url: str, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, str(home), url, name], cwd=ROOT, stderr=subprocess.PIPE
    )


def test_two_processes_write_while_a_third_reads(server: str, tmp_path: Path) -> None:
    with Store(tmp_path, WordEmbeddings(), MODEL, chroma_url=server) as reader:
        writers = [writer(tmp_path, server, name) for name in ("one", "two")]
        while any(process.poll() is None for process in writers):
            hits = reader.matching("shared", 20) + reader.nearest("shared", 20)
            reader.chunks([hit.chunk_id for hit in hits])
            time.sleep(0.05)
        assert [process.returncode for process in writers] == [0, 0]
        assert reader.counts() == (16, 16, 16)
        assert len(reader.matching("shared", 20)) == len(reader.documents()) == 8
        assert len(reader.nearest("shared", 20)) == 16
        reader.remove("one-0.pdf")  # a reader may write, after others have
        assert reader.counts() == (14, 14, 14)


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
        assert len(reader.nearest(np.ones(8, np.float32), 20)) == 4
        reader.close()


def write_four_times(home: Path, collection: str, url: str) -> None:
    vectors = Vectors(home, collection, url)
    for number in range(4):
        vectors.add([str(number)], [np.ones(8, np.float32)], ["text"], [{"source": "a.pdf"}])
    vectors.close()


def test_a_server_killed_and_started_again_has_lost_nothing(chroma: Server, tmp_path: Path) -> None:
    chunks = make_chunks("a.pdf", "alpha", "beta")
    with Store(tmp_path, WordEmbeddings(), MODEL, chroma_url=chroma.url) as store:
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
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    server = Server(tmp_path_factory.mktemp("killed"))
    try:
        with Store(tmp_path, WordEmbeddings(), MODEL, chroma_url=server.url) as reader:
            writers = [writer(tmp_path, server.url, name) for name in ("one", "two")]
            while len(reader.documents()) < 2 and any(one.poll() is None for one in writers):
                time.sleep(0.01)
            server.kill()
            for process in writers:
                process.communicate()  # they may have failed, or have been done
            server.start()
            again = [writer(tmp_path, server.url, name) for name in ("one", "two")]
            assert [process.wait() for process in again] == [0, 0]
            assert reader.counts() == (16, 16, 16)
            assert len(reader.nearest("shared", 20)) == 16
            assert len(reader.matching("shared", 20)) == 8
    finally:
        server.kill()


def test_a_library_embedded_again_is_found_by_who_has_it_open(server: str, tmp_path: Path) -> None:
    with Store(tmp_path, WordEmbeddings(), MODEL, chroma_url=server) as reader:
        reader.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", "alpha", "beta"))
        with Store(tmp_path, WordEmbeddings(), MODEL, chroma_url=server) as other:
            other.reindex()
        assert reader.nearest("alpha", 1)[0].score > 0.99
        assert reader.counts() == (2, 2, 2)


def test_libraries_on_one_server_keep_apart(server: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        with Store(tmp_path / name, WordEmbeddings(), MODEL, chroma_url=server) as store:
            store.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", f"text {name}"))
            assert store.counts() == (1, 1, 1)
    with Store(tmp_path / "one", WordEmbeddings(), MODEL, chroma_url=server) as store:
        [hit] = store.nearest("text one", 5)
        assert store.chunks([hit.chunk_id])[0].page_content == "text one"
        store.remove("a.pdf")
        assert store.counts() == (0, 0, 0)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with Store(tmp_path, WordEmbeddings(), MODEL, chroma_url="http://127.0.0.1:9") as store:
        with pytest.raises(LibraryError, match="CHROMA_URL"):
            store.replace(DocumentRecord("a.pdf", "a"), make_chunks("a.pdf", "text"))
        assert store.documents() == []
