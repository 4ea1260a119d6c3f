"""A budget is one for reading and embedding: the command, against the emulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.reading.rate_limiting.prices import usd_of
from pagewise.cli import main
from tests.gemini_emulator import CHAT, EMBEDDINGS, KEY, GeminiEmulator, Reply

LONG = Reply("<chunk>\n" + "The board met and spoke of the harbour. " * 40 + "\n</chunk>")


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch, gemini: GeminiEmulator) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", gemini.url)
    monkeypatch.setenv("PAGEWISE_EMBEDDINGS", f"google_genai:{EMBEDDINGS}")


def embedded(gemini: GeminiEmulator) -> int:
    return sum("mbedContent" in request.path for request in gemini.requests)


@pytest.mark.usefixtures("pair")
def test_embeddings_are_not_bought_beyond_the_budget_and_a_second_run_goes_on(
    small_pdf: Path,
    tmp_path: Path,
    gemini: GeminiEmulator,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PAGEWISE_READER", "local")
    words = ["index", str(small_pdf), "--home", str(tmp_path / "home"), "--json", "--budget"]
    assert main([*words, "0.000001"]) == 3
    printed = capsys.readouterr()
    [line] = [line for line in printed.err.splitlines() if "budget" in line]
    assert "report.pdf: not searchable yet: the budget of 0.000001 USD" in line
    assert "larger --budget" in line
    assert embedded(gemini) == 0
    [document] = json.loads(printed.out)["documents"]
    assert (document["outcomes"], document["chunks"], document["usd"]) == ({"ok": 2}, 0, 0.0)

    assert main([*words, "0.01"]) == 0
    [document] = json.loads(capsys.readouterr().out)["documents"]
    assert document["chunks"] == 2
    assert 0 < document["usd"] < 0.001
    assert embedded(gemini) == 1


@pytest.mark.usefixtures("pair")
def test_reading_and_embedding_spend_the_same_money(
    small_pdf: Path,
    tmp_path: Path,
    gemini: GeminiEmulator,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PAGEWISE_READER", f"google_genai:{CHAT}")
    gemini.otherwise = lambda request: LONG
    words = ["index", str(small_pdf), "--home", str(tmp_path / "home"), "--json"]
    assert main([*words, "--budget", "1"]) == 0
    [document] = json.loads(capsys.readouterr().out)["documents"]
    read = len(gemini.generations) * usd_of(CHAT, *LONG.tokens)
    assert read < document["usd"] < read + 0.001
