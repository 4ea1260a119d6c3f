"""What is damaged is told, and what is kept is data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import ormsgpack
import pytest

from loaders.errors import LibraryError
from pagewise.settings import Settings
from tests.pagewise.checkpointers.conftest import ask


def change(settings: Settings, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(settings.home / "threads.sqlite")) as database, database:
        assert database.execute(statement, values).rowcount != 0


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


def test_a_file_that_another_program_holds_is_to_be_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(settings)
    monkeypatch.setattr("pagewise.checkpointers.sqlite_checkpointer.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(settings.home / "threads.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryError, match=r"locked.*wait until"):
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
