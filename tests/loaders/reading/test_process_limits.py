"""Systems without limits of a process can still read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WITHOUT = """
import sys
sys.modules["resource"] = None
import loaders.reading.worker
from loaders.reading.process_limits import allow_more_memory, limit, limit_cpu, missing
limit_cpu(1.0)
allow_more_memory()
print(limit(1, 1), missing(), sep=": ")
"""


def test_without_the_module_resource_nothing_is_limited_and_all_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False: memory, written files and CPU time"
