"""Structure-aware mutation of everything that comes from outside, against what must always hold.

    python -m tests.benchmarks.fuzz [--minutes N] [--only NAME] [--seed N]

Markup, tables, model replies, formulas, questions, HTTP requests and PDFs are put together from
pieces that mean something, cut, doubled and flipped. Holds: no exception but ours; what is shown is
clean; outcomes add up; nothing takes more than a moment of CPU; the library is readable after. What
fails is made small and printed; it becomes an example in `tests/test_fuzz.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz_targets import TARGETS, Target
from tests.fuzz_world import World

ROUND = 60
"""Examples of one target before the next has its turn; a slow one has fewer."""


@dataclass
class Report:
    """What was tried, and what failed, each kind once."""

    tried: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)


def run(minutes: float, only: str, first_seed: int) -> Report:
    """Round after round, until the time is over."""
    report, end, number = Report(), time.monotonic() + minutes * 60, first_seed
    chosen = {name: one for name, one in TARGETS.items() if only in {"", name}}
    with tempfile.TemporaryDirectory() as folder, World(Path(folder)) as world:
        while time.monotonic() < end:
            for name, target in chosen.items():
                try_target(name, target, world, number, report)
                if time.monotonic() > end:
                    break
            number += 1
        world.require_readable()
    return report


def try_target(name: str, target: Target, world: World, number: int, report: Report) -> None:
    """One round of a target; what fails is remembered with its smallest input."""
    last: list[Any] = [None]

    def check(value: Any) -> None:
        last[0] = value
        report.tried[name] += 1
        began = time.process_time()
        target.check(value, world)
        spent = time.process_time() - began
        assert spent < target.seconds, f"{spent:.1f} s of CPU"

    try:
        once(target, number, check)()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        kind = f"{name}: {type(error).__name__}: {str(error)[:160]}"
        if kind not in report.failures:
            report.failures[kind] = repr(last[0])
            sys.stdout.write(f"{kind}\n    {last[0]!r}\n")
            sys.stdout.flush()


def once(target: Target, number: int, check: Callable[[Any], None]) -> Callable[[], None]:
    """Hypothesis over one target, with a seed of its own."""
    bound = settings(
        database=None,
        deadline=None,
        max_examples=max(1, ROUND // target.cost),
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    found: Callable[[], None] = seed(number)(bound(given(target.values)(check)))
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--only", default="", choices=["", *TARGETS])
    parser.add_argument("--seed", type=int, default=int(time.time()))
    words = parser.parse_args()
    report = run(words.minutes, words.only, words.seed)
    told = {"seed": words.seed, "tried": report.tried, "failures": len(report.failures)}
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
