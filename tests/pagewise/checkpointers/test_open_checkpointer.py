"""Conversations: what is damaged is told, what is kept is data, and a server may come and go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from loaders.errors import LibraryError
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


def test_a_file_that_holds_no_conversations_is_told_and_left_alone(settings: Settings) -> None:
    file = settings.home / "threads.sqlite"
    file.write_bytes(b"something else, and long enough to look at it" * 100)
    with pytest.raises(LibraryError, match=r"threads\.sqlite: conversations cannot be opened"):
        ask(settings)
    assert file.read_bytes().startswith(b"something else")
