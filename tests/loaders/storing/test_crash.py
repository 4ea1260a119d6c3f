from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

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
    points = [*range(1, 260, 64), LATE]
    done = subprocess.run(
        [sys.executable, str(HARNESS), str(tmp_path), deed, ",".join(map(str, points))],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    found, ends = lines[0::2], lines[1::2]
    assert [end["looked"] for end in ends] == [0] * len(points), done.stderr
    assert all(look["agree"] for look in found), lines
    assert all(look["texts"] in (OLD, after) for look in found), lines
    assert found[0]["texts"] == OLD
    assert found[-1]["texts"] == after
    killed = [end for end in ends if end["ended"] == signal.SIGKILL]
    assert len(killed) > 2
    assert ends[-1]["ended"] == 0
