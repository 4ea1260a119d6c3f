from __future__ import annotations

import re
from os import getenv  # noqa: TID251 - what libraries read
from pathlib import Path

import pytest

from loaders.errors import UsageError
from pagewise.settings import load_settings

ROOT = Path(__file__).parents[2]
OWN = re.compile(r"\"((?:PAGEWISE|GOOGLE|GEMINI|CHROMA|DATABASE)_[A-Z_]+)\"")


def test_the_example_names_every_setting() -> None:
    read = set(OWN.findall((ROOT / "pagewise" / "settings.py").read_text(encoding="utf-8")))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert {name for name in read if name not in example} == set()
    assert len(read) > 8


def test_offline_no_key_is_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "not-a-real-key")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    settings = load_settings(offline=True)
    assert settings.is_local
    assert not settings.tracing
    assert settings.google_api_key == ""


def test_a_key_means_gemini_unless_a_setting_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "not-a-real-key")
    monkeypatch.setenv("PAGEWISE_EMBEDDINGS", "local")
    settings = load_settings()
    assert settings.reader == settings.chat == "google_genai:gemini-3.8-flash"
    assert settings.embeddings == "local"
    assert "not-a-real-key" not in repr(settings)


def test_a_tracing_mode_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING_MODE", "hotel")
    with pytest.raises(UsageError, match="langsmith, otel or hybrid"):
        load_settings()


@pytest.mark.parametrize(("said", "tier"), [("", ""), ("standard", ""), ("Flex", "flex")])
def test_a_tier_is_one_that_exists(said: str, tier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEWISE_GEMINI_TIER", said)
    assert load_settings().gemini_tier == tier
    monkeypatch.setenv("PAGEWISE_GEMINI_TIER", "cheap")
    with pytest.raises(UsageError, match="standard or flex"):
        load_settings()


def test_the_library_here_is_used_and_else_the_users_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("platformdirs")
    monkeypatch.setenv("PAGEWISE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.chdir(tmp_path)
    own = load_settings()
    assert own.home.is_relative_to(tmp_path / "user")
    assert own.home.name == "pagewise"
    (tmp_path / ".pagewise").mkdir()
    assert load_settings().home == Path(".pagewise")
    assert not own.is_home_named
    assert load_settings(tmp_path).is_home_named
    here = load_settings(Path())
    assert (here.home, here.is_home_named) == (Path(), True)


def test_no_library_tells_its_makers(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"ANONYMIZED_TELEMETRY": "False", "ORT_DISABLE_TELEMETRY": "1"}
    for name in names:
        monkeypatch.setenv(name, "")
    load_settings()
    assert {name: getenv(name) for name in names} == names
