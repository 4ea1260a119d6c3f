"""Conversations: what is damaged is told, what is kept is data, and a server may come and go."""

from __future__ import annotations

import pytest

from loaders.errors import LibraryError
from pagewise.settings import Settings
from tests.pagewise.checkpointers.conftest import ask


def test_a_file_that_holds_no_conversations_is_told_and_left_alone(settings: Settings) -> None:
    file = settings.home / "threads.sqlite"
    file.write_bytes(b"something else, and long enough to look at it" * 100)
    with pytest.raises(LibraryError, match=r"threads\.sqlite: conversations cannot be opened"):
        ask(settings)
    assert file.read_bytes().startswith(b"something else")
