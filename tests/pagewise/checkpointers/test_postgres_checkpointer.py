"""Conversations in Postgres, which may come and go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from pagewise.checkpointers.open_checkpointer import open_threads
from pagewise.library import Library
from pagewise.settings import Settings
from tests.postgres_server import Postgres, servers

QUESTION = "How many people does the company employ?"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    yield from servers()


OPEN = """
import sys
from pathlib import Path
from pagewise.checkpointers.open_checkpointer import open_threads
sys.stdin.read(1)
open_threads(Path(), sys.argv[1])
"""


def test_a_postgres_that_comes_and_goes(
    small_pdf: Path, tmp_path: Path, postgres: Postgres
) -> None:
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, postgres.url()], cwd=ROOT, stdin=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for opener in openers:  # all of them make the tables
        assert opener.stdin
        opener.stdin.write(b"go")
        opener.stdin.close()
    assert [opener.wait() for opener in openers] == [0, 0, 0]
    settings = Settings(home=tmp_path / "home", offline=True, database_url=postgres.url())
    with Library(settings) as asked:
        asked.index([str(small_pdf)])
        assert "340" in asked.ask(QUESTION, thread="t1").answer
        postgres.stop()
        with pytest.raises(LibraryError, match="DATABASE_URL") as told:
            asked.ask(QUESTION, thread="t1")
        assert "canary" not in str(told.value)
        postgres.start()
        assert "340" in asked.ask(QUESTION, thread="t1").answer
        state = asked.threaded_graph.get_state({"configurable": {"thread_id": "t1"}})
        assert len(state.values["history"]) == 2
    assert not (settings.home / "threads.sqlite").exists()


def test_a_postgres_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg_pool")
    with pytest.raises(LibraryError, match="DATABASE_URL") as told:
        open_threads(tmp_path, "postgresql://me:canary@127.0.0.1:9/threads")
    assert "canary" not in str(told.value)
