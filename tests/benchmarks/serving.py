"""`serve` under many clients, with slow, dead and hostile ones among them, for a long time.

    python -m tests.benchmarks.serving [--questions 5000] [--clients 1 8 32 100]

Each honest client has a thread of its own and asks for the figures of one place after the other.
Holds: each answer is the one to its question, each kept thread is its client's, no status but 200
and 503, `/health` answers throughout, and the memory after is at most 1.1 times that after 200.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from pagewise.library import Library
from pagewise.settings import Settings
from tests.hostile_files import page

ROOT = Path(__file__).parents[2]
PLACES = ["Hamburg", "Leeds", "Turin", "Lyon", "Porto", "Gdansk", "Bergen", "Zagreb"]
UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Else each client reads all certificates: with a hundred of them all stand still for seconds."""
WARM = 200
MOST_GROWTH = 1.1
HALVES = [b"", b"GET /health HT", b"POST /pagewise/invoke HTTP/1.1\r\nHost: localhost\r\n"]
BODY_MISSING = HALVES[2] + b"Content-Length: 900\r\n\r\n{"
HOSTILE = [
    b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: [::1\r\n\r\n",
    b'POST /pagewise/invoke HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"a": \xff\xfe',
    b"\x16\x03\x01\x02\x00\x01\x00",
]


@dataclass
class Report:
    """What was seen."""

    statuses: Counter[int] = field(default_factory=Counter)
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest_health_s: float = 0.0
    megabytes: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def figure(place: str) -> str:
    return str(311 + 17 * PLACES.index(place))


def make_library(home: Path) -> None:
    with Library(Settings(home=home, offline=True)) as library:
        for place in PLACES:
            text = f"The works in {place} employ {figure(place)} people."
            content = f"BT /F 12 Tf 20 100 Td ({text}) Tj ET".encode()
            file = home.parent / f"{place}.pdf"
            file.write_bytes(page(content))
            library.index([str(file)])


@contextmanager
def serving(home: Path) -> Iterator[tuple[int, int]]:
    """The command as a user runs it: its port and its process."""
    words = [sys.executable, "main.py", "--home", str(home), "--offline", "serve", "--port", "0"]
    process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    found = None
    while found is None:
        found = re.search(r"127\.0\.0\.1:(\d+)", process.stderr.readline())
    # What it logs of hostile clients is taken away, else it would wait with a full pipe.
    threading.Thread(target=process.stderr.read).start()
    try:
        yield int(found[1]), process.pid
    finally:
        assert process.poll() is None, process.returncode
        process.terminate()
        process.wait(timeout=60)


def resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


async def ask(client: httpx.AsyncClient, thread: str, place: str, report: Report) -> None:
    """One question, again while the server is full."""
    asked = {
        "input": {"question": f"How many people do the works in {place} employ?"},
        "config": {"configurable": {"thread_id": thread}},
    }
    while True:
        try:
            reply = await client.post("/pagewise/invoke", json=asked)
        except httpx.TransportError as error:
            report.wrong.append(f"{place}: {error!r}")
            return
        report.statuses[reply.status_code] += 1
        if reply.status_code != 503:
            break
        await asyncio.sleep(0.2)
    answer = reply.json()["output"]["answer"] if reply.status_code == 200 else reply.text
    if figure(place) not in answer:
        report.wrong.append(f"{place}: {answer[:200]}")
    report.asked += 1


async def honest(port: int, name: str, count: int, report: Report) -> None:
    address = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=address, timeout=300, verify=UNUSED) as client:
        for number in range(count):
            await ask(client, name, PLACES[(hash(name) + number) % len(PLACES)], report)


async def trouble(port: int, over: asyncio.Event) -> None:
    """Clients that send half, say nonsense, do not read, or hang up in the middle of an answer."""
    body = json.dumps({"input": {"question": "How many people work in Leeds?"}}).encode()
    whole = HALVES[2] + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    kinds, number = [*HALVES, BODY_MISSING, *HOSTILE, whole], 0
    held: list[socket.socket] = []
    while not over.is_set():
        with suppress(OSError):
            one = socket.create_connection(("127.0.0.1", port), timeout=5)
            one.sendall(kinds[number % len(kinds)])
            held.append(one)
        if len(held) > 60:
            held.pop(0).close()
        number += 1
        await asyncio.sleep(0.05)
    for one in held:
        one.close()


async def look(port: int, over: asyncio.Event, report: Report) -> None:
    """Whether the server is well, again and again, each time as somebody new."""
    while not over.is_set():
        began = time.monotonic()
        async with httpx.AsyncClient(timeout=300, verify=UNUSED) as client:
            try:
                reply = await client.get(f"http://127.0.0.1:{port}/health")
            except httpx.TransportError as error:
                report.wrong.append(f"health: {error!r}")
                continue
        assert reply.status_code == 200
        report.slowest_health_s = max(report.slowest_health_s, time.monotonic() - began)
        await asyncio.sleep(0.5)


async def drive(port: int, pid: int, crowds: list[int], questions: int, report: Report) -> None:
    over = asyncio.Event()
    around = [asyncio.ensure_future(one) for one in (trouble(port, over), look(port, over, report))]
    await honest(port, "warm", WARM, report)
    report.megabytes["after 200"] = round(resident(pid), 1)
    for crowd in crowds:
        began, each = time.monotonic(), max(1, questions // len(crowds) // crowd)
        await asyncio.gather(
            *(honest(port, f"{crowd}-{number}", each, report) for number in range(crowd))
        )
        sys.stderr.write(f"{crowd} clients, {report.asked} asked, {len(report.wrong)} wrong\n")
        report.seconds[f"a question, {crowd} clients"] = round(
            (time.monotonic() - began) / each / crowd, 4
        )
        report.megabytes[f"after {crowd} clients"] = round(resident(pid), 1)
    over.set()
    await asyncio.gather(*around)


def threads_mixed(home: Path, crowds: list[int]) -> list[str]:
    """Threads whose kept turns are not their client's."""
    mixed = []
    with Library(Settings(home=home, offline=True)) as library:
        for name in (f"{crowd}-{number}" for crowd in crowds for number in range(crowd)):
            config: Any = {"configurable": {"thread_id": name}}
            turns = library.threaded_graph.get_state(config).values["history"]
            places = [place for turn in turns for place in PLACES if place in turn[0]]
            start = PLACES.index(places[0])
            expected = [PLACES[(start + step) % len(PLACES)] for step in range(len(places))]
            if places != expected:
                mixed.append(name)
    return mixed


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=5000)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32, 100])
    words = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_library(home)
        with serving(home) as (port, pid):
            asyncio.run(drive(port, pid, words.clients, words.questions, report))
        mixed = threads_mixed(home, words.clients)
    sizes = list(report.megabytes.values())
    growth = round(max(sizes) / sizes[0], 3)
    told = {
        "asked": report.asked,
        "statuses": report.statuses,
        "wrong": report.wrong[:5],
        "threads mixed": mixed,
        "slowest health, s": round(report.slowest_health_s, 2),
        "seconds": report.seconds,
        "megabytes": report.megabytes,
        "growth": growth,
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    holds = not report.wrong and not mixed and set(report.statuses) <= {200, 503}
    return 0 if holds and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
