"""Writers, readers and a Chroma server, all of them killed at random; nothing may be lost.

    python -m tests.benchmarks.processes [SECONDS_A_ROUND] [ROUNDS] [SEED]

Every writer and reader is `python main.py` as a user runs it, on one library. Each writer has
documents of its own, which it changes and removes, and one that all of them write. After each
round the server is started again, and the library is compared with what the runs reported.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

from pagewise.library import Library
from pagewise.settings import Settings
from tests.chroma_server import Server

ROOT = Path(__file__).parents[2]
WRITERS, READERS, DOCUMENTS = 3, 3, 2
SHARED = "shared.pdf"
PLACES = ("harbour", "valve", "turbine", "ledger", "meadow")


def write_pdf(file: Path, version: int) -> None:
    """Three pages that tell the version, one of them always the same; in place at once."""
    name = file.stem
    document = pymupdf.open()
    for text in (
        f"The {name} pump has a rated flow of {version} litres per minute.",
        f"The {name} pump stands between the {PLACES[len(name) % 5]} and the tower.",
        f"Version {version} of the {name} report was approved by the board.",
    ):
        document.new_page(width=420, height=300).insert_text((40, 80), text, fontsize=11)
    fresh = file.with_suffix(".new")
    document.save(fresh)
    fresh.rename(file)


@dataclass
class Known:
    """What may be in the library under a name: `None` stands for no document."""

    versions: set[int | None] = field(default_factory=lambda: {None})
    last: int = 1000
    turn: threading.Lock = field(default_factory=threading.Lock)


class Round:
    """Everything at once for a while."""

    def __init__(self, folder: Path, server: Server, known: dict[str, Known], seed: int) -> None:
        self.folder, self.server, self.known = folder, server, known
        self.home, self.seed = folder / "home", seed
        self.over = threading.Event()
        self.down: list[tuple[float, float]] = []
        self.tally: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.killed: set[int] = set()

    def start(self, who: str, *words: str) -> subprocess.Popen[str]:
        environment = os.environ | {  # noqa: TID251 - a child's environment, not settings
            "CHROMA_URL": self.server.url,
            "PAGEWISE_HOME": str(self.home),
        }
        process = subprocess.Popen(
            [sys.executable, "main.py", *words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running[who] = process
        return process

    def ran(self, who: str, *words: str) -> tuple[int, str, bool]:
        """Its exit code and output, and whether the server was up all the while."""
        began = time.monotonic()
        process = self.start(who, *words)
        out, err = process.communicate()
        code, killed = process.returncode, process.pid in self.killed
        was_up = not any(end >= began for _, end in self.down)
        what = f"{words[0]} {'killed' if killed and code < 0 else code}"
        self.tally[what + ("" if was_up else " (server was down)")] += 1
        if "Traceback" in err or "unexpected failure" in err:
            self.wrong.append(f"{words}: {err}")
        elif code and not killed:
            told = [line for line in err.splitlines() if line.startswith("pagewise: ")]
            if was_up or len(told) != 1:
                self.wrong.append(f"{words} ended {code}, server up {was_up}: {err.strip()}")
        return code, out, was_up

    def write(self, number: int) -> None:
        chance = random.Random(self.seed * 100 + number)
        own = [f"writer{number}n{index}.pdf" for index in range(DOCUMENTS)]
        while not self.over.is_set():
            name = chance.choice([*own, SHARED])
            known = self.known[name]
            if name == SHARED:
                self.put(f"writer{number}", name)
                continue
            if None not in known.versions and chance.random() < 0.25:
                before = known.versions
                known.versions = {*before, None}
                code, *_ = self.ran(f"writer{number}", "remove", name)
                if code == 0:
                    known.versions = {None}
            else:
                self.put(f"writer{number}", name)

    def put(self, who: str, name: str) -> None:
        """The next version; a run that reported success has left it, or a later one."""
        known = self.known[name]
        with known.turn:
            known.last += 1
            version = known.last
            known.versions = {*known.versions, version}
            write_pdf(self.folder / name, version)
        code, *_ = self.ran(who, "index", str(self.folder / name))
        if code == 0 and name != SHARED:
            known.versions = {version}

    def read(self, number: int) -> None:
        chance = random.Random(self.seed * 100 + 50 + number)
        while not self.over.is_set():
            name = chance.choice([name for name in self.known if name != SHARED])
            stem = name.removesuffix(".pdf")
            before = set(self.known[name].versions)
            question = f"What is the rated flow of the {stem} pump?"
            code, out, _ = self.ran(f"reader{number}", "ask", question, "--json")
            possible = before | self.known[name].versions
            if code == 0:
                self.judge(question, json.loads(out), possible, self.known[name].last)

    def judge(
        self, question: str, answer: dict[str, object], possible: set[int | None], last: int
    ) -> None:
        said = set(map(int, re.findall(r"\b1\d{3}\b", str(answer["answer"]))))
        oldest = min((version for version in possible if version), default=0)
        if None in possible or (said and said <= {*possible, *range(oldest, last + 1)}):
            self.tally["answer right"] += 1
        else:
            self.wrong.append(f"{question} {answer['answer']!r}, possible: {possible}")

    def kill(self) -> None:
        chance = random.Random(self.seed)
        while not self.over.wait(chance.uniform(1.0, 6.0)):
            if chance.random() < 0.3:
                began = time.monotonic()
                self.server.kill()
                self.down.append((began, float("inf")))
                time.sleep(chance.uniform(0.0, 3.0))
                self.server.start()
                self.down[-1] = (began, time.monotonic())
                self.tally["server killed"] += 1
                continue
            writers = [p for who, p in self.running.items() if who.startswith("writer")]
            process = chance.choice(writers)
            if process.poll() is None:
                self.killed.add(process.pid)
                process.send_signal(signal.SIGKILL)
                self.tally["writer killed"] += 1

    def run(self, seconds: float) -> None:
        work = [threading.Thread(target=self.write, args=(n,)) for n in range(WRITERS)]
        work += [threading.Thread(target=self.read, args=(n,)) for n in range(READERS)]
        for thread in work:
            thread.start()
        time.sleep(1.0)
        killer = threading.Thread(target=self.kill)
        killer.start()
        time.sleep(seconds)
        self.over.set()
        for thread in [*work, killer]:
            thread.join()

    def look(self) -> None:
        """Compare what is there with what was reported."""
        settings = Settings(home=self.home, chroma_url=self.server.url)
        with Library(settings) as library:
            store = library.store
            counts = store.counts()
            names = {record.name for record in library.documents()}
            stored = {chunk.id for name in names for chunk in store.chunks_of(name)}
            indexes = store._indexes
            in_chroma = {key for name in self.known for key in indexes.vectors.ids_of(name)}
            in_words = {key for name in self.known for key in indexes.lexical.ids_of(name)}
            if not (len(set(counts)) == 1 and stored == in_chroma == in_words):
                self.wrong.append(f"counts {counts}, ids {len(stored), len(in_chroma)}")
            if len(stored) != counts[0]:
                self.wrong.append(f"{counts[0]} chunks, of documents {len(stored)}")
            for name, known in self.known.items():
                self.look_at(library, name, known)
        self.tally["chunks"] = counts[0]

    def look_at(self, library: Library, name: str, known: Known) -> None:
        texts = [chunk.page_content for chunk in library.store.chunks_of(name)]
        said = {int(number) for text in texts for number in re.findall(r"\b1\d{3}\b", text)}
        if not texts and None in known.versions:
            known.versions = {None}
            return
        if len(said) != 1 or not said <= known.versions:
            self.wrong.append(f"{name} holds {said}, possible: {known.versions}; {texts}")
            return
        known.versions = said | set()
        outcomes = [str(reading.outcome) for reading in library.readings(name)]
        if outcomes != ["ok"] * 3:
            self.wrong.append(f"{name}: {outcomes}")
        question = f"What is the rated flow of the {name.removesuffix('.pdf')} pump?"
        answer = library.ask(question)
        if str(*said) not in answer.answer:
            self.wrong.append(f"{question} {answer.answer}; it holds {said}")


def main() -> None:
    """Print what each round came to, and whatever was wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    names = [f"writer{n}n{index}.pdf" for n in range(WRITERS) for index in range(DOCUMENTS)]
    known = {name: Known() for name in [*names, SHARED]}
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder, "chroma"))
        try:
            for number in range(rounds):
                one = Round(Path(folder), server, known, seed + number)
                if number == 0:
                    for name in known:
                        one.put("writer0", name)
                one.run(seconds)
                one.look()
                sys.stdout.write(json.dumps(dict(sorted(one.tally.items())), indent=1) + "\n")
                for wrong in one.wrong:
                    sys.stdout.write(f"WRONG {wrong}\n")
                sys.stdout.flush()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
