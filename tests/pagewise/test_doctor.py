"""`doctor` names what is wrong, and shows no secret."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from loaders.reading.rate_limiting import prices
from pagewise.doctor import Finding, examine, successors
from pagewise.library import Library
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, EMBEDDINGS, KEY, GeminiEmulator
from tests.provider_emulators import OllamaShelf, ProviderEmulator


@pytest.fixture
def settings(tmp_path: Path, gemini: GeminiEmulator) -> Settings:
    return Settings(
        home=tmp_path,
        reader=f"google_genai:{CHAT}",
        chat=f"google_genai:{CHAT}",
        embeddings=f"google_genai:{EMBEDDINGS}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )


def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(settings)}


def test_all_is_well_with_a_key_and_models_that_exist(settings: Settings) -> None:
    found = findings(settings)
    assert all(finding.is_well for finding in found.values())
    assert found["Gemini"].state == "127.0.0.1 answers; 4 models for this key"
    assert found["Google API key"].state == "set"
    assert KEY not in str(found)


def test_limits_that_the_system_lacks_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "limit" not in findings(settings)["machine"].state
    monkeypatch.setitem(sys.modules, "resource", None)
    told = findings(settings)["machine"].state
    assert "without a limit of memory, written files and CPU time" in told


def test_a_retired_model_is_named_with_its_successors(settings: Settings) -> None:
    found = findings(replace(settings, chat="google_genai:gemini-2.0-flash"))
    assert not found["PAGEWISE_CHAT"].is_well
    assert found["PAGEWISE_CHAT"].state == (
        f"gemini-2.0-flash is retired or unknown; its successors: {CHAT}"
    )


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gemini-2.0-flash", ["gemini-3.8-flash", "gemini-3.5-flash"]),
        ("gemini-2.0-flash-lite", ["gemini-3.5-flash-lite"]),
        ("gemini-3.0-pro-preview", ["gemini-3.1-pro-preview"]),
        ("text-embedding-004", ["gemini-embedding-2", "gemini-embedding-001"]),
    ],
)
def test_successors_are_the_newest_of_the_same_kind(model: str, expected: list[str]) -> None:
    usable = [
        "gemini-3.5-flash", "gemini-3.5-flash-lite", "gemini-3.8-flash", "gemini-3.1-pro-preview",
        "gemini-3.8-flash-image", "gemini-embedding-001", "gemini-embedding-2",
    ]  # fmt: skip
    assert successors(model, usable) == expected


def test_a_key_that_is_refused_is_told_without_being_shown(settings: Settings) -> None:
    found = findings(replace(settings, google_api_key="canary-wrong"))
    assert not found["Gemini"].is_well
    assert "GOOGLE_API_KEY" in found["Gemini"].state
    assert "canary" not in str(found)


def test_a_missing_key_is_wrong_where_gemini_is_wanted(settings: Settings) -> None:
    assert not findings(replace(settings, google_api_key=""))["Google API key"].is_well
    local = Settings(home=settings.home)
    assert findings(local)["Google API key"].state == "not set, and not needed"


def test_a_file_is_no_library(settings: Settings, small_pdf: Path) -> None:
    [found] = [one for one in examine(replace(settings, home=small_pdf)) if one.what == "library"]
    assert (found.is_well, "is a file" in found.state) == (False, True)


def test_offline_asks_nobody(settings: Settings, gemini: GeminiEmulator) -> None:
    gemini.requests.clear()
    assert "Gemini" not in findings(replace(settings, offline=True))
    assert gemini.requests == []


def test_a_library_in_use_is_told_and_is_nothing_wrong(sample_library: Library) -> None:
    found = findings(sample_library.settings)
    assert found["library"].is_well
    assert "in use by process" in found["library"].state


def test_a_library_of_another_embedding_model_is_wrong(settings: Settings, small_pdf: Path) -> None:
    with Library(Settings(home=settings.home, offline=True)) as library:
        library.index([str(small_pdf)])
    found = findings(settings)
    assert not found["its embeddings"].is_well
    assert found["pages"].state == "2: 2 ok"
    assert found["indexes"].is_well


@pytest.mark.parametrize(
    ("changed", "state", "is_well"),
    [
        ({}, "ollama:qwen3:8b: pulled; 32768 tokens at once", True),
        ({"chat": "ollama:llama9:1b"}, "fetch it with `ollama pull llama9:1b`", False),
        ({"ollama_host": "http://127.0.0.1:9"}, "start it with `ollama serve`", False),
        ({"chat": "openai:gpt-5-mini"}, "openai:gpt-5-mini: its server answers", True),
        ({"chat": "openai:m", "openai_base_url": ""}, "no key; set OPENAI_API_KEY", False),
        ({"chat": "openai:m", "openai_base_url": "http://127.0.0.1:9/v1"}, "OPENAI_BASE", False),
        ({"chat": "mistralai:m", "provider_keys": {"MISTRAL_API_KEY": KEY}}, "[mistral]", False),
    ],
    ids=["well", "not pulled", "down", "openai", "no key", "openai down", "no package"],
)
def test_other_providers_are_looked_at(
    tmp_path: Path, changed: dict[str, str], state: str, is_well: bool
) -> None:
    with ProviderEmulator() as server:
        server.models["qwen3:8b"] = OllamaShelf()
        settings = Settings(
            home=tmp_path,
            chat="ollama:qwen3:8b",
            ollama_host=server.url,
            openai_base_url=f"{server.url}/v1",
        )
        found = findings(replace(settings, **changed))["PAGEWISE_CHAT"]  # type: ignore[arg-type]
    assert state in found.state
    assert found.is_well == is_well
    assert KEY not in found.state


def test_a_model_that_another_will_answer_for_is_told(
    settings: Settings, gemini: GeminiEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    gemini.models = (*gemini.models, "gemini-2.5-flash")
    monkeypatch.setattr(prices, "_today", lambda: date(2026, 11, 28))
    found = findings(replace(settings, chat="google_genai:gemini-2.5-flash"))["PAGEWISE_CHAT"]
    assert "from 2026-12-01 gemini-3.5-flash-lite answers, and is billed" in found.state
