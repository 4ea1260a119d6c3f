from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.storing.records import DocumentRecord
from loaders.storing.store import Store
from tests.words import MODEL, WordEmbeddings, make_chunks

# Chroma's HTTP client forgets sockets: they are collected here, not in some other test.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

START = "from chromadb.cli.cli import app; app()"


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [sys.executable, "-c", START, "run", "--path", str(folder), "--port", str(port)]
    with subprocess.Popen(
        [*command, "--host", "127.0.0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.kill()


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
