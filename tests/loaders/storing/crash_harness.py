"""Runs in a process of its own: kills a writer at chosen calls, and looks at what it left.

Each attempt works in forks, as a Chroma that was opened cannot be shared with a child.
`python crash_harness.py FOLDER POINTS` prints one JSON line for each attempt.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import loaders.storing.indexes  # noqa: F401 - once, for all the forks
from loaders.errors import LibraryError
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.words import MODEL, WordEmbeddings, make_chunks

OLD = make_chunks("report.pdf", "alpha one", "beta two", "gamma three")
NEW = make_chunks("report.pdf", "alpha one", "delta four", "gamma three", "epsilon five")
NOTES = make_chunks("notes.pdf", "minutes of a meeting")


def tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


OTHER = "test:other"


def open_store(home: Path, model: str = MODEL) -> Store:
    return Store(home, WordEmbeddings(32 if model == MODEL else 16), model)


def in_a_fork(work: Callable[[], None]) -> int:
    """The signal that ended it, or its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)  # nothing of the parent's is run on the way out
    status = os.waitpid(child, 0)[1]
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def kill_at(call: int) -> Callable[[FrameType, str, Any], None]:
    """A profiler that ends the process at the n-th call into the storing folder, or return."""
    seen = 0

    def profile(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal seen
        if "/loaders/storing/" in frame.f_code.co_filename and event in {"call", "return"}:
            seen += 1
            if seen == call:
                os.kill(os.getpid(), signal.SIGKILL)

    return profile


def prepare(home: Path) -> None:
    with open_store(home) as store:
        store.replace(DocumentRecord("report.pdf", "old"), OLD)
        store.replace(DocumentRecord("notes.pdf", "notes"), NOTES)


def change(home: Path, call: int, deed: str) -> None:
    with open_store(home, OTHER if deed == "reindex" else MODEL) as store:
        store.matching("alpha", 1)  # everything is open
        sys.setprofile(kill_at(call))
        if deed == "replace":
            store.replace(DocumentRecord("report.pdf", "new"), NEW)
        elif deed == "remove":
            store.remove("report.pdf")
        else:
            store.reindex()
        sys.setprofile(None)


def look(home: Path) -> None:
    with open_store(home) as store:
        tell(state(store))


def look_twice(home: Path) -> None:
    """After `reindex`: what is answered as it was left, if anything; then, done again, all."""
    answering = []
    for model in (MODEL, OTHER):
        with open_store(home, model) as store:
            try:
                if state(store)["agree"]:
                    answering.append(model)
            except LibraryError as error:
                if "reindex" not in str(error):
                    raise
    with open_store(home, OTHER) as store:
        store.reindex()
        tell({**state(store), "answering": answering})


def state(store: Store) -> dict[str, Any]:
    """What is stored, and whether both indexes hold just that."""
    counts = store.counts()
    texts = [chunk.page_content for chunk in store.chunks_of("report.pdf")]
    record = store.document("report.pdf")
    near = {hit.chunk_id for hit in store.nearest("alpha one", 10)}
    words = {
        hit.chunk_id
        for word in ("alpha", "beta", "gamma", "delta", "epsilon", "minutes")
        for hit in store.matching(word, 10)
    }
    stored = {
        chunk.metadata["chunk_id"]
        for name in ("report.pdf", "notes.pdf")
        for chunk in store.chunks_of(name)
    }
    agree = len(set(counts)) == 1 and near == words == stored
    sha = record.sha256 if record else ""
    return {"agree": agree, "texts": texts, "sha": sha, "counts": counts}


def main() -> None:
    """Try each point on a fresh copy of the same library."""
    folder, deed = Path(sys.argv[1]), sys.argv[2]
    template = folder / "template"
    in_a_fork(partial(prepare, template))
    for call in map(int, sys.argv[3].split(",")):
        home = folder / f"killed-{call}"
        shutil.copytree(template, home)
        ended = in_a_fork(partial(change, home, call, deed))
        looked = in_a_fork(partial(look_twice if deed == "reindex" else look, home))
        tell({"call": call, "ended": ended, "looked": looked})


if __name__ == "__main__":
    main()
