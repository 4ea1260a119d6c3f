"""A process of one of the machines that share a library: it writes or asks until it is killed.

    python -m tests.machine write|ask HOME CHROMA_URL DATABASE_URL NAME COUNT

A server that is away is waited for. What was read, found and seen wrong goes line by line into
files beside HOME, which a kill does not take back.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from loaders.errors import LibraryError
from loaders.pages.page import Outcome, Reading
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.words import MODEL, WordEmbeddings, make_chunks

PAGES = 3


def document(name: str, number: int) -> DocumentRecord:
    return DocumentRecord(f"{name}-{number}.pdf", f"hash of {name} {number}", pages=PAGES)


def texts(record: DocumentRecord) -> list[str]:
    return [f"shared {record.name} page {page}" for page in range(PAGES)]


def note(home: Path, kind: str, line: str) -> None:
    with home.with_suffix(f".{kind}").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def write(store: Store, home: Path, name: str, count: int) -> bool:
    """Whether all are in; each page is read once, unless it was under way at a kill."""
    for record in (document(name, number) for number in range(count)):
        if store.document(record.name) and len(store.chunks_of(record.name)) == PAGES:
            continue
        for page, text in enumerate(texts(record)):
            fingerprint = f"{record.sha256} {page}"
            if store.ledger.reading(fingerprint, page) is None:
                note(home, "read", fingerprint)
                reading = Reading(page, Outcome.OK, text, "local")
                store.ledger.record(record, reading, fingerprint)
        store.replace(record, make_chunks(record.name, *texts(record)))
    return True


def ask(store: Store, home: Path, _name: str, _count: int) -> bool:
    """Never done; whatever is found must be there, whole, and say what it was stored with."""
    hits = store.matching("shared", 50) + store.nearest("shared page 1", 50)
    for chunk in store.chunks([hit.chunk_id for hit in hits]):
        name, page = chunk.metadata["source"], chunk.metadata["page"]
        if chunk.page_content != f"shared {name} page {page}":
            note(home, "wrong", f"{name} {page}: {chunk.page_content}")
    note(home, "asked", str(len(hits)))
    time.sleep(0.05)
    return False


def main() -> None:
    doing, home, chroma_url, database_url, name, count = sys.argv[1:]
    where = Path(home), WordEmbeddings(), MODEL
    work, is_done = {"write": write, "ask": ask}[doing], False
    while not is_done:
        try:
            with Store(*where, chroma_url=chroma_url, database_url=database_url) as store:
                while not is_done:
                    is_done = work(store, Path(home), name, int(count))
        except LibraryError as error:
            note(Path(home), "told", str(error))
            time.sleep(0.2)


if __name__ == "__main__":
    main()
