"""Kill an index run anywhere with SIGKILL, resume it, and compare with a run that was left alone.

    python -m tests.benchmarks.kills [TIMES] [PDF]

Pages are read by the real client from the emulator; nothing may be lost, doubled or paid for twice
beyond the calls that were under way.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from loaders.storing.databases.sqlite_database import SqliteDatabase
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "larkmoor.pdf"


def answer(request: Request) -> Reply:
    """A page is told by its image; an answer takes a while, so that there is time to be killed."""
    time.sleep(0.15)
    return Reply(f"<chunk>\n## Part\nThis is what image {hash(request.images[0])} shows.\n</chunk>")


def start(pdf: Path, home: Path, url: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {  # noqa: TID251 - a child's environment, not settings
        "GOOGLE_API_KEY": KEY,
        "GOOGLE_GEMINI_BASE_URL": url,
        "PAGEWISE_READER": f"google_genai:{CHAT}",
        "PAGEWISE_CHAT": "local",
    }
    command = [sys.executable, str(ROOT / "main.py"), "index", str(pdf), "--home", str(home)]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=nowhere, stderr=nowhere)


def contents(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that must be equal, whatever happened on the way."""
    database = SqliteDatabase(home / "library.sqlite")
    try:
        return {
            "pages": database.rows("SELECT * FROM pages ORDER BY 1, 2"),
            "readings": database.rows(
                "SELECT fingerprint, outcome, markup, reader, audit FROM readings ORDER BY 1"
            ),
            "chunks": database.rows(
                "SELECT chunk_id, ordinal, content, metadata FROM chunks ORDER BY 2"
            ),
            "vectors": database.rows("SELECT * FROM vectors ORDER BY 1, 2"),
        }
    finally:
        database.close()


def main() -> None:
    """Print what came of every kill."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    pdf = Path(sys.argv[2]) if len(sys.argv) > 2 else SAMPLE
    chance = random.Random(5)
    with GeminiEmulator(otherwise=answer) as emulator, tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        start(pdf, Path(folder, "whole"), emulator.url).wait()
        seconds, calls = time.monotonic() - began, len(emulator.generations)
        whole = contents(Path(folder, "whole"))
        equal = most_repeated = 0
        for number in range(times):
            home = Path(folder, str(number))
            before = len(emulator.generations)
            run = start(pdf, home, emulator.url)
            time.sleep(chance.uniform(0.2, 1.0) * seconds)
            run.kill()
            run.wait()
            code = start(pdf, home, emulator.url).wait()
            repeated = len(emulator.generations) - before - calls
            most_repeated = max(most_repeated, repeated)
            is_equal = code == 0 and contents(home) == whole
            equal += is_equal
            print(f"kill {number + 1}: equal {is_equal}, calls repeated {repeated}", flush=True)  # noqa: T201
        print(  # noqa: T201
            f"{equal} of {times} resumed libraries equal the uninterrupted one; at most "
            f"{most_repeated} calls repeated, at most {emulator.most_at_once} were under way"
        )


if __name__ == "__main__":
    main()
