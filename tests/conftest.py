"""Fixtures that tests of several folders share; no test may reach another machine."""

from __future__ import annotations

import ipaddress
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from pagewise.library import Library
from pagewise.settings import Settings
from tests.gemini_emulator import GeminiEmulator

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # no test depends on what else the machine does

# Who runs the tests in the background of a shell has them ignore Ctrl-C, which some of them press.
signal.signal(signal.SIGINT, signal.default_int_handler)

SAMPLE = Path(__file__).parent.parent / "samples" / "larkmoor.pdf"

FOREIGN = (
    "GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_GENAI_USE_VERTEXAI",
    "OPENAI_API_KEY", "OPENAI_BASE_URL", "OLLAMA_HOST", "PAGEWISE_CHAT_WINDOW",
    "PAGEWISE_HOME", "PAGEWISE_READER", "PAGEWISE_CHAT", "PAGEWISE_EMBEDDINGS",
    "PAGEWISE_RERANK", "PAGEWISE_SERVER_KEY", "PAGEWISE_CHAT_SEES", "CHROMA_URL", "DATABASE_URL",
    "LANGSMITH_API_KEY", "LANGSMITH_ENDPOINT", "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING_V2", "LANGCHAIN_API_KEY",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy",
)  # fmt: skip


def _is_loopback(address: object) -> bool:
    """Unix sockets, loopback, and the unspecified address, which is this machine too."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).split("%")[0]
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _refuse_other_machines(event: str, values: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and not _is_loopback(values[1]):
        raise PermissionError(f"a test tried to reach {values[1]}")


sys.addaudithook(_refuse_other_machines)  # sees every socket, asyncio's and httpx's too


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing from outside: no key; empty rather than unset, so that no `.env` counts.

    The home is nobody's: a command without one would open the library of who runs the tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in FOREIGN:
            patch.setenv(name, "")
        patch.setenv("PAGEWISE_HOME", str(tmp_path_factory.mktemp("nobody") / "home"))
        yield


@pytest.fixture(scope="session")
def sample_pdf() -> Path:
    """Eight pages of our own; what is true of them stands in samples/truth.json."""
    return SAMPLE


@pytest.fixture(scope="session")
def sample_library(
    clean_environment: None, sample_pdf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The sample, read and indexed once by the embedded default; do not change it."""
    settings = Settings(home=tmp_path_factory.mktemp("sample") / "home", offline=True)
    with Library(settings) as library:
        library.index([str(sample_pdf)])
        yield library


@pytest.fixture(scope="session")
def gemini_server() -> Iterator[GeminiEmulator]:
    with GeminiEmulator() as emulator:
        yield emulator


@pytest.fixture
def gemini(gemini_server: GeminiEmulator) -> Iterator[GeminiEmulator]:
    """The emulator; every scripted reply must have been played when the test ends."""
    gemini_server.reset()
    yield gemini_server
    gemini_server.check_played()
