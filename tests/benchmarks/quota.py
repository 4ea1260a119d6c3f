"""How near the scheduler comes to the fastest that a service allows, on a simulated clock.

    python -m tests.benchmarks.quota [--quick]

Lower bound of n pages: max((⌈n/RPM⌉−1)·60 s, (⌈n/RPD⌉−1)·1 day, n·L/C) + L.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from math import ceil, inf
from random import Random

from loaders.errors import ModelError
from loaders.reading.rate_limiting.scheduler import QuotaSpent
from tests.benchmarks.simulated_service import (
    START,
    Service,
    Shared,
    SimulatedScheduler,
    processes,
)
from tests.simulated_time import SimulatedLoop, run_simulated


@dataclass
class Run:
    """What came of one simulated ingest."""

    pages: int
    seconds: float
    bound: float
    lost: int
    requests: int
    refusals: int

    @property
    def ratio(self) -> float:
        return self.seconds / self.bound

    def line(self, name: str) -> str:
        return (
            f"{name}: {self.ratio:.3f} × the bound ({self.seconds:,.0f} s), lost {self.lost}, "
            f"{self.requests / self.pages:.3f} requests a page, {self.refusals} × 429"
        )


def ingest(
    pages: int,
    service: Service,
    *,
    at_once: int = 512,
    schedulers: Sequence[SimulatedScheduler] = (),
) -> Run:
    """Read that many pages, `at_once` of them under way at most."""
    loop = service.loop
    schedulers = schedulers or [SimulatedScheduler("m", clock=loop.time, random=Random(7))]
    lost = run_simulated(loop, _ingest(pages, service, schedulers, at_once))
    minutes = ceil(pages / service.per_minute) - 1 if service.per_minute < inf else 0
    days = ceil(pages / service.per_day) - 1 if service.per_day < inf else 0
    bound = max(minutes * 60, days * 86400, pages * service.latency / at_once) + service.latency
    seconds = loop.now - START
    return Run(pages, seconds, bound, lost, service.requests, service.refusals)


async def _ingest(
    pages: int, service: Service, schedulers: Sequence[SimulatedScheduler], at_once: int
) -> int:
    left, turns = iter(range(pages)), cycle(schedulers)
    losses = await asyncio.gather(
        *(_worker(left, service, next(turns)) for _ in range(min(at_once, pages)))
    )
    return sum(losses)


async def _worker(left: Iterator[int], service: Service, scheduler: SimulatedScheduler) -> int:
    lost = 0
    for _ in left:
        try:
            await _read(service, scheduler)
        except ModelError:
            lost += 1
    return lost


async def _read(service: Service, scheduler: SimulatedScheduler) -> None:
    while True:
        try:
            await scheduler.acall(service.ask)
            return
        except QuotaSpent as spent:
            await asyncio.sleep(spent.resume_at - service.loop.now)


def service(seed: int, **options: object) -> Service:
    return Service(SimulatedLoop(START), Random(seed), **options)  # type: ignore[arg-type]


def p1() -> Iterator[str]:
    """22 pages at 10 and 15 requests a minute, limits told and not told."""
    for per_minute in (10, 15):
        for tells in (True, False):
            runs = [
                ingest(22, service(seed, per_minute=per_minute, tells_limit=tells))
                for seed in range(20)
            ]
            ratios = [run.ratio for run in runs]
            yield (
                f"P1 {per_minute}/min, limit {'told' if tells else 'not told'}: mean "
                f"{sum(ratios) / len(ratios):.3f}, worst {max(ratios):.3f}, lost "
                f"{sum(run.lost for run in runs)}, at most {max(r.refusals for r in runs)} × 429"
            )


def p2() -> Iterator[str]:
    """1000 pages at 15 a minute."""
    for seed in range(3):
        yield ingest(1000, service(seed, per_minute=15)).line(f"P2 seed {seed}")


def p3(pages: int = 100_000) -> Iterator[str]:
    """100 000 pages at 2000 a minute while a minute in five is a storm of 503."""
    for name, share in (("storms of 50 %", 0.5), ("storms of 90 %", 0.9), ("storms of 30 %", 0.3)):
        storms = tuple((start, start + 60.0, share) for start in range(120, 86400, 600))
        yield ingest(pages, service(1, per_minute=2000, storms=storms)).line(f"P3 {name}")


def p4() -> Iterator[str]:
    """A limit of 100 a day: nothing is sent before it comes back."""
    busy = service(1, per_day=100, per_minute=60)
    busy.resets_at = START + 7 * 3600
    run = ingest(250, busy, at_once=8)
    early = len(busy.arrivals_after_park)
    last = START + 7 * 3600 + 86400
    yield (
        f"P4: lost {run.lost}, {early} requests refused on two days, "
        f"finished {busy.loop.now - last:.1f} s after the second reset"
    )


def p5(pages: int = 100_000) -> Iterator[str]:
    """As many at 2000 a minute by 1, 4 and 16 workers, who share the quota."""
    for count in (1, 4, 16):
        asked = service(1, per_minute=2000)
        shared = Shared(asked.loop)
        workers = processes(count, asked.loop, shared)
        run = ingest(pages, asked, at_once=512, schedulers=workers)
        turns = f"{shared.turns / pages:.2f} turns a page"
        yield f"{run.line(f'P5 {count} workers')}, {1 / run.ratio:.3f} of the bound's pace, {turns}"


def main() -> None:
    """Print every figure."""
    quick = "--quick" in sys.argv
    for lines in (
        p1(),
        p2(),
        p3(10_000 if quick else 100_000),
        p4(),
        p5(10_000 if quick else 100_000),
    ):
        for line in lines:
            print(line, flush=True)  # noqa: T201 - a benchmark tells its figures


if __name__ == "__main__":
    main()
