"""OpenAI and Ollama from settings, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.generation.chat_writer import ModelWriter
from pagewise.models.local_embeddings import LocalEmbeddings
from pagewise.models.providers import load_writer
from pagewise.settings import Settings
from tests.provider_emulators import (
    EMBED,
    GEMMA,
    OPENAI_KEY,
    QWEN,
    VISION,
    OllamaShelf,
    ProviderEmulator,
)

QUESTION = "Which training length does Orion use?"


@pytest.fixture
def server() -> Iterator[ProviderEmulator]:
    with ProviderEmulator() as emulator:
        emulator.models |= {
            QWEN: OllamaShelf(),
            VISION: OllamaShelf(capabilities=("completion", "vision", "thinking")),
            GEMMA: OllamaShelf(window=8192, capabilities=("completion",)),
            EMBED: OllamaShelf(window=2048, capabilities=("embedding",)),
        }
        yield emulator


@pytest.fixture
def ollama(server: ProviderEmulator, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, chat=f"ollama:{QWEN}", ollama_host=server.url)


@pytest.fixture
def openai(server: ProviderEmulator, tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        chat="openai:gpt-5-mini",
        embeddings="openai:text-embedding-3-small",
        openai_base_url=f"{server.url}/v1",
        provider_keys={"OPENAI_API_KEY": OPENAI_KEY},
    )


BOTH = ["openai", "ollama"]


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest) -> Settings:
    found: Settings = request.getfixturevalue(request.param)
    return found


PAGE = "<chunk>\n## Results\nRevenue rose to 4,711 million.\n</chunk>"


def writer_for(settings: Settings) -> ModelWriter:
    made = load_writer(settings, LocalEmbeddings(), lambda document, page, box: b"")
    assert isinstance(made, ModelWriter)
    return made
