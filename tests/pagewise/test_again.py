"""`index --strict` and `--again`, as they are typed, against the emulator."""

from __future__ import annotations

from pathlib import Path

import pytest

from pagewise.cli import main
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply


@pytest.fixture
def words(
    monkeypatch: pytest.MonkeyPatch, gemini: GeminiEmulator, small_pdf: Path, tmp_path: Path
) -> list[str]:
    """`index report.pdf` with Gemini as reader."""
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", gemini.url)
    monkeypatch.setenv("PAGEWISE_READER", f"google_genai:{CHAT}")
    monkeypatch.setenv("PAGEWISE_EMBEDDINGS", "local")
    return ["index", str(small_pdf), "--home", str(tmp_path / "home")]


def test_numbers_in_doubt_are_not_ok_for_who_is_strict(
    words: list[str], gemini: GeminiEmulator, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "<chunk>Revenue rose to 12.9 million euros in 2023. The board met nine times.</chunk>"
    gemini.otherwise = lambda request: Reply(text)
    assert main([*words, "--strict"]) == 3
    assert "2 ok · 2 with doubts (see audit)" in capsys.readouterr().err
    assert main(words) == 0
    calls = len(gemini.generations)
    assert main([*words, "--strict"]) == 3  # unchanged, and still in doubt
    assert len(gemini.generations) == calls


def test_a_refused_page_is_asked_for_again_only_on_demand(
    words: list[str], gemini: GeminiEmulator, capsys: pytest.CaptureFixture[str]
) -> None:
    gemini.otherwise = lambda request: Reply(finish="SAFETY", no_parts=True)
    for _ in range(4):
        assert main([*words, "--pages", "1"]) == 3
    assert len(gemini.generations) == 3
    assert "only --again asks more" in capsys.readouterr().err
    assert main([*words, "--pages", "1", "--again"]) == 3
    assert len(gemini.generations) == 4
