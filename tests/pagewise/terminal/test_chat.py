"""The conversation: in a pipe, in a terminal, and when a model is slow or fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.terminal.chat import models_line
from tests.typed import Typed

ROOT = Path(__file__).parents[3]
QUESTION = "What was the revenue of Leak sensors in 2025?"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (Settings(), "Local models; nothing leaves this machine (GOOGLE_API_KEY brings Gemini)."),
        (Settings(offline=True), "Local models; nothing leaves this machine."),
        (
            Settings(reader="google_genai:a", chat="google_genai:a", embeddings="google_genai:b"),
            "a reads and answers, b finds.",
        ),
        (
            Settings(reader="google_genai:a", chat="openai:c"),
            "a reads, c answers, this machine finds.",
        ),
    ],
    ids=["no-key", "offline", "gemini", "mixed"],
)
def test_a_newcomer_is_told_which_models_work(settings: Settings, line: str) -> None:
    told = models_line(settings)
    assert told.startswith(line)
    assert len(told) <= 80


def test_somebody_types_asks_interrupts_and_leaves(sample_library: Library, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    with Typed(home) as typed:
        typed.wait_for("› ")
        assert "1 document, 8 pages. Ask a question, or type /help." in typed.shown
        typed.type("half a ques\x03")
        typed.wait_for("Ctrl-D ends.\r\n› ")
        typed.type(f"{QUESTION}\r")
        typed.wait_for("[1] larkmoor.pdf, p. 3")
        assert typed.leave() == 0
    assert f"+{QUESTION}" in (home / "history").read_text(encoding="utf-8")
    assert (home / "history").stat().st_mode & 0o077 == 0
