"""The command as somebody runs it whose traces go to LangSmith."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import SAMPLE
from tests.gemini_emulator import KEY

ROOT = SAMPLE.parent.parent
SECRET = "canary-lsv2-not-a-real-key"


def run_traced(
    home: Path, url: str, *words: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    traced = {"LANGSMITH_TRACING": "true", "LANGSMITH_ENDPOINT": url, "LANGSMITH_API_KEY": SECRET}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--home", str(home), *words],
        env={**os.environ, "PAGEWISE_SERVER_KEY": KEY, **(traced if url else {}), **settings},  # noqa: TID251
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=False,
    )
