"""Odd, broken and hostile files through the real command, one process a file.

    python -m tests.benchmarks.robustness [--data DIR] [--command read|index] [--only NAME]

DIR holds the files, or `files/` and an `index.csv` whose column `password` tells how to open some;
those are read twice, as they are and as a copy without the password, which is what the message
advises. Without DIR the files are those of `tests/hostile_files.py`. Holds: each file ends with a
named outcome, in 60 seconds of CPU (one more for each further page) and in memory, counted over the
whole tree of processes, with no traceback, no crash and nothing on stdout that is no JSON.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

from loaders.pages.page import Outcome
from tests.hostile_files import write_all

ROOT = Path(__file__).parents[2]
SECONDS, SECONDS_A_PAGE, MEGABYTES = 60.0, 1.0, 2048.0
"""Of CPU, for that does not depend on what else the machine does."""
HANGS = 1800.0
TICK = 0.05
"""Seconds between two looks at the memory."""
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Run:
    """What became of one file."""

    name: str
    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    code: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """Why it does not hold; empty if it does."""


def files_in(data: Path, folder: Path) -> Iterator[Path]:
    """Yield the files, and after a file with a known password its copy without it."""
    index = data / "index.csv"
    passwords: dict[str, str] = {}
    if index.is_file():
        with index.open(encoding="utf-8", newline="") as lines:
            passwords = {row["file"]: row["password"] for row in csv.DictReader(lines)}
    within = data / "files" if (data / "files").is_dir() else data
    for path in sorted(within.iterdir()):
        yield path
        if passwords.get(path.name):
            with pymupdf.open(path) as document:
                if document.authenticate(passwords[path.name]):
                    copy = folder / f"opened_{path.name}"
                    document.save(copy, encryption=pymupdf.mupdf.PDF_ENCRYPT_NONE)
                    yield copy


def resident(root: int) -> float:
    """Megabytes that a process and all its descendants hold at this moment."""
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, IndexError):
            continue  # it ended meanwhile
    return total * PAGE_SIZE / 1024**2


def watch(process: subprocess.Popen[bytes], run: Run) -> None:
    """Note the most memory that was held at once, until the process ends."""
    while process.poll() is None:
        run.megabytes = max(run.megabytes, resident(process.pid))
        time.sleep(TICK)


def cpu_spent() -> float:
    """Seconds that all processes which have ended took."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run_file(path: Path, command: str, home: Path) -> Run:
    """Run the command on one file; what does not end is killed."""
    how = ["--format", "json"] if command == "read" else ["--json"]
    words = [sys.executable, str(ROOT / "main.py"), command, str(path), *how, "--offline"]
    run, began, spent = Run(path.name), time.monotonic(), cpu_spent()
    process = subprocess.Popen(
        [*words, "--home", str(home)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    watcher = threading.Thread(target=watch, args=(process, run))
    watcher.start()
    try:
        out, err = process.communicate(timeout=HANGS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        run.faults.append("hangs")
    watcher.join()
    run.seconds, run.cpu = time.monotonic() - began, cpu_spent() - spent
    run.code = process.returncode
    judge(run, out, err.decode(errors="replace"))
    weigh(run)
    return run


def weigh(run: Run) -> None:
    """Hold what it took against what it may take."""
    if run.cpu > SECONDS + SECONDS_A_PAGE * max(0, run.outcomes.total() - 1):
        run.faults.append(f"{run.cpu:.1f} s of CPU")
    if run.megabytes > MEGABYTES:
        run.faults.append(f"{run.megabytes:.0f} MB")


def judge(run: Run, out: bytes, err: str) -> None:
    """Hold what was printed against what is promised."""
    if run.code not in {0, 1, 3}:
        run.faults.append(f"exit {run.code}")
    if "Traceback" in err:
        run.faults.append("traceback")
    try:
        run.outcomes = outcomes_in(out)
    except (ValueError, KeyError, TypeError) as error:
        run.faults.append(f"stdout: {error!r}"[:80])
    if run.code == 1 and not run.outcomes:
        run.outcomes["refused"] = 1
        if not any(run.name in line for line in err.splitlines()):
            run.faults.append("fails and does not say why")
    elif not run.outcomes:
        run.faults.append("no outcome")


def outcomes_in(out: bytes) -> Counter[str]:
    """Count the outcomes of all pages; a page that is not ok must say why."""
    found: Counter[str] = Counter()
    if not out.strip():
        return found
    answer: dict[str, Any] = json.loads(out.decode())
    if "pages" in answer and isinstance(answer["pages"], list):
        for page in answer["pages"]:
            found[Outcome(page["outcome"])] += 1
            if page["outcome"] not in {"ok", "blank"} and not page["detail"]:
                raise ValueError(f"page {page['page']} does not say why")
    else:
        found.update({Outcome(name): count for name, count in answer["outcomes"].items()})
    return found


def main() -> None:
    """Print every file that does not hold, and the totals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--command", choices=("read", "index"), default="read")
    parser.add_argument("--only", default="", help="files whose name has this in it")
    parser.add_argument("--each", action="store_true", help="a line for every file")
    options = parser.parse_args()
    runs: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "own")
        own.mkdir()
        files = files_in(options.data, Path(folder)) if options.data else write_all(own)
        for number, path in enumerate(files):
            if options.only in path.name:
                home = Path(folder, f"home{number}")
                runs.append(run_file(path, options.command, home))
                if runs[-1].faults or options.each:
                    print(line(runs[-1]), flush=True)  # noqa: T201
    print(totals(runs))  # noqa: T201


def line(run: Run) -> str:
    """One file as a line of the table."""
    outcomes = " ".join(f"{count} {name}" for name, count in run.outcomes.items())
    fault = "FAILS: " + ", ".join(run.faults) if run.faults else "holds"
    figures = f"{run.seconds:6.1f} s {run.cpu:6.1f} s CPU {run.megabytes:6.0f} MB exit {run.code}"
    return f"{figures}  {outcomes[:40]:40}  {run.name}: {fault}"


def totals(runs: list[Run]) -> str:
    """How many hold, and the worst of everything."""
    well = sum(not run.faults for run in runs)
    outcomes = sum((run.outcomes for run in runs), Counter())
    slow = max(runs, key=lambda run: run.cpu, default=Run("-"))
    large = max(runs, key=lambda run: run.megabytes, default=Run("-"))
    told = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    return (
        f"{well} of {len(runs)} hold; slowest {slow.cpu:.1f} s of CPU ({slow.name}), "
        f"largest {large.megabytes:.0f} MB ({large.name}); {told}"
    )


if __name__ == "__main__":
    main()
