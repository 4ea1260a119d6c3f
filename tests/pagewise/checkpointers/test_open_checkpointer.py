"""Conversations: what is damaged is told, what is kept is data, and a server may come and go."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import ormsgpack
import pytest

from loaders.errors import LibraryError
from pagewise.checkpointers.open_checkpointer import open_threads
from pagewise.library import Library
from pagewise.settings import Settings
from tests.postgres_server import Postgres, servers

QUESTION = "How many people does the company employ?"
ROOT = Path(__file__).parents[3]


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


def change(settings: Settings, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(settings.home / "threads.sqlite")) as database, database:
        assert database.execute(statement, values).rowcount != 0


def test_a_file_that_holds_no_conversations_is_told_and_left_alone(settings: Settings) -> None:
    file = settings.home / "threads.sqlite"
    file.write_bytes(b"something else, and long enough to look at it" * 100)
    with pytest.raises(LibraryError, match=r"threads\.sqlite: conversations cannot be opened"):
        ask(settings)
    assert file.read_bytes().startswith(b"something else")


def test_damage_within_the_file_is_told(settings: Settings) -> None:
    ask(settings)
    file = settings.home / "threads.sqlite"
    change(settings, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)  # every page but the one with the tables' names
    file.write_bytes(data)
    with pytest.raises(LibraryError, match="conversation"):
        ask(settings)


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x00" * 40, b"\xff" * 40, b"\x83\xa1"])
def test_a_state_that_cannot_be_decoded_is_told_and_others_go_on(
    settings: Settings, damage: bytes
) -> None:
    whole = ask(settings)
    change(settings, "UPDATE checkpoints SET checkpoint = ? WHERE thread_id = 't1'", damage)
    with pytest.raises(LibraryError, match="conversation cannot be read"):
        ask(settings)
    assert ask(settings, "t2") == whole


def test_a_file_that_another_program_holds_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(settings)
    monkeypatch.setattr("pagewise.checkpointers.sqlite_checkpointer.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(settings.home / "threads.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryError, match="locked"):
            ask(settings)
    assert "340" in ask(settings)


@pytest.mark.parametrize("kind", ["pickle", "msgpack"])
def test_a_state_never_runs_code(settings: Settings, tmp_path: Path, kind: str) -> None:
    """Both payloads make a folder when they are read without care."""
    ask(settings)
    trap = tmp_path / "trap"
    named = ormsgpack.packb(["os", "mkdir", str(trap)])
    payload = {
        "pickle": f"cos\nmkdir\n(V{trap}\ntR.".encode(),
        "msgpack": ormsgpack.packb({"v": 1, "id": "1", "channel_values": ormsgpack.Ext(0, named)}),
    }[kind]
    change(settings, "UPDATE checkpoints SET type = ?, checkpoint = ?", kind, payload)
    with pytest.raises(LibraryError, match="conversation"):
        ask(settings)
    assert not trap.exists()


# --- Postgres: a real one, where there is one


@pytest.fixture
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    yield from servers(tmp_path_factory)


OPEN = """
import sys
from pathlib import Path
from pagewise.checkpointers.open_checkpointer import open_threads
sys.stdin.read(1)
open_threads(Path(), sys.argv[1])
"""


def test_a_postgres_that_comes_and_goes(settings: Settings, postgres: Postgres) -> None:
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
    with Library(Settings(home=settings.home, offline=True, database_url=postgres.url())) as asked:
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
