"""A Postgres and a Chroma server for all tests of the queue; each test its own schema."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.chroma_server import Server
from tests.gemini_emulator import GeminiEmulator
from tests.postgres_server import Postgres, servers
from tests.queue_world import World, world

_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    pytest.importorskip("procrastinate")
    pytest.importorskip("obstore")
    yield from servers()


@pytest.fixture(scope="session")
def chroma(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()


@pytest.fixture
def local(postgres: Postgres, chroma: Server, tmp_path: Path) -> Iterator[World]:
    """Everything read by the embedded default."""
    with world(tmp_path, postgres.url(f"queue{next(_numbers)}"), chroma.url, "") as made:
        yield made
    gc.collect()  # what Chroma's client leaves open is told here, not in somebody else's test


@pytest.fixture
def paid(local: World, gemini: GeminiEmulator) -> World:
    """Pages read by the emulator of Gemini."""
    local.gemini_url = gemini.url
    return local
