"""The small library, and a question to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pagewise.library import Library
from pagewise.settings import Settings

QUESTION = "How many people does the company employ?"


@pytest.fixture
def settings(small_library: Library, tmp_path: Path) -> Settings:
    """A copy of the small library, without conversations."""
    home = tmp_path / "home"
    shutil.copytree(
        small_library.settings.home, home, ignore=shutil.ignore_patterns("lock*", "threads*")
    )
    return Settings(home=home, offline=True)


def ask(settings: Settings, thread: str = "t1") -> str:
    with Library(settings) as library:
        return library.ask(QUESTION, thread=thread).answer
