"""Conversations in a file: what stands in their way is told with what helps against it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from pagewise.checkpointers.sqlite_checkpointer import open_sqlite

ROOT = Path(__file__).parents[3]
OPEN = """
import resource, sys
from pathlib import Path
from pagewise.checkpointers.sqlite_checkpointer import open_sqlite

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
open_sqlite(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("room", [0, 8192])
def test_a_full_disk_is_told_to_be_one(tmp_path: Path, room: int) -> None:
    """A limit on the size of files stands for the disk."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path / "threads.sqlite"), str(room)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    )
    told = done.stderr.splitlines()[-1]
    assert "free some space" in told
    assert "without --thread" in told
    assert "move the file" not in told


def test_a_file_that_cannot_be_opened_is_not_to_be_moved(tmp_path: Path) -> None:
    (tmp_path / "threads.sqlite").mkdir()
    with pytest.raises(LibraryError, match="change the folder's permissions, or go on without"):
        open_sqlite(tmp_path / "threads.sqlite")


def test_a_file_of_something_else_is_to_be_moved(tmp_path: Path) -> None:
    (tmp_path / "threads.sqlite").write_bytes(b"something else, and long enough" * 100)
    with pytest.raises(LibraryError, match="move the file away"):
        open_sqlite(tmp_path / "threads.sqlite")
