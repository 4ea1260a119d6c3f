from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HARNESS = Path(__file__).with_name("crash_harness.py")
ROOT = Path(__file__).parents[3]
OLD = ["alpha one", "beta two", "gamma three"]
NEW = ["alpha one", "delta four", "gamma three", "epsilon five"]
LATE = 100_000
"""No call has this number: the writer ends by itself."""


@pytest.mark.parametrize(("deed", "after"), [("replace", NEW), ("remove", [])])
def test_a_writer_killed_anywhere_leaves_the_old_or_the_new(
    tmp_path: Path, deed: str, after: list[str]
) -> None:
    found, killed = attempts(tmp_path, deed)
    assert all(look["agree"] for look in found), found
    assert all(look["texts"] in (OLD, after) for look in found), found
    assert found[0]["texts"] == OLD
    assert found[-1]["texts"] == after
    assert killed > 2


def test_a_reindex_killed_anywhere_is_refused_or_whole_and_can_be_done_again(
    tmp_path: Path,
) -> None:
    found, killed = attempts(tmp_path, "reindex")
    assert all(len(look["answering"]) < 2 for look in found), found
    assert all(look["agree"] and look["texts"] == OLD for look in found), found
    assert found[0]["answering"] == ["test:words"]
    assert found[-1]["answering"] == ["test:other"]
    assert killed > 2


def attempts(folder: Path, deed: str) -> tuple[list[dict[str, Any]], int]:
    """What each attempt left behind, and how many were killed; the last one was not."""
    points = [*range(1, 260, 64), LATE]
    done = subprocess.run(
        [sys.executable, str(HARNESS), str(folder), deed, ",".join(map(str, points))],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    found, ends = lines[0::2], lines[1::2]
    assert [end["looked"] for end in ends] == [0] * len(points), done.stderr
    assert ends[-1]["ended"] == 0
    return found, sum(end["ended"] == signal.SIGKILL for end in ends)
