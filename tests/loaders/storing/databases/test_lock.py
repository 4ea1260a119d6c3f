from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.lock import LibraryLock

HOLD = """
import sys
from pathlib import Path
from loaders.storing.databases.lock import LibraryLock
lock = LibraryLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_with_the_first_ones_number(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LibraryError, match=f"process {holder.pid};"):
            LibraryLock(tmp_path).acquire()
        holder.kill()
        holder.wait()
        LibraryLock(tmp_path).acquire()  # the kernel gave it back


def test_one_process_cannot_open_a_library_twice(tmp_path: Path) -> None:
    with LibraryLock(tmp_path).held(0), pytest.raises(LibraryError, match="in use"):
        LibraryLock(tmp_path).acquire()
    with LibraryLock(tmp_path).held(0):
        pass


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot write here"):
        LibraryLock(tmp_path / "home").acquire()
