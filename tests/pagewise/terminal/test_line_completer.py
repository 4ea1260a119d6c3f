"""Tab at the prompt of a conversation."""

from __future__ import annotations

from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from pagewise.terminal.line_completer import LineCompleter


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("/do", ["/documents"]),
        ("/e", ["/export", "/exit"]),
        ("/add rep", ["/add report one.pdf", "/add reports"]),
        ("/add reports/", ["/add reports/2024.pdf"]),
        ("/page 3", []),
        ("What was rep", []),
        ("", []),
    ],
)
def test_commands_and_paths_are_completed(
    typed: str, completed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "2024.pdf").touch()
    (tmp_path / "report one.pdf").touch()
    found = LineCompleter().get_completions(Document(typed), CompleteEvent())
    lines = [typed[: len(typed) + one.start_position] + one.text for one in found]
    assert sorted(lines) == sorted(completed)
